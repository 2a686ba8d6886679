/** How many files are named as the slowest. */
const SLOWEST = 8;

const secondsOf = (suite) =>
  suite.tests.reduce((sum, {duration = 0}) => sum + duration / 1000, 0) +
  suite.suites.reduce((sum, child) => sum + secondsOf(child), 0);

const add = (map, key, seconds) => map.set(key, (map.get(key) ?? 0) + seconds);

/** Where the time of a run goes, for whoever has to make it quicker. */
export class RunTimes {
  /** When each page was begun, and how long each took, by the ids of sessions. */
  #begun = new Map();
  #taken = new Map();
  #start = 0;

  /** Takes the time of each page from now on; the first ones have been begun already. */
  watch(sessions) {
    this.#start = performance.now();
    sessions.on('session-status-updated', ({id, status}) => {
      if (status === 'INITIALIZING') this.#begun.set(id, performance.now());
      const begun = this.#begun.get(id) ?? this.#start;
      if (status === 'FINISHED') this.#taken.set(id, (performance.now() - begun) / 1000);
    });
  }

  /**
   * One line for each browser and for each of the slowest files.
   *
   * @param {object[]} sessions
   * @param {(session: object) => string} nameOf the name of a session's browser
   */
  lines(sessions, nameOf) {
    const pages = new Map();
    const tests = new Map();
    const files = new Map();
    for (const session of sessions) {
      const seconds = session.testResults ? secondsOf(session.testResults) : 0;
      add(pages, nameOf(session), this.#taken.get(session.id) ?? 0);
      add(tests, nameOf(session), seconds);
      add(files, session.testFile.replace(/^.*\/(test|pages)\//, ''), seconds);
    }
    const slowest = [...files].sort(([, a], [, b]) => b - a).slice(0, SLOWEST);
    return [
      ...[...pages].map(
        ([name, seconds]) =>
          `${seconds.toFixed(0)} s in ${name}, of which tests: ${tests.get(name).toFixed(0)} s`,
      ),
      ...slowest.map(([file, seconds]) => `${seconds.toFixed(0)} s in all browsers: ${file}`),
    ];
  }
}
