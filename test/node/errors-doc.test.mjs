import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');

const codesIn = async (path, name) => {
  const [, union] = new RegExp(`export type ${name} =([^;]+);`).exec(await read(path));
  return [...union.matchAll(/'([^']+)'/g)].map(([, code]) => code);
};

/** The codes of the elements' union. */
const codes = () => codesIn('src/errors.ts', 'ErrorCode');

/** The codes of the broker's union. */
const brokerCodes = () => codesIn('broker/src/errors.ts', 'BrokerErrorCode');

const LISTS = ['src/errors.ts', 'broker/src/errors.ts'];
const BROKER = 'Codes of the broker';

const partsOf = (text, level) => {
  const [, ...parts] = text.split(new RegExp(`^${level} `, 'm'));
  return parts.map((part) => {
    const [heading, ...lines] = part.split('\n');
    return {heading, text: lines.join('\n').trim()};
  });
};

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (text) =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  );

/** The entries of docs/errors.md: those of the elements, and the broker's own. */
const entries = async () => {
  const parts = partsOf(await read('docs/errors.md'), '##');
  const broker = parts.find(({heading}) => heading === BROKER);
  assert.equal(parts.at(-1), broker, 'the broker comes last');
  return {elements: parts.slice(0, -1), broker: partsOf(broker.text, '###')};
};

/** The text of every source file of these folders but the lists themselves. */
const sources = async (...folders) => {
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(new URL(folder, root), {recursive: true})).map((name) => folder + name),
    ),
  );
  const files = names.flat().filter((name) => name.endsWith('.ts') && !LISTS.includes(name));
  return (await Promise.all(files.map(read))).join('\n');
};

describe('docs/errors.md', () => {
  it('has an entry for every code, and for nothing else', async () => {
    const list = await codes();
    assert.ok(list.length > 10);
    assert.deepEqual(
      (await entries()).elements.map(({heading}) => heading),
      list.toSorted(),
    );
  });

  it('has an entry for every code of the broker that the elements do not have, and for nothing else', async () => {
    const [list, known] = [await brokerCodes(), await codes()];
    assert.ok(list.length > 10);
    assert.deepEqual(
      (await entries()).broker.map(({heading}) => heading),
      list.filter((code) => !known.includes(code)).toSorted(),
    );
  });

  it('says of a code that both have what it means at the broker', async () => {
    const [list, {elements}] = [await brokerCodes(), await entries()];
    const shared = elements.filter(({heading}) => list.includes(heading));
    assert.ok(shared.length > 0);
    for (const {heading, text} of shared) assert.match(text, /from the broker \(\d{3}\)/i, heading);
  });

  it('says of each what happened, why that may be, and what to do', async () => {
    const {elements, broker} = await entries();
    for (const {heading, text} of [...elements, ...broker]) {
      const labels = [...text.matchAll(/^\*\*(.+?)\*\*/gm)].map(([, label]) => label);
      assert.deepEqual(labels, ['What happened.', 'Likely causes.', 'What to do.'], heading);
    }
  });

  it('links only to headings that are there', async () => {
    const text = await read('docs/errors.md');
    for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
      const [path, anchor] = target.split('#');
      const page = path ? await read(`docs/${path}`) : text;
      if (anchor) assert.ok(anchorsOf(page).includes(anchor), target);
    }
  });
});

describe('src/errors.ts', () => {
  it('lists each code once, in the order of the alphabet', async () => {
    const list = await codes();
    assert.deepEqual(list, [...new Set(list)].toSorted());
  });

  it('lists no code that nothing makes', async () => {
    const text = await sources('src/', 'plugin/src/');
    for (const code of await codes()) assert.ok(text.includes(`'${code}'`), code);
  });

  it('lists every code that is made', async () => {
    const text = await sources('src/', 'plugin/src/');
    const list = await codes();
    const made = [...text.matchAll(/(?:PexipChatError|dialOutError)\(\s*'([^']+)'/g)];
    assert.ok(made.length > 10);
    for (const [, code] of made) assert.ok(list.includes(code), code);
  });
});

describe('broker/src/errors.ts', () => {
  it('lists each code once', async () => {
    const list = await brokerCodes();
    assert.deepEqual(list.toSorted(), [...new Set(list)].toSorted());
  });

  it('lists no code that nothing makes', async () => {
    const text = await sources('broker/src/');
    for (const code of await brokerCodes()) assert.ok(text.includes(`'${code}'`), code);
  });

  it('lists every code that is made', async () => {
    const text = await sources('broker/src/');
    const list = await brokerCodes();
    const made = [...text.matchAll(/new BrokerError\(\s*\d+,\s*'([^']+)'/g)];
    assert.ok(made.length > 10);
    for (const [, code] of made) assert.ok(list.includes(code), code);
  });
});
