import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {describe, it} from 'node:test';

const read = async (path) =>
  JSON.parse(await readFile(new URL(`../../${path}`, import.meta.url), 'utf8'));
const named = await read('package.json');
const {modules} = await read(named.customElements);
const elements = modules.flatMap(({declarations}) => declarations);
const byName = (items) => new Map(items.map((item) => [item.name, item]));
const names = (items = []) => items.map(({name}) => name);

describe('what VS Code completes in HTML', () => {
  it('is every element and attribute, with its description', async () => {
    const {version, tags} = await read('dist/vscode.html-custom-data.json');
    assert.equal(version, 1.1);
    assert.deepEqual(names(tags), names(elements.map(({tagName}) => ({name: tagName}))));
    for (const [at, {description, attributes}] of tags.entries()) {
      assert.equal(description, elements[at].description);
      assert.deepEqual(names(attributes), names(elements[at].attributes));
      for (const attribute of attributes) assert.match(attribute.description, /\.$/);
    }
  });

  it('is what an attribute can be; one that is there or not has no value', async () => {
    const {tags} = await read('dist/vscode.html-custom-data.json');
    const attributes = byName(byName(tags).get('pexip-chat-widget').attributes);
    assert.deepEqual(names(attributes.get('mode').values), ['embed', 'window']);
    assert.deepEqual(attributes.get('broker').values, []);
    assert.equal(attributes.get('use-cookie').valueSet, 'v');
    assert.equal(attributes.get('use-cookie').values, undefined);
  });
});

describe('what VS Code completes in CSS', () => {
  it('is every custom property, part and state, each once', async () => {
    const data = await read('dist/vscode.css-custom-data.json');
    for (const [kind, found, asSelector] of [
      ['cssProperties', data.properties, (name) => name],
      ['cssParts', data.pseudoElements, (name) => `::part(${name})`],
      ['cssStates', data.pseudoClasses, (name) => `:state(${name})`],
    ]) {
      const wanted = new Set(elements.flatMap((element) => names(element[kind])).map(asSelector));
      assert.ok(wanted.size > 5, kind);
      assert.deepEqual(names(found), [...wanted]);
    }
  });

  it('says what every element means by a name that they share', async () => {
    const {pseudoElements} = await read('dist/vscode.css-custom-data.json');
    const {description} = byName(pseudoElements).get('::part(frame)');
    assert.ok(description.split('\n\n').length > 1, description);
  });
});

describe("what JetBrains' editors complete", () => {
  it('is named by package.json, and is of its version', async () => {
    const types = await read(named['web-types']);
    assert.deepEqual([types.name, types.version], [named.name, named.version]);
    assert.match(types.$schema, /web-types\.json$/);
  });

  it('is every attribute, property, event and slot of every element', async () => {
    const {contributions} = await read(named['web-types']);
    for (const [at, found] of contributions.html.elements.entries()) {
      const element = elements[at];
      assert.equal(found.name, element.tagName);
      assert.deepEqual(names(found.attributes), names(element.attributes));
      assert.deepEqual(names(found.slots), names(element.slots));
      assert.deepEqual(names(found.js.events), names(element.events));
      const fields = element.members.filter(({kind}) => kind === 'field');
      assert.deepEqual(names(found.js.properties), names(fields));
      const readOnly = (items, key) => names(items.filter((item) => item[key]));
      assert.deepEqual(readOnly(found.js.properties, 'read-only'), readOnly(fields, 'readonly'));
    }
  });

  it('has types and defaults as the manifest has them', async () => {
    const {contributions} = await read(named['web-types']);
    const {attributes, js} = byName(contributions.html.elements).get('pexip-chat-room');
    assert.deepEqual(byName(attributes).get('plugin-timeout').value, {type: 'number'});
    assert.equal(byName(attributes).get('plugin-timeout').default, '30000');
    assert.equal(byName(js.events).get('pexip-ready').type, 'PexipReadyEvent');
    assert.ok(names(contributions.css['pseudo-elements']).includes('part(frame)'));
    assert.ok(names(contributions.css['pseudo-classes']).includes('state(ready)'));
  });
});
