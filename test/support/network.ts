/** The page has no network, or has one again, until the end of the test; whether or not it is told. */
export const setOnline = (online: boolean): void => {
  Object.defineProperty(navigator, 'onLine', {value: online, configurable: true});
};

/** The same, and the page is told. */
export const network = (online: boolean): void => {
  setOnline(online);
  dispatchEvent(new Event(online ? 'online' : 'offline'));
};
afterEach(() => {
  Reflect.deleteProperty(navigator, 'onLine');
});
