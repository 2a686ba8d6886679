import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('docs/broker-routes.md', () => {
  it('has every route of the broker', async () => {
    const below = 'broker/src';
    const files = await readdir(new URL(`../../${below}`, import.meta.url), {recursive: true});
    const sources = await Promise.all(
      files.filter((name) => name.endsWith('.ts')).map((name) => read(`${below}/${name}`)),
    );
    const routes = new Set(
      sources.flatMap(
        (source) => source.match(/(?<=')\/(?:v1|rest|health|policy)\/[^']+(?=')/g) ?? [],
      ),
    );
    assert.ok(routes.size >= 12, [...routes].join());
    const [table] = (await read('docs/broker-routes.md')).split('\n## ');
    for (const route of routes) {
      const path = route.replace(/\*$/, '').replaceAll(/:(\w+)/g, '<$1>');
      assert.match(table, new RegExp(`[\\s\`]${path.replaceAll('/', '\\/')}`), route);
    }
  });
});
