import assert from 'node:assert/strict';
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';

import ts from 'typescript';

import {repository} from './support/copy.mjs';

const TABLES = join(repository, 'src/elements/strings');

/** The names of the texts of a table, as its source has them. */
const namesIn = (source) => {
  const names = [];
  const visit = (node) => {
    if (ts.isVariableDeclaration(node) && node.initializer) {
      const table = ts.isAsExpression(node.initializer)
        ? node.initializer.expression
        : node.initializer;
      if (ts.isObjectLiteralExpression(table))
        for (const {name} of table.properties) if (name) names.push(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('table.ts', source, ts.ScriptTarget.ES2022, true));
  return names;
};

const sourceOf = (folder) =>
  readdirSync(folder, {recursive: true})
    .filter((name) => name.endsWith('.ts') && !join(folder, name).startsWith(TABLES))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');

/** Names that the source puts together, by what stands before and behind what is put in: `system_${type}`. */
const patternsIn = (source) =>
  [...source.matchAll(/`(\w*)\$\{[^}]+\}(\w*)`/g)]
    .filter(([, before, behind]) => (before + behind).length > 3)
    .map(([, before, behind]) => new RegExp(`^${before}.+${behind}$`));

/** The texts of which the source says no name. */
const unused = (names, source) => {
  const words = new Set(source.match(/\w+/g));
  const patterns = patternsIn(source);
  return names.filter((name) => !words.has(name) && !patterns.some((each) => each.test(name)));
};

describe('the texts of the elements', () => {
  const tables = readdirSync(TABLES).filter((name) => /(^|-)en\.ts$/.test(name));
  const source = sourceOf(join(repository, 'src'));

  it('are all there to be read', () => {
    assert.ok(tables.length > 10, tables.join());
    const names = tables.flatMap((name) => namesIn(readFileSync(join(TABLES, name), 'utf8')));
    assert.ok(names.length > 150);
    assert.equal(new Set(names).size, names.length, 'a name stands in two tables');
  });

  for (const table of tables)
    it(`of ${table} are each used by an element`, () => {
      assert.deepEqual(unused(namesIn(readFileSync(join(TABLES, table), 'utf8')), source), []);
    });

  it('would be missed by this test if nothing used them', () => {
    assert.deepEqual(unused(['chatIdle', 'chatOdd', 'system_joined'], source), ['chatOdd']);
  });
});
