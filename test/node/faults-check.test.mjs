import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';

import {checkFaults, FAULTS, readFaults} from '../support/fault-table.mjs';
import {copyOfRepository, repository as root} from './support/copy.mjs';

const FILE = 'test/faults/plugin.test.ts';
const NAME = 'F4: a plugin that says ready is answered once';

const rowOf = (id, tests = `${FILE}: \`${NAME}\``) => `| ${id} | it breaks | it holds | ${tests} |`;
const table = (rows = {}) => FAULTS.map((id) => rows[id] ?? rowOf(id)).join('\n');
const passed = (name = NAME) => ({name, passed: true, skipped: false});
const failed = (name = NAME) => ({name, passed: false, skipped: false});
const skipped = (name = NAME) => ({name, passed: false, skipped: true});
const runs = (chromium, firefox = chromium, webkit = chromium, node = []) => [
  {name: 'chromium', kind: 'browser', tests: [chromium].flat()},
  {name: 'firefox', kind: 'browser', tests: [firefox].flat()},
  {name: 'webkit', kind: 'browser', tests: [webkit].flat()},
  {name: 'Node', tests: node},
];
const check = (rows, results = runs(passed()), exists = () => true) =>
  checkFaults({table: table(rows), runs: results, exists});
const problemsOf = (...args) => check(...args).problems;

describe('the table of faults', () => {
  it('prints each fault with its promise, and how many tests passed where', () => {
    const {lines, problems} = check();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      lines,
      FAULTS.map((id) => `${id} | it breaks | it holds | 1 passed in Chromium, Firefox, WebKit`),
    );
  });

  it('tells of tests that ran elsewhere, too', () => {
    const rows = {F4: rowOf('F4', `${FILE}: \`${NAME}\`<br>x.mjs: \`frames in {browser} work\``)};
    const node = ['chromium', 'firefox', 'webkit'].map((name) => passed(`frames in ${name} work`));
    const {lines, problems} = check(rows, runs(passed(), passed(), passed(), node));
    assert.deepEqual(problems, []);
    assert.match(lines[3], /2 passed in Chromium, Firefox, WebKit, Node$/);
  });

  for (const [what, result, says] of [
    ['failed', failed(), 'failed in webkit'],
    ['was skipped', skipped(), 'was skipped in webkit'],
    ['did not run', [], 'did not run in webkit'],
  ]) {
    it(`reports a test that ${what} in one browser`, () => {
      const {lines, problems} = check({}, runs(passed(), passed(), result));
      assert.equal(problems.length, FAULTS.length);
      assert.equal(problems[3], `F4: "${NAME}" (${FILE}) ${says}.`);
      assert.match(lines[3], /^F4 \| .* \| FAILED$/);
    });
  }

  it('reports a test that ran nowhere, and one whose file is gone', () => {
    const none = problemsOf({F4: rowOf('F4', `${FILE}: \`another\``)});
    assert.deepEqual(none, [`F4: "another" (${FILE}): no such test ran.`]);
    const gone = problemsOf({}, runs(passed()), () => false);
    assert.equal(gone[3], `F4: "${NAME}" (${FILE}): there is no such file.`);
  });

  it('reports a fault without a row, with two, and without a test', () => {
    assert.deepEqual(problemsOf({F4: ''}), ['F4: there is no row for it.']);
    assert.deepEqual(problemsOf({F4: `${rowOf('F4')}\n${rowOf('F4')}`}), [
      'F4: there are two rows for it.',
    ]);
    assert.deepEqual(problemsOf({F4: rowOf('F4', '')}), ['F4: its row names no test.']);
  });
});

describe('npm run faults -- --last', () => {
  const copy = copyOfRepository('docs/faults.md', 'test');
  const rows = readFaults(readFileSync(join(root, 'docs/faults.md'), 'utf8'));
  const tests = rows.flatMap((row) => row.tests);

  /** What the script does when these tests have passed in pages, and the others elsewhere. */
  const runWith = (results) => {
    const folder = join(copy, '.test-results');
    rmSync(folder, {recursive: true, force: true});
    mkdirSync(folder);
    const names = ['chromium', 'firefox', 'webkit'];
    const inPages = tests.filter(({file}) => file.endsWith('.ts')).map(({name}) => name);
    const browsers = Object.fromEntries(
      names.map((name) => [name, inPages.map((each) => results[each]?.(each) ?? passed(each))]),
    );
    writeFileSync(join(folder, 'browsers.json'), JSON.stringify(browsers));
    const whole = tests
      .filter(({file}) => file.endsWith('.mjs'))
      .flatMap(({name}) => names.map((browser) => name.replaceAll('{browser}', browser)))
      .map(
        (name) => `<testcase name="${name.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"/>`,
      );
    writeFileSync(join(folder, 'e2e.xml'), `<testsuites>${whole.join('')}</testsuites>`);
    const {BROWSERS: _, ...env} = process.env;
    return spawnSync('node', ['test/faults.check.mjs', '--last'], {
      cwd: copy,
      env,
      encoding: 'utf8',
    });
  };

  it('prints a line for each fault of docs/faults.md and ends well when all of its tests passed', () => {
    const {stdout, stderr, status} = runWith({});
    assert.equal(stderr, '');
    assert.equal(status, 0);
    assert.deepEqual(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' | ')[0]),
      rows.map(({id}) => id),
    );
  });

  for (const [what, result] of [
    ['failed', failed],
    ['was skipped', skipped],
  ]) {
    it(`ends with 1 when one of them ${what}`, () => {
      const {name} = tests.find(({file}) => file.endsWith('.ts'));
      const {stdout, stderr, status} = runWith({[name]: result});
      assert.equal(status, 1);
      assert.match(stdout, /^F1 \| .* \| FAILED$/m);
      assert.ok(stderr.includes(name) && stderr.includes(what), stderr);
    });
  }

  it('ends with 1 when nothing has run', () => {
    rmSync(join(copy, '.test-results'), {recursive: true, force: true});
    const {status, stdout} = spawnSync('node', ['test/faults.check.mjs', '--last'], {
      cwd: copy,
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.equal(stdout.match(/FAILED$/gm).length, rows.length);
  });

  it('knows only files that are there', () => {
    for (const {file} of tests) assert.ok(existsSync(join(root, file)), file);
  });
});
