import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');
const page = () => read('docs/moving-from-bandyer.md');
const names = async () => JSON.parse(await read('test/fixtures/bandyer/names.json'));

/** The text below a heading of the page. */
const section = async (heading) => {
  const found = (await page()).split(/^##+ /m).find((part) => part.startsWith(`${heading}\n`));
  assert.ok(found, heading);
  return found;
};

/** What the rows of a section's tables say, by each name in code of their first cell. */
const rowsOf = async (heading) => {
  const rows = (await section(heading)).matchAll(/^\| (?!-)(.+?) \|(.+)\|$/gm);
  return new Map(
    [...rows].flatMap(([, first, rest]) =>
      [...first.matchAll(/`([^`(]+)(?:\([^)]*\))?`/g)].map(([, name]) => [name, rest]),
    ),
  );
};

/** What each row says, with what the row before says where it says `the same`. */
const wholeRowsOf = async (heading) => {
  let before = '';
  const whole = new Map();
  for (const [name, rest] of await rowsOf(heading)) {
    before = /(^|\|) ?the same\b/i.test(rest) ? before + rest : rest;
    whole.set(name, before);
  }
  return whole;
};

/** Those of these words that no text in code of a row has, by the name of the row: `name: word`. */
const unsaid = (wanted, rows) =>
  Object.entries(wanted).flatMap(([name, words]) => {
    const said = [...(rows.get(name) ?? '').matchAll(/`([^`]+)`/g)].flatMap(
      ([, code]) => code.match(/\w+/g) ?? [],
    );
    return words
      .filter((word) => !word.split('.').every((part) => said.includes(part)))
      .map((word) => `${name}: ${word}`);
  });

const missing = (wanted, there) => wanted.filter((name) => !there.has(name));

/** The members of an interface of the source, its own ones only. */
const membersOf = async (path, name) => {
  const [, body] = new RegExp(`export interface ${name}[^{]*\\{([^]*?)\\n\\}`).exec(
    await read(path),
  );
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)(?:\(.*)?\??[:(]/gm)].map(
    ([, member]) => member,
  );
};

const OPTIONS = 'src/elements/floating/widget-options.ts';
const OPERATIONS = 'src/elements/floating/widget-operations.ts';

describe('docs/moving-from-bandyer.md', () => {
  it('has a row for every parameter of create(), with what it does here', async () => {
    const rows = await rowsOf('Options');
    const {options, callOptions} = await names();
    assert.deepEqual(missing([...options, ...callOptions], rows), []);
    for (const [name, rest] of rows) assert.ok(rest.split('|')[0].trim(), name);
  });

  it('has one for every option that we take, and for no others', async () => {
    const rows = await rowsOf('Options');
    const ours = [
      ...(await membersOf(OPTIONS, 'WidgetProperties')),
      ...(await membersOf(OPTIONS, 'WidgetOptions')),
    ];
    assert.ok(ours.length > 20);
    assert.deepEqual([...rows.keys()].sort(), [...new Set(ours)].sort());
  });

  it('has one for every tool, the whiteboard’s own included', async () => {
    const rows = await rowsOf('Tools');
    assert.deepEqual(missing((await names()).tools, rows), []);
  });

  it('answers each combination of whiteboard, snapshot and live edit', async () => {
    const text = await section('Tools');
    for (const combination of ['SN+ LE + WB', 'SN', 'SN + WB', 'WB', 'none'])
      assert.ok(text.includes(`| ${combination} `), combination);
  });

  it('has one for every key of the layout', async () => {
    const rows = await rowsOf('Layout');
    assert.deepEqual(missing((await names()).layout, rows), []);
    assert.deepEqual(missing(await membersOf(OPTIONS, 'WidgetLayout'), rows), []);
  });

  it('has one for every method, and says of those of calls that they are not yet there', async () => {
    const rows = await rowsOf('Methods');
    assert.deepEqual(missing((await names()).methods, rows), []);
    for (const name of ['createCall', 'joinCallURL']) assert.match(rows.get(name), /not yet/);
  });

  it('names every key of what a method gives, in its row', async () => {
    const {results} = await names();
    assert.deepEqual(unsaid(results, await wholeRowsOf('Methods')), []);
  });

  it('has one for every operation that we have', async () => {
    const rows = await rowsOf('Methods');
    const ours = await membersOf(OPERATIONS, 'WidgetOperations');
    assert.ok(ours.length > 15);
    assert.deepEqual(missing(ours, rows), []);
  });

  it('has one for every event, and says of those of calls that they are not yet there', async () => {
    const rows = await rowsOf('Events');
    const {events} = await names();
    assert.deepEqual(missing(events, rows), []);
    for (const name of events.filter((each) => /call|force/.test(each)))
      assert.match(rows.get(name), /not yet/, name);
  });

  it('names every key of what an event tells, in its row', async () => {
    const {payloads} = await names();
    assert.deepEqual(unsaid(payloads, await wholeRowsOf('Events')), []);
  });

  it('names every word that an option, a key or a reason can be', async () => {
    for (const [heading, values] of Object.entries((await names()).values))
      assert.deepEqual(unsaid(values, await wholeRowsOf(heading)), [], heading);
  });

  it('has one for every event that we fire', async () => {
    const rows = await rowsOf('Events');
    const fired = [
      ...(await read('src/events/widget-events.ts')).matchAll(/super\('widget-(.+)'/g),
    ];
    assert.ok(fired.length >= 10);
    const ours = fired.map(([, name]) => name.replaceAll('-', '_'));
    assert.deepEqual(missing(ours, rows), []);
  });

  it('has one for every error', async () => {
    const rows = await rowsOf('Errors');
    assert.deepEqual(missing((await names()).errors, rows), []);
  });

  it('names the fields of the REST credentials, and every browser', async () => {
    const [rest, browsers] = [await section('REST'), await section('Browsers')];
    for (const name of (await names()).rest) assert.ok(rest.includes(`\`${name}\``), name);
    for (const name of (await names()).browsers) assert.ok(browsers.includes(`| ${name}`), name);
  });

  it('links only to pages and headings that are there', async () => {
    const text = await page();
    for (const [, target] of text.matchAll(/\]\(([^)]+)\)/g)) {
      const [path, anchor] = target.split('#');
      const other = path ? await read(new URL(path, 'file:///docs/').pathname.slice(1)) : text;
      const anchors = [...other.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
        heading
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replace(/\s/g, '-'),
      );
      if (anchor) assert.ok(anchors.includes(anchor), target);
    }
  });
});

describe('the examples of the document', () => {
  it('are all run by a test', async () => {
    const tests = await Promise.all(
      ['bandyer', 'bandyer-examples'].map((name) => read(`test/origins/${name}.test.ts`)),
    );
    const text = [...tests, await read('test/support/bandyer-page.ts')].join('\n');
    const files = await readdir(new URL('test/fixtures/bandyer/', root));
    const examples = files.filter((name) => name.endsWith('.txt'));
    assert.ok(examples.length > 30);
    for (const name of examples) assert.ok(text.includes(`'${name.replace('.txt', '')}'`), name);
  });
});
