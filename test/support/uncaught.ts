let life = new AbortController();
afterEach(() => {
  life.abort();
  life = new AbortController();
});

/**
 * What is thrown and caught by nobody, and what is rejected and handled by nobody, from now until the
 * end of the test, as texts. It is kept from the test runner, which would fail the test: whoever asks
 * for the list says what has to be in it.
 */
export const uncaught = (): string[] => {
  const texts: string[] = [];
  const note = (event: Event, text: string): void => {
    event.preventDefault();
    event.stopImmediatePropagation();
    texts.push(text);
  };
  const {signal} = life;
  const options = {capture: true, signal};
  // By this the test runner hears of errors, before any listener that comes later.
  const {onerror} = window;
  window.onerror = null;
  signal.addEventListener('abort', () => (window.onerror = onerror));
  window.addEventListener('error', (event) => note(event, event.message), options);
  window.addEventListener(
    'unhandledrejection',
    (event) => note(event, String(event.reason)),
    options,
  );
  return texts;
};
