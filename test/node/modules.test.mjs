import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const dist = new URL('../../dist/', import.meta.url);

/** The modules that the entries load, at once or later, by their names, with their texts. */
const modulesOf = async (entries) => {
  const texts = new Map();
  const follow = async (name) => {
    if (texts.has(name)) return;
    texts.set(name, '');
    const text = await readFile(new URL(name, dist), 'utf8');
    texts.set(name, text);
    const imported = [...text.matchAll(/(?:from |import\(|import )['"]\.\/([\w.-]+)['"]/g)];
    await Promise.all(imported.map(([, each]) => follow(each)));
  };
  await Promise.all(entries.map(follow));
  return texts;
};

describe('the ES modules of dist/', () => {
  it('take Lit from the package beside them, and hold no copy of it', async () => {
    const modules = await modulesOf(['index.js', 'define.js']);
    assert.ok(modules.has('native-view.js') && modules.has('embed-view.js'));
    const names = [...modules].filter(([, text]) => /litHtmlVersions|createPolicy/.test(text));
    assert.deepEqual(
      names.map(([name]) => name),
      [],
    );
    assert.match(modules.get('native-view.js'), /from 'lit'/);
  });

  it('import nothing for its effects: of files that have none, bundlers say that they leave it out', async () => {
    const modules = await modulesOf(['index.js', 'define.js']);
    const bare = [...modules].filter(([, text]) => /^import ['"]/m.test(text));
    assert.deepEqual(
      bare.map(([name]) => name),
      [],
    );
  });
});
