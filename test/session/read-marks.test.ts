import {expect} from '@open-wc/testing';

import {Conversation} from '../../src/session/conversation.js';
import type {LiveSession} from '../../src/session/live-session.js';
import {roomSource} from '../../src/session/message-source.js';
import {ReadMarks, type ReadDetail} from '../../src/session/read-marks.js';
import {FakeClock} from '../support/fake-socket.js';
import {turn} from '../support/turn.js';
import {FakeLiveSession, raw} from './native-session.js';

const MINE = {u: {_id: 'u-me', username: 'me', name: 'Me'}};

const looking = (): boolean => true;

const setup = async (messages: readonly object[], read = 0, people: readonly string[] = []) => {
  const session = new FakeLiveSession({people});
  const conversation = new Conversation(session, roomSource('room', 'c'));
  session.asked[0]!.answer({messages: [...messages].reverse()});
  await turn();
  const told: ReadDetail[] = [];
  const marks = new ReadMarks(session as unknown as LiveSession, conversation, read, (detail) =>
    told.push(detail),
  );
  const words = (): string[] => told.map(({id, reader}) => `${id} by ${reader}`);
  return {session, conversation, marks, told, words};
};

describe('ReadMarks', () => {
  it('tells the server that the room is read, and the page which messages that were', async () => {
    const {session, marks, told, words} = await setup(
      [raw('a', 1), raw('b', 5), raw('mine', 6, MINE), raw('c', 7), raw('joined', 8, {t: 'uj'})],
      3,
    );
    marks.seen(looking);
    expect(session.read).to.deep.equal(['room']);
    await turn();
    expect(words()).to.deep.equal(['b by me', 'c by me']);
    expect(told[0]).to.deep.include({
      id: 'b',
      roomId: 'room',
      text: 'text of b',
      sender: 'bob',
      participants: [],
      timestamp: new Date(5),
    });
    marks.close();
  });

  it('says nothing of what was read already, unless the server counts something', async () => {
    const {session, marks} = await setup([raw('a', 1)], 3);
    marks.seen(looking);
    expect(session.read).to.deep.equal([]);
    session.unread = {count: 0, alert: true};
    marks.seen(looking);
    expect(session.read).to.deep.equal(['room']);
    marks.close();
  });

  it('asks the server once in a second, and once more for what has come meanwhile', async () => {
    const clock = new FakeClock();
    try {
      const {session, marks, words} = await setup([raw('a', 5)]);
      marks.seen(looking);
      await turn();
      session.put(raw('b', 6));
      marks.seen(looking);
      session.put(raw('c', 7));
      marks.seen(looking);
      expect(session.read).to.have.lengthOf(1);
      await clock.pass(1_000);
      await turn();
      expect(session.read).to.have.lengthOf(2);
      expect(words()).to.deep.equal(['a by me', 'b by me', 'c by me']);
      marks.close();
      expect(clock.timers).to.equal(0);
    } finally {
      clock.restore();
    }
  });

  it('does not ask once more for what nobody looks at any more', async () => {
    const clock = new FakeClock();
    try {
      const {session, marks} = await setup([raw('a', 5)]);
      let here = true;
      marks.seen(() => here);
      await turn();
      session.put(raw('b', 6));
      marks.seen(() => here);
      here = false;
      session.put(raw('c', 7));
      await clock.pass(1_000);
      expect(session.read).to.have.lengthOf(1);
      here = true;
      marks.seen(() => here);
      expect(session.read).to.have.lengthOf(2);
      marks.close();
    } finally {
      clock.restore();
    }
  });

  it('tells nothing where the server could not be asked, and all of it the next time', async () => {
    const clock = new FakeClock();
    try {
      const {session, marks, words} = await setup([raw('a', 5)]);
      session.connect(false);
      marks.seen(looking);
      expect(words()).to.deep.equal([]);
      session.connect(true);
      marks.seen(looking);
      await turn();
      expect(words()).to.deep.equal(['a by me']);
      marks.close();
    } finally {
      clock.restore();
    }
  });

  it("tells that one's own messages were read by all, once, with the reader where there is one other", async () => {
    const unread = {...MINE, unread: true};
    const {marks, words} = await setup(
      [raw('a', 1, unread), raw('b', 5, MINE), raw('c', 6, unread), raw('d', 9, unread)],
      10,
      ['me', 'bob'],
    );
    expect(marks.readUntil).to.equal(0);
    marks.readByOthers(6);
    marks.readByOthers(6);
    marks.readByOthers(4);
    expect(words()).to.deep.equal(['a by bob', 'c by bob']);
    expect(marks.readUntil).to.equal(6);
    marks.readByOthers(9);
    expect(words().at(-1)).to.equal('d by bob');
  });

  it('names no reader in a room of many', async () => {
    const {marks, words} = await setup([raw('a', 1, {...MINE, unread: true})], 10);
    marks.readByOthers(1);
    expect(words()).to.deep.equal(['a by ']);
  });
});
