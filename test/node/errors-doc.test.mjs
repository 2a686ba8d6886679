import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');

/** The codes of the union, as src/errors.ts lists them. */
const codes = async () => {
  const [, union] = /export type ErrorCode =([^;]+);/.exec(await read('src/errors.ts'));
  return [...union.matchAll(/'([^']+)'/g)].map(([, code]) => code);
};

/** The parts of docs/errors.md by their headings of the second level. */
const entries = async () => {
  const [, ...parts] = (await read('docs/errors.md')).split(/^## /m);
  return parts.map((part) => {
    const [heading, ...lines] = part.split('\n');
    return {heading, text: lines.join('\n').trim()};
  });
};

/** The text of every source file but the list itself. */
const sources = async () => {
  const folders = await Promise.all(
    ['src/', 'plugin/src/'].map(async (folder) =>
      (await readdir(new URL(folder, root), {recursive: true})).map((name) => folder + name),
    ),
  );
  const files = folders.flat().filter((name) => name.endsWith('.ts') && name !== 'src/errors.ts');
  return (await Promise.all(files.map(read))).join('\n');
};

describe('docs/errors.md', () => {
  it('has an entry for every code, and for nothing else', async () => {
    const list = await codes();
    assert.ok(list.length > 10);
    assert.deepEqual(
      (await entries()).map(({heading}) => heading),
      list.toSorted(),
    );
  });

  it('says of each what happened, why that may be, and what to do', async () => {
    for (const {heading, text} of await entries()) {
      const labels = [...text.matchAll(/^\*\*(.+?)\*\*/gm)].map(([, label]) => label);
      assert.deepEqual(labels, ['What happened.', 'Likely causes.', 'What to do.'], heading);
    }
  });

  it('links only to headings of its own and to files that are there', async () => {
    const text = await read('docs/errors.md');
    const headings = await codes();
    for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
      if (target.startsWith('#')) assert.ok(headings.includes(target.slice(1)), target);
      else await read(`docs/${target.replace(/#.*/, '')}`);
    }
  });
});

describe('src/errors.ts', () => {
  it('lists each code once, in the order of the alphabet', async () => {
    const list = await codes();
    assert.deepEqual(list, [...new Set(list)].toSorted());
  });

  it('lists no code that nothing makes', async () => {
    const text = await sources();
    for (const code of await codes()) assert.ok(text.includes(`'${code}'`), code);
  });

  it('lists every code that is made', async () => {
    const text = await sources();
    const list = await codes();
    const made = [...text.matchAll(/(?:PexipChatError|dialOutError)\(\s*'([^']+)'/g)];
    assert.ok(made.length > 10);
    for (const [, code] of made) assert.ok(list.includes(code), code);
  });
});
