import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {checkFeatures, IDS} from '../support/feature-table.mjs';
import {readJunit} from '../support/junit.mjs';

const FILE = 'test/origins/bridge.test.ts';
const NAME = 'the bridge says "hello" to <pexip-chat-room>';

const table = (rows = {}) =>
  [
    '| id | status | tests |',
    '|---|---|---|',
    ...IDS.map((id) => rows[id] ?? `| ${id} | open | |`).filter(Boolean),
  ].join('\n');

const passed = (name = NAME) => ({name, passed: true, skipped: false});
const failed = (name = NAME) => ({name, passed: false, skipped: false});
const skipped = (name = NAME) => ({name, passed: false, skipped: true});

const inBrowsers = (chromium, firefox, webkit) => [
  {name: 'chromium', kind: 'browser', tests: chromium},
  {name: 'firefox', kind: 'browser', tests: firefox},
  {name: 'webkit', kind: 'browser', tests: webkit},
];
const inNode = (...tests) => [...inBrowsers([], [], []), {name: 'Node', tests}];

const check = (rows, runs = inNode(passed()), exists = () => true) =>
  checkFeatures({table: table(rows), runs, exists});
const problemsOf = (...args) => check(...args).problems;

const row = (status, tests = `${FILE}: \`${NAME}\``) => ({P1: `| P1 | ${status} | ${tests} |`});

describe('the check of docs/features.md', () => {
  it('is content with a done row whose test passed', () => {
    assert.deepEqual(problemsOf(row('done')), []);
  });

  it('counts the rows by status', () => {
    const rows = {...row('done'), X8: '| X8 | part: no languages | |'};
    assert.deepEqual(check(rows).counts, {
      done: 1,
      part: 1,
      open: IDS.length - 2,
      'not offered': 0,
    });
  });

  it('reports a done row without a test', () => {
    assert.deepEqual(problemsOf(row('done', '')), ['P1 is done but names no test.']);
  });

  it('reports a test that did not run', () => {
    assert.deepEqual(problemsOf(row('done'), inNode(passed('another'))), [
      `P1: "${NAME}" (${FILE}): no such test ran.`,
    ]);
  });

  it('reports a test that was skipped, and one that failed', () => {
    assert.deepEqual(problemsOf(row('done'), inNode(skipped())), [
      `P1: "${NAME}" (${FILE}) was skipped in Node.`,
    ]);
    assert.deepEqual(problemsOf(row('done'), inNode(failed())), [
      `P1: "${NAME}" (${FILE}) failed in Node.`,
    ]);
  });

  it('reports a test that failed in one of two files of the same title', () => {
    assert.equal(problemsOf(row('done'), inNode(passed(), failed())).length, 1);
  });

  it('reports a browser test that did not pass in each browser', () => {
    assert.deepEqual(problemsOf(row('done'), inBrowsers([passed()], [failed()], [])), [
      `P1: "${NAME}" (${FILE}) failed in firefox.`,
      `P1: "${NAME}" (${FILE}) did not run in webkit.`,
    ]);
    assert.deepEqual(problemsOf(row('done'), inBrowsers([passed()], [passed()], [passed()])), []);
  });

  it('reports a file that is not there', () => {
    assert.deepEqual(
      problemsOf(row('done'), inNode(passed()), () => false),
      [`P1: "${NAME}" (${FILE}): there is no such file.`],
    );
  });

  it('checks each of several tests, and those of a row that is done in part', () => {
    const two = `${FILE}: \`${NAME}\`<br>${FILE}: \`\`a title with a \` in it\`\``;
    const runs = inNode(passed(), passed('a title with a ` in it'));
    assert.deepEqual(problemsOf(row('part: the rest', two), runs), []);
    assert.equal(problemsOf(row('part: the rest', two), inNode()).length, 2);
  });

  it('takes {browser} in a title for each browser, as end-to-end tests have it', () => {
    const rows = row('done', `${FILE}: \`the demo in {browser} starts\``);
    const two = inNode(passed('the demo in chromium starts'), passed('the demo in firefox starts'));
    assert.deepEqual(problemsOf(rows, two), [
      `P1: "the demo in webkit starts" (${FILE}): no such test ran.`,
    ]);
  });

  it('reads a title with a vertical bar', () => {
    const rows = row('done', `${FILE}: \`a \\| b\``);
    assert.deepEqual(problemsOf(rows, inNode(passed('a | b'))), []);
  });

  it('wants to be told what is missing, or why something is not offered', () => {
    assert.deepEqual(problemsOf(row('part', '')), [
      'P1: after "part:" it must say what is missing.',
    ]);
    assert.deepEqual(problemsOf(row('not offered', '')), [
      'P1: after "not offered:" it must say why.',
    ]);
  });

  it('reports a status it does not know', () => {
    assert.match(problemsOf(row('almost', ''))[0], /^P1: the status "almost" is none of/);
  });

  it('reports a row that is missing, doubled, or of an unknown id', () => {
    assert.deepEqual(problemsOf({P1: ''}), ['P1 has no row.']);
    assert.deepEqual(problemsOf({P1: '| P1 | open | |\n| P1 | open | |'}), ['P1 has two rows.']);
    assert.deepEqual(problemsOf({X8: '| X8 | open | |\n| X9 | open | |'}), [
      'X9 is no promise of the product.',
    ]);
  });
});

describe('the reader of junit results', () => {
  const XML = `<?xml version="1.0" encoding="utf-8"?>
<testsuites>
  <testsuite name="the bridge says &amp;quot;hello&amp;quot; to" tests="4">
    <testcase name="&lt;pexip-chat-room>" time="0.1" classname="test"/>
    <testcase name="fails" failure="1 > 2"><failure message="1 > 2">at x</failure></testcase>
    <testcase name="is skipped"><skipped type="skipped" message="true"/></testcase>
    <testsuite name="within"><testcase name="deep"/></testsuite>
  </testsuite>
  <testcase name="alone"/>
</testsuites>`;

  it('joins suites and title, and tells what became of each test', () => {
    assert.deepEqual(readJunit(XML), [
      passed(NAME),
      failed('the bridge says "hello" to fails'),
      skipped('the bridge says "hello" to is skipped'),
      passed('the bridge says "hello" to within deep'),
      passed('alone'),
    ]);
  });
});
