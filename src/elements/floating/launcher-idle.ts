/** How long a page that is never idle is waited for, in ms; and one that never has loaded. */
const IDLE_LATEST = 2_000;
const LOADED_LATEST = 10_000;
/** Where nobody tells when a page is idle, as in WebKit: so long after it has loaded, in ms. */
const AFTER_LOAD = 200;

/** Calls `go` once the page has loaded and has nothing to do; perhaps more than once. */
export const whenIdle = (go: () => void, signal: AbortSignal): void => {
  const ask = (): void => {
    if ('requestIdleCallback' in window) requestIdleCallback(go, {timeout: IDLE_LATEST});
    else setTimeout(go, AFTER_LOAD);
  };
  if (document.readyState === 'complete') return ask();
  addEventListener('load', ask, {once: true, signal});
  setTimeout(go, LOADED_LATEST);
};
