/** What the page says to itself, to be called again in another turn. */
const TURN = 'a turn of the tests';
const waiting: (() => void)[] = [];

// Not by a MessageChannel: WebKit sends its messages by way of another process, 50 times as slowly on
// a busy machine. Nothing else of the page hears of it, as nothing listened before.
addEventListener('message', (event) => {
  if (!event.isTrusted || event.source !== window || event.data !== TURN) return;
  event.stopImmediatePropagation();
  waiting.shift()?.();
});

/** One turn of the event loop, whatever the clock says: all that was promised has happened. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    window.postMessage(TURN);
  });
