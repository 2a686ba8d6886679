import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseCall, parseCallEvent, type CallEvent} from '../../src/protocol/call-events.js';
import {
  belowProto,
  HOSTILE_RUNS,
  INHERITED_NAMES,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

/** As the broker tells it. */
const RINGING = {
  id: '5c1f0c52-0d1c-4a4a-9a30-6b1f1b0f8a11',
  alias: '9be0e5a1c4d24f0f8d6a1e2b3c4d5e6f',
  direction: 'incoming',
  status: 'dialing',
  participants: ['anna', 'bob'],
  name: 'Anna Smith',
  callType: 'video',
  record: 'none',
  live: true,
  creationDate: '2026-01-10T11:40:00.000Z',
} as const;

const ENDED = {
  ...RINGING,
  status: 'ended',
  startedAt: '2026-01-10T11:40:10.000Z',
  endedAt: '2026-01-10T11:50:00.000Z',
  result: 'answered',
} as const;

const without = (name: keyof typeof ENDED): object =>
  Object.fromEntries(Object.entries(ENDED).filter(([each]) => each !== name));

const read = (type: string, data: unknown): CallEvent | undefined =>
  parseCallEvent({type, data: JSON.stringify(data)});

describe('parseCall', () => {
  it('reads a call that rings, and one that is over', () => {
    expect(parseCall(RINGING)).to.deep.equal(RINGING);
    expect(parseCall(ENDED)).to.deep.equal(ENDED);
  });

  it('reads each word that the broker has', () => {
    const words = {
      direction: ['incoming', 'outgoing'],
      status: ['connected', 'dialing', 'ended'],
      callType: ['audio', 'audio-upgradable', 'video'],
      record: ['automatic', 'manual', 'none'],
      result: ['answered', 'cancelled', 'declined', 'failed', 'missed'],
    };
    for (const [name, values] of Object.entries(words))
      for (const value of values)
        expect(parseCall({...ENDED, [name]: value}), value).to.have.property(name, value);
  });

  it('reads none that lacks what a call has', () => {
    for (const name of [
      ...['id', 'alias', 'direction', 'status', 'participants', 'callType', 'record'],
      'creationDate',
    ] as const)
      expect(parseCall(without(name)), name).to.equal(undefined);
  });

  it('leaves out what a call may lack, if it is not as it should be', () => {
    for (const name of ['name', 'startedAt', 'endedAt', 'result'] as const) {
      expect(parseCall(without(name)), name).to.deep.equal(without(name));
      for (const value of [7, '', '\u200b', {}, null])
        expect(parseCall({...ENDED, [name]: value}), `${name} ${String(value)}`).to.deep.equal(
          without(name),
        );
    }
  });

  it('says that it is live, whatever the broker says', () => {
    expect(parseCall({...RINGING, live: 'no'})).to.deep.equal(RINGING);
  });

  it('is between two', () => {
    for (const participants of [
      [],
      ['anna'],
      ['anna', 'bob', 'eve'],
      ['anna', ''],
      ['anna', 7],
      'ab',
    ])
      expect(parseCall({...RINGING, participants}), String(participants)).to.equal(undefined);
    expect(parseCall({...RINGING, participants: ['a'.repeat(129), 'bob']})).to.equal(undefined);
  });

  it('takes words of another version, and inherited names, for none', () => {
    for (const name of ['direction', 'status', 'callType', 'record'] as const)
      for (const value of ['Video', 'incoming ', ...INHERITED_NAMES])
        expect(parseCall({...RINGING, [name]: value}), value).to.equal(undefined);
  });

  it('shows a name in one line, in which nothing is unseen', () => {
    expect(parseCall({...RINGING, name: 'Anna\n\u202eSmith'})).to.have.property(
      'name',
      'Anna Smith',
    );
    expect(parseCall({...RINGING, name: 'x'.repeat(9_000)})?.name).to.have.length(256);
  });

  it('takes nothing over that it does not know, such as how to join', () => {
    const more = {...RINGING, element: {url: 'https://node.example.com/?secret'}, callUrl: 'x'};
    expect(parseCall(more)).to.deep.equal(RINGING);
    expect(parseCall(belowProto(RINGING))).to.equal(undefined);
  });
});

describe('parseCallEvent', () => {
  it('reads the first event, with and without a call', () => {
    expect(read('stream', {id: 's-1'})).to.deep.equal({type: 'stream', id: 's-1'});
    expect(read('stream', {id: 's-1', call: RINGING})).to.deep.equal({
      type: 'stream',
      id: 's-1',
      call: RINGING,
    });
  });

  it('reads the first event also where its call cannot be read', () => {
    expect(read('stream', {id: 's-1', call: {id: 7}})).to.deep.equal({type: 'stream', id: 's-1'});
  });

  it('reads what befalls a call, and who did it', () => {
    for (const type of ['incoming', 'answered', 'stopped', 'started', 'ended']) {
      expect(read(type, {call: RINGING}), type).to.deep.equal({type, call: RINGING});
      expect(read(type, {call: RINGING, executor: 'bob'}), type).to.deep.equal({
        type,
        call: RINGING,
        executor: 'bob',
      });
    }
  });

  it('reads why somebody declined', () => {
    for (const reason of [
      ...['answered_another_call', 'do_not_disturb', 'error', 'no_answer', 'none'],
    ])
      expect(read('declined', {call: ENDED, executor: 'bob', reason})).to.deep.equal({
        type: 'declined',
        call: ENDED,
        executor: 'bob',
        reason,
      });
    for (const reason of [undefined, 'later', 7, 'constructor'])
      expect(read('declined', {call: ENDED, reason})).to.have.property('reason', 'none');
  });

  it('has a reason of no other event', () => {
    expect(read('ended', {call: ENDED, reason: 'error'})).not.to.have.property('reason');
  });

  it('reads why a user is disconnected', () => {
    for (const reason of ['user_deleted', 'user_disabled'])
      expect(read('force_disconnect', {reason})).to.deep.equal({type: 'force_disconnect', reason});
    expect(read('force_disconnect', {reason: 'mood'})).to.equal(undefined);
  });

  it('reads why a stream is over, and takes a reason that it does not know for a passing one', () => {
    for (const reason of ['closing', 'disconnected', 'expired', 'signed-out', 'too-many'])
      expect(read('over', {reason})).to.deep.equal({type: 'over', reason});
    for (const data of [{}, {reason: 'x'}, null, [], {reason: '__proto__'}])
      expect(read('over', data)).to.deep.equal({type: 'over', reason: 'closing'});
  });

  it('takes events of another version for none', () => {
    for (const type of ['message', 'ringing', 'Incoming', '', ...INHERITED_NAMES])
      expect(read(type, {id: 's', call: RINGING, reason: 'none'}), type).to.equal(undefined);
  });

  it('takes an event about a call that cannot be read for none', () => {
    for (const value of ODD_VALUES) expect(parseCall(value)).to.equal(undefined);
    for (const call of [undefined, null, 7, 'x', [], [RINGING], {call: RINGING}])
      expect(read('incoming', {call})).to.equal(undefined);
  });

  it('takes what is no JSON, or too much of it, for none', () => {
    for (const data of ['', '{', 'undefined', '{"id":"s"}}', '\ufeff{"id":"s"}', "{'id':'s'}"])
      expect(parseCallEvent({type: 'stream', data}), data).to.equal(undefined);
    const long = `{"id":"s","x":"${'x'.repeat(10_000)}"}`;
    expect(parseCallEvent({type: 'stream', data: long})).to.equal(undefined);
    const deep = '['.repeat(5_000) + ']'.repeat(5_000);
    expect(parseCallEvent({type: 'stream', data: deep})).to.equal(undefined);
  });

  it('stands whatever a server sends', () => {
    const types = ['stream', 'incoming', 'declined', 'ended', 'force_disconnect', 'over', 'x'];
    const odd = objectWith(Object.keys(ENDED), fc.jsonValue());
    const call = odd.map((fields) => ({...ENDED, ...fields}));
    const names = ['id', 'call', 'executor', 'reason'];
    const data = objectWith(names, fc.oneof(call, fc.jsonValue()));
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.oneof(data, fc.jsonValue()), (type, told) => {
        const event = keepingPrototypes(() => read(type, told));
        if (!event) return;
        expect(event.type).to.equal(type);
        if (!('call' in event) || !event.call) return;
        expect(parseCall(event.call)).to.deep.equal(event.call);
      }),
      HOSTILE_RUNS,
    );
  });
});
