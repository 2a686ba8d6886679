import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const root = new URL('../../', import.meta.url);
const read = (path) => readFile(new URL(path, root), 'utf8');

/** The parts of the document by their headings. */
const sections = async () => (await read('docs/csp-and-origins.md')).split(/^##+ /m);

/** How GitHub names a heading in an address. */
const anchor = (heading) =>
  heading
    .toLowerCase()
    .replaceAll(' ', '-')
    .replace(/[^\w-]/g, '');

describe('docs/csp-and-origins.md', () => {
  it('shows no header but those that the tests in browsers send', async () => {
    const names = (await readdir(new URL('test/e2e/', root))).filter((name) => /mjs$/.test(name));
    const tests = (await Promise.all(names.map((name) => read(`test/e2e/${name}`)))).join('\n');
    const shown = (await sections()).flatMap((text) =>
      [...text.matchAll(/^```(http|nginx)$/gm)].map(([, language]) => {
        const reader = language === 'http' ? 'headerOf' : 'nginxHeaderOf';
        return `${reader}('${text.split('\n', 1)[0]}'`;
      }),
    );
    assert.ok(shown.length >= 7);
    assert.deepEqual(shown, [...new Set(shown)], 'the tests read one block below a heading');
    for (const call of shown) assert.ok(tests.includes(call), call);
  });

  it('is linked to by headings that it has, and links to files that are there', async () => {
    const anchors = (await sections()).map((text) => anchor(text.split('\n', 1)[0]));
    for (const page of ['README.md', 'docs/getting-started.md']) {
      const links = [
        ...(await read(page)).matchAll(/\]\((?:docs\/)?csp-and-origins\.md#?([^)]*)\)/g),
      ];
      assert.ok(links.length, page);
      for (const [, target] of links) assert.ok(!target || anchors.includes(target), target);
    }
    for (const [, target] of (await read('docs/csp-and-origins.md')).matchAll(
      /\]\(([^)#]+)[^)]*\)/g,
    )) {
      await read(`docs/${target}`);
    }
  });
});
