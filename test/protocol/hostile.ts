import {expect} from '@open-wc/testing';
import fc from 'fast-check';

/** Names that every object inherits, or that mean something to a careless copy. */
export const INHERITED_NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
  'length',
];

/** How many generated inputs each parser has to stand (facts of security, 4.4), and from which seed. */
export const HOSTILE_RUNS = {numRuns: 10_000, seed: 20_261_121};

/** Odd values that have tripped other bridges. */
export const ODD_VALUES: readonly unknown[] = [
  undefined,
  null,
  true,
  0,
  -0,
  -1,
  NaN,
  Infinity,
  1e309,
  2 ** 53,
  10n,
  '',
  ' ',
  '\0',
  'undefined',
  '9<script>',
  '\ud800',
  'x'.repeat(100_000),
  [],
  [[]],
  new Array(1e9),
  {},
  new Date(NaN),
  new Map([['action', 'x']]),
  new Set(['x']),
  new Uint8Array(4),
  /x/,
  new Error('x'),
  () => undefined,
  Symbol('x'),
  Object.create(null),
];

/** Anything at all, with inherited names as own keys. */
export const anything = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    fc.constantFrom(...ODD_VALUES),
    fc.anything({
      key: fc.oneof(fc.constantFrom(...INHERITED_NAMES), fc.string({maxLength: 8})),
      maxDepth: 2,
      maxKeys: 4,
      withBigInt: true,
      withDate: true,
      withMap: true,
      withNullPrototype: true,
      withSet: true,
      withSparseArray: true,
      withTypedArray: true,
    }),
  );

/** An object with own keys of `names`, inherited names among them, and anything as their values. */
export const objectWith = (
  names: readonly string[],
  value: fc.Arbitrary<unknown> = anything(),
): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .array(fc.tuple(fc.constantFrom(...names, ...INHERITED_NAMES), value), {maxLength: 8})
    .map((entries) => Object.fromEntries(entries));

/** Runs `task` and checks that it has put nothing on `Object.prototype`. */
export const keepingPrototypes = <T>(task: () => T): T => {
  const before = Reflect.ownKeys(Object.prototype);
  const result = task();
  expect(Reflect.ownKeys(Object.prototype)).to.deep.equal(before);
  return result;
};

/** `fields` as a peer can send them: below `__proto__`, as `JSON.parse` makes it an own key. */
export const belowProto = (fields: Record<string, unknown>): unknown =>
  JSON.parse(`{"__proto__": ${JSON.stringify(fields)}}`);
