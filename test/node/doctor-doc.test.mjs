import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

import {loadSource} from './support/load-source.mjs';

const {SUBJECTS} = await loadSource('bin/doctor/index.ts');
const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = await read('docs/doctor.md');
const ids = [...SUBJECTS.keys()];

describe('docs/doctor.md', () => {
  it('has a heading for each finding and no other, in the order of the doctor', () => {
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    assert.deepEqual(headings, ids);
  });

  it('has every finding in the table of what is demanded', () => {
    const [, table = ''] = /## What the documents demand\n([^]*?)\n## /.exec(page) ?? [];
    const listed = [...table.matchAll(/\[`([a-z-]+)`\]\(#([a-z-]+)\)/g)];
    for (const [, name, anchor] of listed) assert.equal(name, anchor);
    assert.deepEqual([...new Set(listed.map(([, name]) => name))].sort(), [...ids].sort());
  });

  it('has its options as the command has them', async () => {
    const source = await read('bin/arguments.ts');
    const [, block = ''] = /const OPTIONS = \{\n([^]*?)\n\} as const;/.exec(source) ?? [];
    const options = [...block.matchAll(/^ +'?([a-z-]+)'?: \{type/gm)].map(([, name]) => name);
    assert.ok(options.length >= 10);
    const help = await read('bin/pexip-chat-room.ts');
    for (const option of options) {
      assert.match(page, new RegExp(`\`--${option}\``));
      assert.match(help, new RegExp(` --${option}\\b`));
    }
  });

  it('links to headings that are there', async () => {
    for (const [, path, anchor] of page.matchAll(/\]\(([a-z-]+\.md)(?:#([a-z-]+))?\)/g)) {
      const text = await read(`docs/${path}`);
      const slugs = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
        heading
          .toLowerCase()
          .replace(/[^\w\s-]/g, '')
          .replace(/\s/g, '-'),
      );
      if (anchor) assert.ok(slugs.includes(anchor), `${path}#${anchor}`);
    }
  });
});
