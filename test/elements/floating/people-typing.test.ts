import {expect} from '@open-wc/testing';

import {
  parseWriting,
  PeopleTyping,
  TYPING_TOLD,
  writerOf,
} from '../../../src/elements/floating/people-typing.js';
import {ODD_VALUES} from '../../protocol/hostile.js';
import {waitUntil} from '../../support/wait.js';

const OWN = {...TYPING_TOLD};
afterEach(() => void Object.assign(TYPING_TOLD, OWN));

const change = (event: string, ...args: readonly unknown[]) =>
  parseWriting({type: 'changed', stream: 'stream-notify-room', event, args});

describe('that somebody writes', () => {
  const WRITING = {roomId: 'room1', name: 'bob'};

  it('is what Rocket.Chat tells of a room', () => {
    expect(change('room1/user-activity', 'bob', ['user-typing'], {})).to.deep.equal(WRITING);
    expect(change('room1/user-activity', 'bob', ['user-typing'])).to.deep.equal(WRITING);
    expect(change('room1/typing', 'bob', true)).to.deep.equal(WRITING);
  });

  it('is not that somebody ends, records, or writes in a thread', () => {
    expect(change('room1/user-activity', 'bob', [], {})).to.equal(undefined);
    expect(change('room1/user-activity', 'bob', ['user-recording'], {})).to.equal(undefined);
    const inThread = change('room1/user-activity', 'bob', ['user-typing'], {tmid: 'm1'});
    expect(inThread).to.equal(undefined);
    expect(change('room1/typing', 'bob', false)).to.equal(undefined);
  });

  it('is none of other streams and other news', () => {
    const args = ['bob', ['user-typing'], {}];
    for (const stream of ['stream-notify-user', 'stream-room-messages', ''])
      expect(parseWriting({type: 'changed', stream, event: 'room1/user-activity', args})).to.equal(
        undefined,
      );
    for (const event of ['room1/deleteMessage', 'room1', '', '/user-activity', 'room1/x/typing'])
      expect(change(event, ...args)).to.equal(undefined);
  });

  it('is none of what is malformed', () => {
    for (const odd of ODD_VALUES) {
      if (typeof odd !== 'string' || !odd || odd.length > 256)
        expect(change('room1/user-activity', odd, ['user-typing'])).to.equal(undefined);
      expect(change('room1/user-activity', 'bob', odd)).to.equal(undefined);
      if (odd !== true) expect(change('room1/typing', 'bob', odd)).to.equal(undefined);
    }
    expect(change(`${'x'.repeat(200)}/typing`, 'bob', true)).to.equal(undefined);
  });
});

describe('who writes', () => {
  const PEOPLE = ['alice', 'bob'];
  const ALICE = {username: 'alice', name: 'Alice Martin'};
  const writer = (name: string, people: readonly string[] = PEOPLE) =>
    writerOf({roomId: 'room1', name}, people, ALICE);

  it('is told by username', () => {
    expect(writer('bob')).to.equal('bob');
    expect(writer('carol', [])).to.equal('carol');
  });

  it('is never the user', () => {
    expect(writer('alice')).to.equal(undefined);
    expect(writer('alice', [])).to.equal(undefined);
    expect(writer('Alice Martin')).to.equal(undefined);
  });

  it('is the other one of two, where the workspace tells of people by their names', () => {
    expect(writer('Bob Keller')).to.equal('bob');
  });

  it('is not guessed among several', () => {
    expect(writer('Bob Keller', [...PEOPLE, 'carol'])).to.equal(undefined);
    expect(writer('Bob Keller', ['alice'])).to.equal(undefined);
  });
});

describe('the news that somebody writes', () => {
  let typing: PeopleTyping;
  beforeEach(() => {
    typing = new PeopleTyping();
  });

  it('is told once in five seconds of each person in each chat', () => {
    expect(OWN).to.deep.equal({again: 5_000});
    expect(typing.isNews('room1', 'bob')).to.equal(true);
    for (let n = 0; n < 100; n += 1) expect(typing.isNews('room1', 'bob')).to.equal(false);
    expect(typing.isNews('room1', 'carol')).to.equal(true);
    expect(typing.isNews('room2', 'bob')).to.equal(true);
    expect(typing.isNews('room1', 'bob')).to.equal(false);
  });

  it('is told again after that', async () => {
    TYPING_TOLD.again = 5;
    expect(typing.isNews('room1', 'bob')).to.equal(true);
    await waitUntil(() => typing.isNews('room1', 'bob'));
    TYPING_TOLD.again = OWN.again;
    expect(typing.isNews('room1', 'bob')).to.equal(false);
  });

  it('keeps no more than a thousand people', () => {
    for (let n = 0; n < 1_100; n += 1) expect(typing.isNews('room1', `u${n}`)).to.equal(true);
    expect(typing.isNews('room1', 'u1099')).to.equal(false);
    expect(typing.isNews('room1', 'u0')).to.equal(true);
  });

  it('forgets those of whom it may be told again before others', () => {
    TYPING_TOLD.again = 0;
    for (let n = 0; n < 1_000; n += 1) typing.isNews('room1', `old${n}`);
    TYPING_TOLD.again = OWN.again;
    expect(typing.isNews('room1', 'young')).to.equal(true);
    for (let n = 0; n < 500; n += 1) typing.isNews('room2', `u${n}`);
    expect(typing.isNews('room1', 'young')).to.equal(false);
  });
});
