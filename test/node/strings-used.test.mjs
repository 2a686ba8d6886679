import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {basename, join} from 'node:path';
import {before, describe, it} from 'node:test';

import ts from 'typescript';

import {repository} from './support/copy.mjs';

const TABLES = join(repository, 'src/elements/strings');

/** What no element uses, put into the tables for this test only: words of the source, and one by a template. */
const ODD = {
  'embed-en.ts': ['chatOdd'],
  'window-en.ts': ['status', 'members', 'connection'],
  'system-en.ts': ['system_nonsense'],
};

const isTable = (path) => path.startsWith(TABLES);
const isSource = (path) => path.startsWith(join(repository, 'src/'));
const keyOf = (names) => [...names].sort().join();

/** The source, with what is odd in its tables. */
const programOf = () => {
  const file = join(repository, 'tsconfig.json');
  const {config} = ts.readConfigFile(file, ts.sys.readFile);
  const {options, fileNames} = ts.parseJsonConfigFileContent(config, ts.sys, repository);
  const host = ts.createCompilerHost(options, true);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (path, version, ...others) => {
    const odd = isTable(path) && ODD[basename(path)];
    if (!odd) return read(path, version, ...others);
    const added = `$& ${odd.map((name) => `${name}: 'odd',`).join(' ')}`;
    const text = host.readFile(path).replace(/^export const \w+ = \{/m, added);
    return ts.createSourceFile(path, text, version, true);
  };
  const inSource = fileNames.filter(isSource);
  return ts.createProgram(inSource, options, host);
};

/** The names of the texts of a table. */
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
  visit(source);
  return names;
};

/** The texts that a type is, if it is nothing else. */
const literalsOf = (type) => {
  const parts = type?.isUnion() ? type.types : type ? [type] : [];
  return parts.every((each) => each.isStringLiteral()) ? parts.map(({value}) => value) : [];
};

/** The names that the source takes from the tables. @param whole all names of each table, as one type would have them */
const usedBy = (program, whole) => {
  const checker = program.getTypeChecker();
  const used = new Set();
  const take = (owner, name) => {
    // A computed name has no text.
    const property = name && checker.getPropertyOfType(checker.getApparentType(owner), name);
    const declared = (property && property.declarations) ?? [];
    if (declared.some((each) => isTable(each.getSourceFile().fileName))) used.add(name);
  };
  const visit = (node) => {
    if (ts.isPropertyAccessExpression(node))
      take(checker.getTypeAtLocation(node.expression), node.name.text);
    if (ts.isObjectBindingPattern(node))
      for (const {propertyName, name} of node.elements)
        take(checker.getTypeAtLocation(node), (propertyName ?? name).text);
    if (ts.isElementAccessExpression(node)) {
      const names = literalsOf(checker.getTypeAtLocation(node.argumentExpression));
      // Any name of a table: those count that are written where such a name is wanted.
      if (!whole.has(keyOf(names)))
        for (const name of names) take(checker.getTypeAtLocation(node.expression), name);
    }
    if (ts.isStringLiteral(node)) {
      const wanted = checker.getContextualType(node);
      if (wanted && whole.has(keyOf(literalsOf(checker.getNonNullableType(wanted)))))
        used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  for (const source of program.getSourceFiles())
    if (isSource(source.fileName) && !isTable(source.fileName)) visit(source);
  return used;
};

describe('the texts of the elements', () => {
  const tables = readdirSync(TABLES).filter((name) => /(^|-)en\.ts$/.test(name));
  const names = new Map();
  const used = new Set();
  const odd = Object.values(ODD).flat();
  const unused = (table) => names.get(table).filter((name) => !used.has(name));

  before(() => {
    const program = programOf();
    for (const table of tables)
      names.set(table, namesIn(program.getSourceFile(join(TABLES, table))));
    const whole = new Set([...names.values()].map(keyOf));
    for (const name of usedBy(program, whole)) used.add(name);
  });

  it('are all there to be read', () => {
    assert.ok(tables.length > 10, tables.join());
    const all = [...names.values()].flat();
    assert.ok(all.length > 150);
    assert.equal(new Set(all).size, all.length, 'a name stands in two tables');
  });

  for (const table of tables)
    it(`of ${table} are each used by an element`, () => {
      assert.deepEqual(
        unused(table).filter((name) => !odd.includes(name)),
        [],
      );
    });

  it('would be missed by this test if nothing used them', () => {
    assert.deepEqual(Object.keys(ODD).flatMap(unused), odd);
  });
});
