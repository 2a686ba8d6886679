/** @typedef {{name: string, passed: boolean, skipped: boolean}} TestResult */

// Attribute values may hold ">", as node:test does not escape it.
const TAG = /<(\/?)(testsuite|testcase|failure|error|skipped)\b((?:\s+[\w-]+="[^"]*")*)\s*(\/?)>/g;

// In this order: node:test of Node 20 escapes the "&" of an escaped quotation mark once more.
const ENTITIES = [
  ['&amp;', '&'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&lt;', '<'],
  ['&gt;', '>'],
];
const decode = (text) => ENTITIES.reduce((so, [from, to]) => so.replaceAll(from, to), text);
const nameOf = (attributes) => decode(/\sname="([^"]*)"/.exec(attributes)?.[1] ?? '');

/**
 * Reads what the junit reporter of node:test wrote.
 *
 * @param {string} xml
 * @returns {TestResult[]} each test with the names of its suites before its own, joined by spaces
 */
export const readJunit = (xml) => {
  const results = [];
  const path = [];
  let current;
  for (const [, closing, tag, attributes, selfClosing] of xml.matchAll(TAG)) {
    if (tag === 'testsuite') {
      if (closing) path.pop();
      else if (!selfClosing) path.push(nameOf(attributes));
    } else if (tag === 'testcase') {
      if (closing) continue;
      current = {name: [...path, nameOf(attributes)].join(' '), passed: true, skipped: false};
      results.push(current);
    } else if (!closing && current) {
      current.passed = false;
      current.skipped ||= tag === 'skipped';
    }
  }
  return results;
};
