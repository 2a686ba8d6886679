import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');

/** The names of the files that the first script loads, as the build has them. */
const parts = async () => {
  const [, table] = /^const PARTS = \{([^}]+)\}/m.exec(await read('rollup.config.mjs'));
  return [...table.matchAll(/^ {2}'?([\w-]+)'?:/gm)].map(([, name]) => name);
};

describe('docs/getting-started.md', () => {
  it('names every file that is to be copied, with when it is loaded', async () => {
    const [, below] = (await read('docs/getting-started.md')).split('Put these into one folder');
    const [, table] = /\n\n((?:\|.*\n)+)/.exec(below);
    const named = [...table.matchAll(/^\|(.+?)\|/gm)].flatMap(([, cell]) =>
      [...cell.matchAll(/`(?:pexip-chat-room\.)?([\w-]+)(?:\.min\.js)?`/g)].map(([, name]) => name),
    );
    const names = await parts();
    assert.ok(names.length > 25);
    assert.deepEqual(
      names.filter((name) => !named.includes(name)),
      [],
    );
  });
});
