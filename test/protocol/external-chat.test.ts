import {ROSTER_MESSAGES} from './arbitraries.js';
import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {ACTION_PREFIXES, type Dialect} from '../../src/protocol/dialects.js';
import {
  ACTION_PREFIX,
  parsePageMessage,
  parsePluginMessage,
  toWire,
  type ReceivedPluginMessage,
} from '../../src/protocol/external-chat.js';
import {parseDialAnswer, type DialAnswer} from '../../src/protocol/dial-answer.js';
import {controlToWire} from '../../src/protocol/controls.js';
import {LIMITS} from '../../src/protocol/guards.js';
import {
  anyDialect,
  control,
  DIAL_NAMES,
  DIALECTS,
  dialOutExtras,
  dialRequest,
  pageMessage,
  pluginMessage,
} from './arbitraries.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  INHERITED_NAMES,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const wire = (
  name: string,
  fields: object = {},
  dialect: Dialect = 'external-chat',
): Record<string, unknown> => ({action: ACTION_PREFIXES[dialect] + name, ...fields});
const long = (max: number): string => 'x'.repeat(max + 1);
const cut = (max: number): string => 'x'.repeat(max);

/** As the page reads it: an answer to a dial-out once more, in the file that dials. */
const read = (data: unknown): ReceivedPluginMessage | DialAnswer | undefined => {
  const message = parsePluginMessage(data);
  return message?.type.startsWith('dial-out') ? parseDialAnswer(data) : message;
};

const WRONG_NAMES = [
  ...INHERITED_NAMES,
  '',
  ' ready',
  'ready ',
  'ready\0',
  'READY',
  'ready/',
  'readyx',
  'hello/hello',
];

/** What each message may have beside its type. */
type Shape = Readonly<Record<string, (value: unknown) => boolean>>;
type Shapes = Readonly<Record<string, Shape>>;

const isId =
  (max: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length > 0 && value.length <= max;
const isText =
  (max: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' && value.length <= max;
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

const PLUGIN_SHAPES: Shapes = {
  ready: {
    version: (value) => Number.isSafeInteger(value) || isId(LIMITS.code)(value),
    features: (value) =>
      Array.isArray(value) && value.length <= 64 && value.every(isId(LIMITS.code)),
    dialect: (value) => value === 'videoconf',
  },
  connected: {conferenceAlias: isText(LIMITS.name)},
  disconnected: {
    userInitiated: isBoolean,
    error: isText(LIMITS.message),
    errorCode: isText(LIMITS.code),
  },
  'toggle-chat': {active: isBoolean},
  'dial-out-success': {
    uuid: isId(LIMITS.id),
    displayName: isText(LIMITS.name),
    requestId: isId(LIMITS.id),
  },
  'dial-out-error': {
    message: isText(LIMITS.message),
    code: isId(LIMITS.code),
    field: isId(LIMITS.code),
    requestId: isId(LIMITS.id),
  },
  // Not read yet.
  ...Object.fromEntries(ROSTER_MESSAGES.map((name) => [name, {data: () => true}])),
};

const PAGE_SHAPES: Shapes = {
  'toggle-chat-button-state': {active: isBoolean},
  'toggle-chat-badge': {visible: isBoolean},
  'dial-out': {
    dial: (value) => value !== null && typeof value === 'object',
    requestId: isId(LIMITS.id),
    timeout: (value) => typeof value === 'number' && value > 0 && value <= 600_000,
  },
  'dial-out-cancel': {requestId: isId(LIMITS.id)},
  hello: {version: (value) => value === 1},
};

/** Messages with known names and fields but anything as their values, and anything else. */
const received = (shapes: Shapes): fc.Arbitrary<unknown> => {
  const value = fc.oneof(
    anything(),
    fc.string({maxLength: 300}),
    fc.boolean(),
    fc.integer({min: -1, max: 3}),
    fc.constant(1),
  );
  const names = [...Object.keys(shapes), ...WRONG_NAMES, 'chat-state', 'chat-unread'];
  const named = fc.tuple(fc.constantFrom(...names), anyDialect()).chain(([name, dialect]) => {
    const fields = Object.keys(shapes[name] ?? {active: true, uuid: true, unread: true});
    return objectWith([...fields, ...DIAL_NAMES.slice(0, 3)], value).map((each) =>
      wire(name, each, dialect),
    );
  });
  return fc.oneof({weight: 4, arbitrary: named}, {weight: 1, arbitrary: anything()});
};

const expectShape = (shapes: Shapes, {type, ...fields}: {type: string}): void => {
  const shape = shapes[type];
  expect(shape, type).not.to.equal(undefined);
  for (const [name, value] of Object.entries(fields)) {
    expect(shape?.[name]?.(value), `${name} of ${type}`).to.equal(true);
  }
};

/** Checks that `parse` gives for all input a known shape or nothing, and each shape many times. */
const expectTotal = (
  parse: (data: unknown) => {type: string} | undefined,
  shapes: Shapes,
): void => {
  const seen = new Map(Object.keys(shapes).map((type) => [type, 0]));
  fc.assert(
    fc.property(received(shapes), (data) => {
      const message = keepingPrototypes(() => parse(data));
      if (!message) return;
      seen.set(message.type, (seen.get(message.type) ?? 0) + 1);
      expectShape(shapes, message);
    }),
    HOSTILE_RUNS,
  );
  for (const [type, count] of seen) expect(count, type).to.be.greaterThan(5);
};

describe('toWire', () => {
  it('makes the flat object of the documentation', () => {
    expect(toWire({type: 'toggle-chat', active: true})).to.deep.equal({
      action: 'pexip:plugin:external-chat/toggle-chat',
      active: true,
    });
    expect(toWire({type: 'ready'})).to.deep.equal({action: 'pexip:plugin:external-chat/ready'});
    expect(toWire({type: 'toggle-chat-badge', visible: true})).to.deep.equal({
      action: 'pexip:plugin:external-chat/toggle-chat-badge',
      visible: true,
    });
  });

  it('has other names for button and badge in the second dialect', () => {
    expect(toWire({type: 'toggle-chat-button-state', active: true}, 'videoconf')).to.deep.equal({
      action: 'rocketchat:videoconf/chat-state',
      active: true,
    });
    expect(toWire({type: 'toggle-chat-badge', visible: false}, 'videoconf')).to.deep.equal({
      action: 'rocketchat:videoconf/chat-unread',
      unread: false,
    });
  });

  it('has one name for hello, the documented, in both dialects', () => {
    for (const dialect of DIALECTS) {
      expect(toWire({type: 'hello', version: 1}, dialect)).to.deep.equal({
        action: 'pexip:plugin:external-chat/hello',
        version: 1,
      });
    }
  });

  it('has the same names and fields for all else', () => {
    const same = fc.oneof(
      pluginMessage(),
      pageMessage().filter(({type}) => type === 'dial-out-cancel'),
    );
    fc.assert(
      fc.property(same, anyDialect(), (message, dialect) => {
        const {type, ...fields} = message;
        expect(toWire(message, dialect)).to.deep.equal(wire(type, fields, dialect));
      }),
      {numRuns: 300},
    );
  });
});

describe('parsePluginMessage', () => {
  it('reads back every message a plugin may send', () => {
    fc.assert(
      fc.property(pluginMessage(), anyDialect(), (message, dialect) => {
        expect(read(toWire(message, dialect))).to.deep.equal({
          ...message,
          ...(message.type === 'ready' && dialect === 'videoconf' && {dialect}),
        });
      }),
      {numRuns: 2000},
    );
  });

  it('never throws, and gives just known fields of bounded length', () => {
    expectTotal(read, PLUGIN_SHAPES);
  });

  it('reads no action that it does not know, and none of the page', () => {
    for (const dialect of DIALECTS) {
      for (const name of [...WRONG_NAMES, ...Object.keys(PAGE_SHAPES), 'chat-state', 'mute']) {
        const data = wire(name, {active: true, requestId: 'r'}, dialect);
        expect(parsePluginMessage(data)).to.equal(undefined);
      }
    }
  });

  it('tells of a ready in the second dialect that it is one, and believes no field for that', () => {
    expect(parsePluginMessage(wire('ready', {features: ['chat']}, 'videoconf'))).to.deep.equal({
      type: 'ready',
      features: ['chat'],
      dialect: 'videoconf',
    });
    expect(parsePluginMessage(wire('ready', {dialect: 'videoconf'}))).to.deep.equal({
      type: 'ready',
    });
  });

  it('hands on what is about people unread, and only in the second name space', () => {
    for (const type of ROSTER_MESSAGES) {
      for (const fields of [{}, {participants: 7}, {participants: []}]) {
        const data = wire(type, fields, 'videoconf');
        const message = parsePluginMessage(data);
        expect(message).to.deep.equal({type, data});
        expect(message && 'data' in message && message.data).to.equal(data);
        expect(parsePluginMessage(wire(type, fields))).to.equal(undefined);
      }
    }
  });

  it('hands on the answers to a dial-out unread, whatever they are, by either name', () => {
    for (const type of ['dial-out-success', 'dial-out-error'] as const)
      for (const dialect of DIALECTS) {
        const data = wire(type, {uuid: 7}, dialect);
        expect(parsePluginMessage(data)).to.deep.equal({type, data});
        expect(read(data)).to.equal(undefined);
      }
  });

  it('reads no other message as an answer to a dial-out', () => {
    for (const name of [...WRONG_NAMES, 'connected', 'toggle-chat', 'dial-out', 'dial-out-cancel'])
      expect(parseDialAnswer(wire(name, {uuid: 'u', message: 'no'}))).to.equal(undefined);
    for (const data of [undefined, null, 'dial-out-success', 7, [], {uuid: 'u', message: 'no'}])
      expect(parseDialAnswer(data)).to.equal(undefined);
  });

  it('reads no field below __proto__', () => {
    const fields = {action: `${ACTION_PREFIX}toggle-chat`, active: true};
    expect(keepingPrototypes(() => parsePluginMessage(belowProto(fields)))).to.equal(undefined);
    const ready = JSON.parse(
      `{"action": "${ACTION_PREFIX}ready", "__proto__": {"version": 1, "features": ["x"]}}`,
    ) as unknown;
    expect(parsePluginMessage(ready)).to.deep.equal({type: 'ready'});
  });

  it('reads cyclic data', () => {
    const data: Record<string, unknown> = wire('ready');
    data['features'] = [data, 'chat'];
    data['version'] = data;
    expect(parsePluginMessage(data)).to.deep.equal({type: 'ready', features: ['chat']});
  });

  it('drops fields that it does not know', () => {
    expect(parsePluginMessage(wire('toggle-chat', {active: true, by: 'x'}))).to.deep.equal({
      type: 'toggle-chat',
      active: true,
    });
  });

  it('wants real booleans', () => {
    for (const value of ODD_VALUES.filter((each) => typeof each !== 'boolean')) {
      expect(parsePluginMessage(wire('toggle-chat', {active: value}))).to.equal(undefined);
      expect(parsePluginMessage(wire('disconnected', {userInitiated: value}))).to.equal(undefined);
    }
    expect(parsePluginMessage(wire('toggle-chat', {active: 'true'}))).to.equal(undefined);
  });

  it('wants the uuid of who was dialled, whole', () => {
    for (const uuid of [undefined, '', 7, long(LIMITS.id), cut(1_000_000)]) {
      expect(read(wire('dial-out-success', {uuid}))).to.equal(undefined);
    }
  });

  it('wants a message in a dial-out-error, be it empty', () => {
    expect(read(wire('dial-out-error', {message: 7}))).to.equal(undefined);
    expect(read(wire('dial-out-error', {message: ''}))).to.deep.equal({
      type: 'dial-out-error',
      message: '',
    });
  });

  it('cuts texts that are too long', () => {
    const names = {displayName: long(LIMITS.name), uuid: 'u'};
    expect(read(wire('dial-out-success', names))).to.deep.equal({
      type: 'dial-out-success',
      uuid: 'u',
      displayName: cut(LIMITS.name),
    });
    const alias = {conferenceAlias: long(LIMITS.name)};
    expect(parsePluginMessage(wire('connected', alias))).to.deep.equal({
      type: 'connected',
      conferenceAlias: cut(LIMITS.name),
    });
    const ended = {
      userInitiated: false,
      error: long(LIMITS.message),
      errorCode: long(LIMITS.code),
    };
    expect(parsePluginMessage(wire('disconnected', ended))).to.deep.equal({
      type: 'disconnected',
      userInitiated: false,
      error: cut(LIMITS.message),
      errorCode: cut(LIMITS.code),
    });
    expect(read(wire('dial-out-error', {message: long(LIMITS.message)}))).to.deep.equal({
      type: 'dial-out-error',
      message: cut(LIMITS.message),
    });
  });

  it('drops ids that are too long, as a part of one would be another', () => {
    const fields = {message: 'no', code: long(64), field: long(64), requestId: long(128)};
    expect(read(wire('dial-out-error', fields))).to.deep.equal({
      type: 'dial-out-error',
      message: 'no',
    });
  });

  it('takes 64 features at most, and of these the names', () => {
    const features = Array.from({length: 100}, (_, index) => `f${index}`);
    expect(parsePluginMessage(wire('ready', {features}))).to.deep.equal({
      type: 'ready',
      features: features.slice(0, 64),
    });
    const mixed = ['chat', '', 1, null, {}, long(LIMITS.code), 'dial-out'];
    expect(parsePluginMessage(wire('ready', {features: mixed}))).to.deep.equal({
      type: 'ready',
      features: ['chat', 'dial-out'],
    });
    expect(parsePluginMessage(wire('ready', {features: new Array(1e9)}))).to.deep.equal({
      type: 'ready',
      features: [],
    });
    for (const other of ['chat', {0: 'chat', length: 1}, null]) {
      expect(parsePluginMessage(wire('ready', {features: other}))).to.deep.equal({type: 'ready'});
    }
  });

  it('takes a whole number or a short text for a version', () => {
    for (const version of [0, 1, -1, '1.2.3']) {
      expect(parsePluginMessage(wire('ready', {version}))).to.deep.equal({type: 'ready', version});
    }
    for (const version of [1.5, NaN, Infinity, 2 ** 53, '', null, {}, long(LIMITS.code)]) {
      expect(parsePluginMessage(wire('ready', {version}))).to.deep.equal({type: 'ready'});
    }
  });
});

describe('parsePageMessage', () => {
  it('reads back every message a page may send', () => {
    fc.assert(
      fc.property(pageMessage(), anyDialect(), (message, dialect) => {
        expect(parsePageMessage(toWire(message, dialect))).to.deep.equal(message);
      }),
      {numRuns: 1000},
    );
  });

  it('reads back every control', () => {
    fc.assert(
      fc.property(control(), (each) => {
        expect(parsePageMessage(controlToWire(each))).to.deep.equal(each);
      }),
      {numRuns: 300},
    );
  });

  it('reads back every dial-out, checked', () => {
    fc.assert(
      fc.property(dialRequest(), dialOutExtras(), anyDialect(), (request, extras, dialect) => {
        const message = {type: 'dial-out', ...extras, ...request} as const;
        expect(parsePageMessage(toWire(message, dialect))).to.deep.equal({
          type: 'dial-out',
          dial: {request},
          ...extras,
        });
      }),
      {numRuns: 1000},
    );
  });

  it('never throws, and gives just known fields of bounded length', () => {
    expectTotal(parsePageMessage, PAGE_SHAPES);
  });

  it('reads no action that it does not know, and none of the plugin', () => {
    const fields = {active: true, visible: true, unread: true, version: 1, requestId: 'r'};
    for (const dialect of DIALECTS) {
      for (const name of [...WRONG_NAMES, ...Object.keys(PLUGIN_SHAPES)]) {
        expect(parsePageMessage(wire(name, fields, dialect))).to.equal(undefined);
      }
    }
  });

  it('reads each of the names that differ in its own dialect only, and hello in the documented', () => {
    const fields = {active: true, visible: true, unread: true, version: 1};
    for (const name of ['toggle-chat-button-state', 'toggle-chat-badge', 'hello']) {
      expect(parsePageMessage(wire(name, fields)), name).not.to.equal(undefined);
      expect(parsePageMessage(wire(name, fields, 'videoconf')), name).to.equal(undefined);
    }
    for (const name of ['chat-state', 'chat-unread']) {
      expect(parsePageMessage(wire(name, fields, 'videoconf')), name).not.to.equal(undefined);
      expect(parsePageMessage(wire(name, fields)), name).to.equal(undefined);
    }
  });

  it('reads no field below __proto__', () => {
    const fields = wire('toggle-chat-badge', {visible: true});
    expect(keepingPrototypes(() => parsePageMessage(belowProto(fields)))).to.equal(undefined);
  });

  it('wants real booleans', () => {
    for (const value of ODD_VALUES.filter((each) => typeof each !== 'boolean')) {
      const data = {active: value, visible: value};
      expect(parsePageMessage(wire('toggle-chat-button-state', data))).to.equal(undefined);
      expect(parsePageMessage(wire('toggle-chat-badge', data))).to.equal(undefined);
      const unread = {active: value, unread: value, visible: true};
      expect(parsePageMessage(wire('chat-unread', unread, 'videoconf'))).to.equal(undefined);
      expect(parsePageMessage(wire('chat-state', unread, 'videoconf'))).to.equal(undefined);
    }
  });

  it('hands on a dial-out with a wrong field, for the plugin to answer', () => {
    expect(parsePageMessage(wire('dial-out', {role: 'KING', requestId: 'r'}))).to.deep.equal({
      type: 'dial-out',
      dial: {field: 'role'},
      requestId: 'r',
    });
  });

  it('takes a timeout, of ten minutes at most', () => {
    const timeoutOf = (timeout: unknown): unknown => {
      const message = parsePageMessage(wire('dial-out', {timeout}));
      return message && 'timeout' in message ? message.timeout : undefined;
    };
    for (const timeout of [1, 0.5, 60_000, 600_000]) expect(timeoutOf(timeout)).to.equal(timeout);
    for (const timeout of [600_001, Infinity]) expect(timeoutOf(timeout)).to.equal(600_000);
    for (const timeout of [0, -1, NaN, '1', null, {}]) {
      expect(timeoutOf(timeout)).to.equal(undefined);
    }
  });

  it('wants to know what to cancel', () => {
    for (const requestId of [undefined, '', 1, long(LIMITS.id)]) {
      expect(parsePageMessage(wire('dial-out-cancel', {requestId}))).to.equal(undefined);
    }
  });

  it('knows one version of hello', () => {
    expect(parsePageMessage(wire('hello', {version: 1}))).to.deep.equal({
      type: 'hello',
      version: 1,
    });
    for (const version of [undefined, 0, 2, '1', true, [1]]) {
      expect(parsePageMessage(wire('hello', {version}))).to.equal(undefined);
    }
  });
});
