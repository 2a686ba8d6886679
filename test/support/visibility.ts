/** The page is hidden or seen, until the end of the test. */
export const see = (visibilityState: DocumentVisibilityState): void => {
  Object.defineProperty(document, 'visibilityState', {value: visibilityState, configurable: true});
  document.dispatchEvent(new Event('visibilitychange'));
};
afterEach(() => {
  Reflect.deleteProperty(document, 'visibilityState');
});
