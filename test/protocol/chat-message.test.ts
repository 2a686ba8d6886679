import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {
  isByPerson,
  isRemoved,
  parseChatMessage,
  parseRemoval,
  type ChatMessage,
} from '../../src/protocol/chat-message.js';
import {LIMITS} from '../../src/protocol/guards.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const TIME = Date.UTC(2026, 10, 21);
const U = {_id: 'u-alice', username: 'alice'};
const LEAST = {_id: 'm-1', rid: 'GENERAL', msg: 'Hello', ts: {$date: TIME}, u: U};
const READ: ChatMessage = {
  id: 'm-1',
  roomId: 'GENERAL',
  text: 'Hello',
  time: TIME,
  updated: TIME,
  sender: {userId: 'u-alice', username: 'alice', name: 'alice'},
};
const NO_TEXT = ODD_VALUES.filter((each) => typeof each !== 'string');
const NO_ID = [...NO_TEXT, '', 'x'.repeat(LIMITS.id + 1)];
const NO_TIME = [...NO_TEXT, '', 'yesterday', {$date: '0'}, {$date: 1e300}, {$date: NaN}];

/** What is read, without the data it was read from, which it keeps. */
const readMessage = (data: unknown): Omit<ChatMessage, 'raw'> | undefined => {
  const read = parseChatMessage(data);
  if (!read) return;
  const {raw, ...rest} = read;
  expect(raw).to.equal(data);
  return rest;
};

describe('parseChatMessage', () => {
  it('reads a message as a stream tells it', () => {
    expect(readMessage(LEAST)).to.deep.equal(READ);
    const full = {
      ...LEAST,
      _updatedAt: {$date: TIME + 3},
      editedAt: {$date: TIME + 2},
      tmid: 'm-0',
      t: 'e2e',
      u: {...U, name: 'Alice Zoë'},
    };
    expect(readMessage(full)).to.deep.equal({
      ...READ,
      updated: TIME + 3,
      edited: TIME + 2,
      threadId: 'm-0',
      kind: 'e2e',
      sender: {...READ.sender, name: 'Alice Zoë'},
    });
  });

  it('reads the same of REST, whose dates are texts', () => {
    const rest = {...LEAST, ts: '2026-11-21T00:00:00.000Z', _updatedAt: '2026-11-21T00:00:01.000Z'};
    expect(readMessage(rest)).to.deep.equal({...READ, updated: TIME + 1000});
  });

  it('leaves HTML and markup as text, a megabyte of it too', () => {
    for (const msg of [
      '<img src=x onerror=alert(1)>',
      '[x](javascript:alert(1))',
      '&lt;b&gt; \u202e \0',
      '<script>'.repeat(131_072),
      '',
    ])
      expect(readMessage({...LEAST, msg})).to.deep.equal({...READ, text: msg});
    for (const msg of NO_TEXT)
      expect(readMessage({...LEAST, msg})).to.deep.equal({...READ, text: ''});
  });

  it('wants who wrote it, where, when, and its id, each whole', () => {
    for (const odd of NO_ID) {
      expect(readMessage({...LEAST, _id: odd})).to.equal(undefined);
      expect(readMessage({...LEAST, rid: odd})).to.equal(undefined);
      expect(readMessage({...LEAST, u: {...U, _id: odd}})).to.equal(undefined);
    }
    for (const username of [...NO_TEXT, '', 'x'.repeat(LIMITS.name + 1)])
      expect(readMessage({...LEAST, u: {...U, username}})).to.equal(undefined);
    for (const ts of NO_TIME) expect(readMessage({...LEAST, ts})).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(readMessage({...LEAST, u: odd})).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(readMessage(odd)).to.equal(undefined);
  });

  it('leaves out what is wrong of the rest', () => {
    for (const odd of NO_TIME)
      expect(readMessage({...LEAST, _updatedAt: odd, editedAt: odd})).to.deep.equal(READ);
    for (const odd of NO_ID) expect(readMessage({...LEAST, tmid: odd, t: odd})).to.deep.equal(READ);
    for (const name of [...NO_TEXT, ''])
      expect(readMessage({...LEAST, u: {...U, name}})).to.deep.equal(READ);
    const name = 'x'.repeat(LIMITS.name + 1);
    expect(readMessage({...LEAST, u: {...U, name}})?.sender.name).to.equal(
      name.slice(0, LIMITS.name),
    );
  });

  it('reads no hidden message, but one that only seems hidden', () => {
    expect(readMessage({...LEAST, _hidden: true})).to.equal(undefined);
    for (const _hidden of [false, 1, 'true', null, {}])
      expect(readMessage({...LEAST, _hidden})).to.deep.equal(READ);
  });

  it('gives a copy without any other field', () => {
    const more = {urls: [{url: 'javascript:x'}], attachments: [{}], md: [], reactions: {}};
    expect(readMessage({...LEAST, ...more, html: '<b>'})).to.deep.equal(READ);
  });

  it('reads no inherited name', () => {
    expect(readMessage(Object.create(LEAST))).to.equal(undefined);
    expect(keepingPrototypes(() => readMessage(belowProto(LEAST)))).to.equal(undefined);
    expect(readMessage({...LEAST, u: Object.create(U) as unknown})).to.equal(undefined);
  });

  it('never throws, and gives just known fields of the right type', () => {
    const names = ['msg', '_updatedAt', 'editedAt', 'tmid', 't', 'u', 'ts', '_id', 'rid'];
    const value = fc.oneof(
      anything(),
      fc.string({maxLength: 300}),
      fc.record({$date: fc.integer()}),
      fc.record({_id: fc.string(), username: fc.string(), name: anything()}),
    );
    const data = fc.tuple(objectWith(names, value), fc.boolean()).map(([odd, whole]) => ({
      ...(whole && LEAST),
      ...odd,
    }));
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(data, anything()), (given) => {
        const message = keepingPrototypes(() => readMessage(given));
        if (!message) return;
        read++;
        const {id, roomId, text, time, updated, sender, edited, threadId, kind, ...rest} = message;
        expect(rest).to.deep.equal({});
        for (const each of [id, roomId, sender.userId, sender.username, sender.name])
          expect(each).to.be.a('string').and.not.equal('');
        expect(text).to.be.a('string');
        for (const each of [time, updated, edited ?? 0])
          expect(new Date(each).getTime()).to.equal(each);
        for (const each of [threadId ?? 'x', kind ?? 'x'])
          expect(each).to.be.a('string').and.not.equal('');
      }),
      HOSTILE_RUNS,
    );
    expect(read).to.be.greaterThan(500);
  });
});

describe('a message', () => {
  it('is by a person unless Rocket.Chat itself remarks something', () => {
    expect(isByPerson(READ)).to.equal(true);
    expect(isByPerson({...READ, kind: 'e2e'})).to.equal(true);
    for (const kind of ['uj', 'ul', 'au', 'ru', 'rm', 'discussion-created', 'videoconf', 'E2E'])
      expect(isByPerson({...READ, kind})).to.equal(false);
  });

  it('is what is left of a deleted one by its kind alone', () => {
    expect(isRemoved({...READ, kind: 'rm'})).to.equal(true);
    expect(isRemoved({...READ, text: ''})).to.equal(false);
    expect(isRemoved({...READ, kind: 'room_changed_topic'})).to.equal(false);
  });
});

describe('parseRemoval', () => {
  it('reads a deletion of a stream and one of a sync', () => {
    expect(parseRemoval({_id: 'm-1'})).to.deep.equal({id: 'm-1'});
    const read = {id: 'm-1', removed: TIME};
    expect(parseRemoval({_id: 'm-1', _deletedAt: {$date: TIME}})).to.deep.equal(read);
    expect(parseRemoval({_id: 'm-1', _deletedAt: '2026-11-21T00:00:00.000Z'})).to.deep.equal(read);
  });

  it('wants an id, and leaves out an instant that is none, and all else', () => {
    for (const _id of NO_ID) expect(parseRemoval({_id})).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(parseRemoval(odd)).to.equal(undefined);
    for (const _deletedAt of NO_TIME)
      expect(parseRemoval({_id: 'm-1', _deletedAt, msg: 'x'})).to.deep.equal({id: 'm-1'});
    expect(keepingPrototypes(() => parseRemoval(belowProto({_id: 'm-1'})))).to.equal(undefined);
  });
});
