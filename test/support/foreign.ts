import {simulators} from 'test-simulators';

let life = new AbortController();
afterEach(() => {
  life.abort();
  life = new AbortController();
});

/**
 * Where a test may be asking for something: its own page, and the simulators of one workspace. The panes
 * of tests before it may say goodbye to their brokers late.
 */
const isKnown = (url: string, known: readonly string[]): boolean =>
  !/^https?:/.test(url) ||
  /^http:\/\/broker\./.test(url) ||
  [location.origin, ...known].includes(new URL(url).origin);

/**
 * All addresses of other origins that the page asks for something from now on until the end of the
 * test. What is asked in vain counts, too, as soon as it has failed.
 */
export const foreignRequests = (
  ...known: readonly string[]
): {readonly now: () => readonly string[]} => {
  const urls: string[] = [];
  const since = performance.now();
  const take = (entries: PerformanceEntryList): void => {
    for (const {name, startTime} of entries)
      if (startTime >= since && !isKnown(name, [simulators.rocketChat, ...known])) urls.push(name);
  };
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  performance.setResourceTimingBufferSize(10_000);
  observer.observe({type: 'resource', buffered: true});
  life.signal.addEventListener('abort', () => observer.disconnect());
  return {
    now: () => {
      take(observer.takeRecords());
      return urls;
    },
  };
};
