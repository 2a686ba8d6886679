/** Tells when a connection may have broken unseen: the page sleeps and wakes with its device. */
export interface WakeListener {
  /** The network is back, the page is seen again, or has come back from the page cache. */
  wake(): void;
  /** The page goes; in the page cache a connection would keep it from coming back. */
  leave(): void;
}

/** Listens until `signal` aborts. */
export const onWake = (listener: WakeListener, signal: AbortSignal): void => {
  const wake = (): void => listener.wake();
  addEventListener('online', wake, {signal});
  // Gone or not: the connection is to be tested.
  addEventListener('offline', wake, {signal});
  addEventListener('pageshow', ({persisted}) => persisted && wake(), {signal});
  addEventListener('pagehide', () => listener.leave(), {signal});
  document.addEventListener(
    'visibilitychange',
    () => document.visibilityState === 'visible' && wake(),
    {signal},
  );
};
