import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';

import {GUARDS, occurrences} from '../guards/guards.mjs';
import {repository} from './support/copy.mjs';

const textOf = (path) => readFileSync(join(repository, path), 'utf8');

describe('the guards that npm run guards takes out', () => {
  for (const guard of GUARDS) {
    const {file, name, find, instead, tests} = guard;
    it(`${file}: ${name}`, () => {
      const text = textOf(file);
      assert.equal(occurrences(guard, text), 1, `${find} has to match one place of ${file}.`);
      assert.notEqual(
        text.replace(find, () => instead),
        text,
      );
      assert.ok(tests.length && tests.every((test) => existsSync(join(repository, test))));
    });
  }

  it('are found wherever they move to, and missed when they are gone or doubled', () => {
    const guard = {find: /if \(wrong\) return;/};
    assert.equal(occurrences(guard, 'a();\nif (wrong) return;\nb();'), 1);
    assert.equal(occurrences(guard, 'a();\nb();'), 0);
    assert.equal(occurrences(guard, 'if (wrong) return; if (wrong) return;'), 2);
  });

  it('have names of their own', () => {
    const names = GUARDS.map(({file, name}) => `${file} ${name}`);
    assert.equal(new Set(names).size, names.length);
  });
});
