import base from './web-test-runner.config.mjs';
import {writeFileSync} from 'node:fs';
const secs = (s) => s.tests.reduce((a, {duration = 0}) => a + duration / 1000, 0) + s.suites.reduce((a, c) => a + secs(c), 0);
const begun = new Map(), taken = new Map();
let t0;
base.reporters.push({
  start({sessions}) { t0 = performance.now(); sessions.on('session-status-updated', ({id, status}) => {
    if (status === 'INITIALIZING') begun.set(id, performance.now());
    if (status === 'FINISHED') taken.set(id, (performance.now() - (begun.get(id) ?? t0)) / 1000); }); },
  stop({sessions}) {
    const rows = [];
    for (const s of sessions) {
      const names = []; const walk = (x, p) => { for (const t of x.tests) names.push({n: [...p, t.name].join(' '), d: t.duration, ok: t.passed, e: t.error?.message}); for (const c of x.suites) walk(c, [...p, c.name]); };
      if (s.testResults) walk(s.testResults, []);
      rows.push({b: s.browser.name + (s.browser.type ?? ''), f: s.testFile.replace(/^.*\/test\//, ''), page: taken.get(s.id), tests: s.testResults ? secs(s.testResults) : 0, n: names.length, names});
    }
    writeFileSync('/tmp/timed.json', JSON.stringify(rows));
  },
});
export default base;
