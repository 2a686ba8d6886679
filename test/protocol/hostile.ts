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
  const after = Reflect.ownKeys(Object.prototype);
  // Chai's own comparison of each run would take longer than what is tested.
  if (String(after.map(String)) !== String(before.map(String))) expect(after).to.deep.equal(before);
  return result;
};

/** `fields` as a peer can send them: below `__proto__`, as `JSON.parse` makes it an own key. */
export const belowProto = (fields: Record<string, unknown>): unknown =>
  JSON.parse(`{"__proto__": ${JSON.stringify(fields)}}`);

/**
 * Those of {@link ODD_VALUES} that can travel between windows: 28. Of an array with so many holes
 * WebKit would send each hole.
 */
export const ODD_MESSAGES: readonly unknown[] = ODD_VALUES.filter(
  (value) =>
    typeof value !== 'function' &&
    typeof value !== 'symbol' &&
    !(Array.isArray(value) && value.length > 1e6),
);

/** What the actions of the documented and of the second dialect start with. */
const PREFIXES = ['pexip:plugin:external-chat/', 'rocketchat:videoconf/'] as const;

/** 26 names: those of the plugin in both dialects, of the page, inherited ones, and near misses. */
const ACTION_NAMES: readonly string[] = [
  'ready',
  'connected',
  'disconnected',
  'toggle-chat',
  'dial-out-success',
  'dial-out-error',
  'roster',
  'self',
  'toggle-participants',
  'toggle-chat-button-state',
  'toggle-chat-badge',
  'dial-out',
  'hello',
  ...INHERITED_NAMES,
  '',
  ' ready',
  'ready\0',
  'READY',
  'ready/',
];

const RIGHT = {
  active: true,
  visible: true,
  userInitiated: true,
  uuid: 'u-1',
  message: 'no',
  participants: [{uuid: 'u-1', displayName: '<img src=x onerror=alert(1)>'}],
  participantUuid: 'u-1',
  muted: true,
  raised: true,
  role: 'host',
  alias: 'elsewhere',
  digits: '1',
};

const cyclic = (): Record<string, unknown> => {
  const self: Record<string, unknown> = {};
  return Object.assign(self, {active: self, uuid: [self], participants: [self]});
};

/** 7 payloads, by what is odd about them. */
const PAYLOADS = {
  none: {},
  right: RIGHT,
  'wrong types': {
    active: 1,
    visible: 'true',
    userInitiated: 'true',
    uuid: {},
    message: [],
    version: {},
    features: 'chat',
    participants: {length: 3},
    participantUuid: null,
  },
  'below __proto__': belowProto({...RIGHT, polluted: 1}) as object,
  'inherited names': JSON.parse(
    '{"constructor": {"prototype": {"polluted": 1}}, "toString": 1, "hasOwnProperty": null}',
  ) as object,
  huge: {
    ...RIGHT,
    uuid: 'x'.repeat(20_000),
    message: 'x'.repeat(20_000),
    error: 'x'.repeat(20_000),
    conferenceAlias: 'x'.repeat(20_000),
    features: Array.from({length: 5_000}, (_, index) => `feature-${index}`),
    participants: Array.from({length: 5_000}, () => null),
  },
  exotic: {
    ...cyclic(),
    userInitiated: new Date(NaN),
    message: new Map([['x', 1n]]),
    version: new Uint8Array(8),
    features: new Array(1e5),
  },
} as const;

/** One input of the corpus. */
export interface HostileMessage {
  /** What it is, for whoever reads that a test has failed. */
  readonly words: string;
  readonly data: unknown;
  /** Of an action: in the documented dialect, its name, and what is odd about its payload. */
  readonly documented?: boolean;
  readonly name?: string;
  readonly payload?: keyof typeof PAYLOADS;
}

const messagesOf = (names: readonly string[]): HostileMessage[] =>
  PREFIXES.flatMap((prefix) =>
    names.flatMap((name) =>
      (Object.keys(PAYLOADS) as (keyof typeof PAYLOADS)[]).map((payload) => ({
        words: `${JSON.stringify(prefix + name)} with ${payload}`,
        data: {...PAYLOADS[payload], action: prefix + name},
        documented: prefix === PREFIXES[0],
        name,
        payload,
      })),
    ),
  );

/**
 * What is sent to the room from everywhere: 28 odd values, and in each dialect 26 names with 7 payloads
 * (facts of security, 4.1).
 */
export const HOSTILE_MESSAGES: readonly HostileMessage[] = [
  ...ODD_MESSAGES.map((data, index) => ({words: `odd value ${index}`, data})),
  ...messagesOf(ACTION_NAMES),
];

/** What a page may send to the plugin to control the meeting, with the same payloads in both dialects. */
export const HOSTILE_CONTROLS: readonly HostileMessage[] = messagesOf([
  'mute',
  'mute-video',
  'mute-all-guests',
  'admit',
  'disconnect',
  'spotlight',
  'raise-hand',
  'set-role',
  'transfer',
  'dtmf',
  'participants-state',
]);

/** The keys of what every object inherits, to be compared with those of before. */
export const prototypeKeys = (): PropertyKey[][] =>
  [Object, Array, Function, String, Map, Promise].map(({prototype}) => Reflect.ownKeys(prototype));
