import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {ddpDate, parseDdpFrame, parseTime, type DdpFrame} from '../../src/protocol/ddp.js';
import {LIMITS} from '../../src/protocol/guards.js';
import {anything, HOSTILE_RUNS, INHERITED_NAMES, keepingPrototypes, ODD_VALUES} from './hostile.js';

const read = (data: unknown): DdpFrame | undefined => parseDdpFrame(JSON.stringify(data));
const LONG = 'x'.repeat(LIMITS.id + 1);
const NO_ID = [undefined, null, 7, true, '', {}, ['1'], LONG];

/** What there is to be known of each frame. */
const FIELDS: Readonly<Record<DdpFrame['type'], readonly string[]>> = {
  connected: ['type'],
  failed: ['type'],
  ping: ['type', 'id'],
  pong: ['type'],
  ready: ['type', 'ids'],
  nosub: ['type', 'id', 'error'],
  result: ['type', 'id', 'result', 'error'],
  changed: ['type', 'stream', 'event', 'args'],
};

describe('parseDdpFrame', () => {
  it('reads what Rocket.Chat says, as it was captured', () => {
    expect(parseDdpFrame('{"msg":"connected","session":"QE6Y"}')).to.deep.equal({
      type: 'connected',
    });
    expect(parseDdpFrame('{"msg":"failed","version":"1"}')).to.deep.equal({type: 'failed'});
    expect(parseDdpFrame('{"msg":"ping"}')).to.deep.equal({type: 'ping'});
    expect(parseDdpFrame('{"msg":"ping","id":"p-1"}')).to.deep.equal({type: 'ping', id: 'p-1'});
    expect(parseDdpFrame('{"msg":"pong","id":"p-1"}')).to.deep.equal({type: 'pong'});
    expect(parseDdpFrame('{"msg":"ready","subs":["2","3"]}')).to.deep.equal({
      type: 'ready',
      ids: ['2', '3'],
    });
  });

  it('reads results, with what a method has answered', () => {
    for (const result of [undefined, null, false, 0, '', {token: 'x'}, [1, 2]])
      expect(read({msg: 'result', id: '1', result})).to.deep.equal({
        type: 'result',
        id: '1',
        result,
      });
  });

  it('reads what a stream tells', () => {
    const args = [{_id: 'm', msg: '<img src=x onerror=alert(1)>'}, {username: 'bob'}];
    const fields = {eventName: 'GENERAL', args};
    const data = {msg: 'changed', collection: 'stream-room-messages', id: 'id', fields};
    expect(read(data)).to.deep.equal({
      type: 'changed',
      stream: 'stream-room-messages',
      event: 'GENERAL',
      args,
    });
    const event = 'x'.repeat(2 * LIMITS.id);
    expect(read({...data, fields: {eventName: event}})).to.deep.include({event, args: []});
  });

  it('reads why a token, a method or a subscription was refused', () => {
    const error = {
      isClientSafe: true,
      error: 403,
      reason: "You've been logged out by the server. Please log in again.",
      message: 'other',
      errorType: 'Meteor.Error',
    };
    expect(read({msg: 'result', id: '1', error})).to.deep.equal({
      type: 'result',
      id: '1',
      result: undefined,
      error: {code: '403', reason: error.reason},
    });
    const refusal = {error: 'not-allowed', message: '[not-allowed]'};
    expect(read({msg: 'nosub', id: '2', error: refusal})).to.deep.equal({
      type: 'nosub',
      id: '2',
      error: {code: 'not-allowed', reason: '[not-allowed]'},
    });
    expect(read({msg: 'nosub', id: '2', error: null})).to.deep.equal({type: 'nosub', id: '2'});
  });

  it('reads when to ask again, where too much was asked', () => {
    const error = {error: 'too-many-requests', reason: '', details: {timeToReset: 1500}};
    const waitOf = (details: unknown): unknown => {
      const frame = read({msg: 'result', id: '1', error: {...error, details}});
      return frame?.type === 'result' ? frame.error : undefined;
    };
    expect(waitOf({timeToReset: 1500})).to.deep.equal({
      code: 'too-many-requests',
      reason: '',
      wait: 1500,
    });
    for (const odd of [undefined, null, 7, {}, {timeToReset: '9'}, {timeToReset: null}])
      expect(waitOf(odd)).to.deep.equal({code: 'too-many-requests', reason: ''});
  });

  it('takes an error of any shape for one, and cuts its words', () => {
    const errorOf = (error: unknown): unknown => {
      const frame = read({msg: 'result', id: '1', error});
      return frame?.type === 'result' ? frame.error : undefined;
    };
    for (const error of [true, 'no', 7, [], {}, {error: {}}, {error: null, reason: 7}])
      expect(errorOf(error)).to.deep.equal({code: 'unknown', reason: ''});
    expect(errorOf({error: 'x'.repeat(1e6), reason: 'y'.repeat(1e6)})).to.deep.equal({
      code: 'x'.repeat(LIMITS.code),
      reason: 'y'.repeat(LIMITS.message),
    });
  });

  it('has nothing to say to what is no frame, or tells nothing that we want to know', () => {
    for (const text of [
      '',
      ' ',
      'o',
      'null',
      '7',
      '"ping"',
      '[]',
      '{}',
      '{"msg":7}',
      '{"msg":["ping"]}',
      '{"msg":"ping"',
      '\0',
      '{"server_id":"0"}',
      '{"msg":"added","collection":"users","id":"u","fields":{"username":"a"}}',
      '{"msg":"updated","methods":["1"]}',
      '{"msg":"PING"}',
      '['.repeat(100_000),
    ])
      expect(parseDdpFrame(text), text.slice(0, 40)).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(parseDdpFrame(odd)).to.equal(undefined);
  });

  it('wants the id of a result and of a subscription, whole', () => {
    for (const msg of ['result', 'nosub'])
      for (const id of NO_ID) expect(read({msg, id})).to.equal(undefined);
    for (const id of NO_ID) expect(read({msg: 'ping', id})).to.deep.equal({type: 'ping'});
  });

  it('wants the names of a stream and of its event, whole', () => {
    const fields = {eventName: 'r', args: []};
    for (const collection of NO_ID)
      expect(read({msg: 'changed', collection, fields})).to.equal(undefined);
    for (const eventName of [...NO_ID.slice(0, -1), 'x'.repeat(2 * LIMITS.id + 1)])
      expect(
        read({msg: 'changed', collection: 'stream-x', fields: {...fields, eventName}}),
      ).to.equal(undefined);
    for (const odd of [undefined, null, 7, 'r', ['r']])
      expect(read({msg: 'changed', collection: 'stream-x', fields: odd})).to.equal(undefined);
  });

  it('takes arguments, and what is ready, for none that are no list', () => {
    for (const odd of [undefined, null, 7, 'x', {0: 'x', length: 1}]) {
      const fields = {eventName: 'r', args: odd};
      expect(read({msg: 'changed', collection: 'stream-x', fields})).to.deep.include({args: []});
      expect(read({msg: 'ready', subs: odd})).to.deep.equal({type: 'ready', ids: []});
    }
  });

  it('takes no inherited name for a frame, and reads nothing below __proto__', () => {
    for (const name of INHERITED_NAMES) expect(read({msg: name, id: '1'})).to.equal(undefined);
    const below = '{"__proto__": {"msg": "ping"}, "constructor": {"prototype": {"msg": "ping"}}}';
    expect(keepingPrototypes(() => parseDdpFrame(below))).to.equal(undefined);
    const half = '{"msg": "result", "__proto__": {"id": "1"}}';
    expect(keepingPrototypes(() => parseDdpFrame(half))).to.equal(undefined);
  });

  it('keeps a message of a megabyte as it is', () => {
    const msg = '<script>'.repeat(131_072);
    const fields = {eventName: 'r', args: [{msg}]};
    const frame = read({msg: 'changed', collection: 'stream-room-messages', fields});
    expect(frame?.type === 'changed' && frame.args[0]).to.deep.equal({msg});
  });

  it('never throws, and gives just known fields of the right type', () => {
    const value = fc.oneof(
      fc.jsonValue({maxDepth: 2}),
      fc.string(),
      fc.constantFrom({toString: 1}, [{toString: null, valueOf: null}], {error: {toString: 1}}),
    );
    const names = ['id', 'subs', 'error', 'result', 'collection', 'fields', ...INHERITED_NAMES];
    const entries = fc.array(fc.tuple(fc.constantFrom(...names), value), {maxLength: 8});
    const types = fc.constantFrom(...Object.keys(FIELDS), ...INHERITED_NAMES);
    const frame = fc
      .tuple(types, entries, fc.boolean())
      .map(([msg, more, id]) => ({...(id && {id: '1'}), ...Object.fromEntries(more), msg}));
    const data = fc.oneof(
      frame.map((each) => JSON.stringify(each)),
      anything(),
    );
    let read = 0;
    fc.assert(
      fc.property(data, (given) => {
        const parsed = keepingPrototypes(() => parseDdpFrame(given));
        if (!parsed) return;
        read++;
        expect(FIELDS[parsed.type]).to.include.members(Object.keys(parsed));
        if ('id' in parsed) expect(parsed.id).to.be.a('string').and.not.equal('');
        if (parsed.type === 'ready') for (const id of parsed.ids) expect(id).to.be.a('string');
        if (parsed.type === 'changed') expect(parsed.args).to.be.an('array');
        if ('error' in parsed) {
          expect(parsed.error!.code).to.be.a('string');
          expect(parsed.error!.reason).to.be.a('string');
        }
      }),
      HOSTILE_RUNS,
    );
    expect(read).to.be.greaterThan(1000);
  });
});

describe('parseTime', () => {
  const TIME = Date.UTC(2026, 10, 21, 12, 30, 15, 250);

  it('reads the dates of DDP and those of REST', () => {
    expect(parseTime({$date: TIME})).to.equal(TIME);
    expect(parseTime('2026-11-21T12:30:15.250Z')).to.equal(TIME);
    expect(parseTime('2026-11-21T13:30:15.250+01:00')).to.equal(TIME);
    expect(parseTime({$date: 0})).to.equal(0);
    expect(parseTime({$date: -1})).to.equal(-1);
  });

  it('reads back what a method is given', () => {
    fc.assert(
      fc.property(fc.integer({min: -864e13, max: 864e13}), (time) => {
        expect(parseTime(JSON.parse(JSON.stringify(ddpDate(time))))).to.equal(time);
      }),
    );
  });

  it('takes nothing for a date that a Date could not hold', () => {
    for (const $date of [864e13 + 1, -864e13 - 1, 1e300, Infinity, NaN, 0.5, '0', null, {}, [0]])
      expect(parseTime({$date})).to.equal(undefined);
    for (const odd of ['', 'yesterday', '2026-13-40T00:00:00Z', '9'.repeat(1e6), TIME, [TIME]])
      expect(parseTime(odd)).to.equal(undefined);
    for (const odd of ODD_VALUES.filter((each) => typeof each !== 'string'))
      expect(parseTime(odd)).to.equal(undefined);
  });

  it('takes for a date of REST nothing but ISO 8601, in every browser alike', () => {
    for (const odd of [
      '1',
      '5.5',
      '-1',
      'Sat',
      'x 7',
      '2026',
      '2026-11-21',
      'June 1',
      ' 2026-11-21T12:30:15Z',
    ])
      expect(parseTime(odd), odd).to.equal(undefined);
  });

  it('reads no inherited date', () => {
    expect(parseTime(Object.create({$date: 1}))).to.equal(undefined);
    expect(parseTime(JSON.parse('{"__proto__": {"$date": 1}}'))).to.equal(undefined);
  });

  it('never throws, and gives a time that a Date can hold, or none', () => {
    fc.assert(
      fc.property(fc.oneof(anything(), fc.record({$date: anything()})), (data) => {
        const time = keepingPrototypes(() => parseTime(data));
        if (time !== undefined) expect(new Date(time).getTime()).to.equal(time);
      }),
      HOSTILE_RUNS,
    );
  });
});
