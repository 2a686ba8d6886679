import {expect} from '@open-wc/testing';

import type {LiveSession} from '../../src/session/live-session.js';
import {RoomActivity, type ActivityFact} from '../../src/session/room-activity.js';
import {FakeClock} from '../support/fake-socket.js';
import {turn} from '../support/turn.js';
import {FakeLiveSession} from './native-session.js';

const ROOM = 'stream-notify-room';

const setup = (people: readonly string[] = [], realNames = false) => {
  const session = new FakeLiveSession({people, username: 'me'});
  const activity = new RoomActivity(session as unknown as LiveSession, 'room', () => realNames);
  const facts: ActivityFact[] = [];
  activity.subscribe((_, fact) => facts.push(fact));
  const types = (user: string, on = true, extra: object = {}): void =>
    session.hear({
      stream: ROOM,
      event: 'room/user-activity',
      args: [user, on ? ['user-typing'] : [], extra],
    });
  return {session, activity, facts, types};
};

describe('RoomActivity', () => {
  it('subscribes to what happens in the room, again on each connection', async () => {
    const {session} = setup();
    const wanted = [`${ROOM} room/user-activity`, `${ROOM} room/messagesRead`];
    await turn();
    expect(session.subscribed).to.deep.equal(wanted);
    session.connect(false);
    session.connect(true);
    await turn();
    expect(session.subscribed).to.deep.equal([...wanted, ...wanted]);
  });

  it('ends its subscriptions when it is closed, and hears of nothing', async () => {
    const {session, activity, types, facts} = setup();
    await turn();
    activity.close();
    expect(session.unsubscribed).to.deep.equal(['1', '2']);
    types('bob');
    expect(facts).to.deep.equal([]);
  });

  it('ends those that are still being answered, too, as soon as they are', async () => {
    const {session, activity} = setup();
    activity.close();
    await turn();
    expect(session.unsubscribed).to.deep.equal(['1', '2']);
  });

  it('tells who writes, in the order in which they have begun, but not of the user', () => {
    const {activity, types} = setup();
    types('bob');
    types('carol');
    types('me');
    expect(activity.getState().typing).to.deep.equal(['bob', 'carol']);
    types('bob', false);
    expect(activity.getState().typing).to.deep.equal(['carol']);
  });

  it('takes nobody for writing any more once the connection is away', () => {
    const {activity, types, session} = setup();
    types('bob');
    types('carol');
    session.connect(false);
    expect(activity.getState().typing).to.deep.equal([]);
  });

  it('tells that somebody begins once in five seconds', async () => {
    const clock = new FakeClock();
    try {
      const {facts, types} = setup();
      const begun = (): number => facts.filter(({type}) => type === 'typing-started').length;
      types('bob');
      types('bob', false);
      types('bob');
      expect(begun()).to.equal(1);
      await clock.pass(5_000);
      types('bob');
      expect(begun()).to.equal(2);
    } finally {
      clock.restore();
    }
  });

  it('takes somebody for silent who has not been heard of for fifteen seconds', async () => {
    const clock = new FakeClock();
    try {
      const {activity, types} = setup();
      types('bob');
      await clock.pass(14_000);
      types('bob');
      await clock.pass(14_000);
      expect(activity.getState().typing).to.deep.equal(['bob']);
      await clock.pass(1_000);
      expect(activity.getState().typing).to.deep.equal([]);
    } finally {
      clock.restore();
    }
  });

  it('leaves other rooms, threads and what it does not understand alone', () => {
    const {session, activity, types} = setup();
    types('bob', true, {tmid: 'thread'});
    expect(activity.getState().typing, 'in a thread').to.deep.equal([]);
    session.hear({stream: ROOM, event: 'other/user-activity', args: ['bob', ['user-typing'], {}]});
    for (const args of [[], [7, ['user-typing']], ['bob'], ['bob', 'user-typing'], [null, null]])
      session.hear({stream: ROOM, event: 'room/user-activity', args});
    expect(activity.getState().typing).to.deep.equal([]);
  });

  it('keeps twenty who write', () => {
    const {activity, types} = setup();
    for (let i = 0; i < 100; i++) types(`user-${i}`);
    expect(activity.getState().typing).to.have.lengthOf(20);
  });

  it('tells others that the user writes, as Rocket.Chat takes it, and keeps quiet without a connection', () => {
    const {session, activity} = setup();
    activity.write(true);
    activity.write(false, 'thread');
    expect(session.called).to.deep.equal([
      [ROOM, ['room/user-activity', 'me', ['user-typing'], {}]],
      [ROOM, ['room/user-activity', 'me', [], {tmid: 'thread'}]],
    ]);
    session.connect(false);
    activity.write(true);
    expect(session.called).to.have.lengthOf(2);
  });

  it('tells it by the name where the workspace takes no username, and does not take that for somebody else', () => {
    const {session, activity, types} = setup([], true);
    activity.write(true);
    expect(session.called).to.deep.equal([
      [ROOM, ['room/user-activity', 'My Name', ['user-typing'], {}]],
    ]);
    types('Bob Builder');
    types('My Name');
    expect(activity.getState().typing).to.deep.equal(['Bob Builder']);
  });

  it('tells until when everybody has read', () => {
    const {session, facts} = setup();
    session.hear({stream: ROOM, event: 'room/messagesRead', args: [{until: {$date: 5}}]});
    session.hear({stream: ROOM, event: 'room/messagesRead', args: [{until: 'soon'}]});
    expect(facts).to.deep.equal([{type: 'read', until: 5}]);
  });

  describe('in a direct message', () => {
    const direct = async (users: readonly object[]) => {
      const all = setup(['me', 'bob']);
      expect(all.session.asked[0]).to.deep.include({
        method: 'spotlight',
        params: ['bob', [], {users: true, rooms: false}],
      });
      all.session.asked[0]!.answer({users});
      await turn();
      return all;
    };

    it('asks how the other person is, and hears of changes', async () => {
      const {session, activity, facts} = await direct([
        {_id: 'x', username: 'bobby', status: 'busy'},
        {_id: 'u-bob', username: 'bob', status: 'away'},
      ]);
      expect(activity.getState().status).to.equal('away');
      expect(session.subscribed).to.include('stream-user-presence  {"added":["u-bob"]}');
      session.hear({stream: 'stream-user-presence', event: 'u-bob', args: [['bob', 1, '']]});
      session.hear({stream: 'stream-user-presence', event: 'u-bob', args: [['bob', 1, '']]});
      expect(activity.getState().status).to.equal('online');
      expect(facts).to.deep.equal([
        {type: 'presence', user: 'bob', status: 'away'},
        {type: 'presence', user: 'bob', status: 'online'},
      ]);
    });

    it('is told of the other person no more once it is closed, and ends nothing that others may share', async () => {
      const {session, activity} = await direct([{_id: 'u-bob', username: 'bob', status: 'away'}]);
      activity.close();
      expect(session.subscribed).to.include('stream-user-presence  {"removed":["u-bob"]}');
      expect(session.unsubscribed).to.deep.equal(['1', '2']);
    });

    it('neither tells nor subscribes to anything once it is closed', async () => {
      const {session, activity, facts} = setup(['me', 'bob']);
      await turn();
      activity.close();
      session.asked[0]!.answer({users: [{_id: 'u-bob', username: 'bob', status: 'away'}]});
      await turn();
      expect(facts).to.deep.equal([]);
      expect(session.subscribed).to.have.lengthOf(2);
    });

    it('knows nothing where the server does not tell, and takes no status that there is not', async () => {
      const {session, activity} = await direct([]);
      expect(activity.getState().status).to.equal(undefined);
      for (const args of [[], [['bob', 9]], [['carol', 1]], ['bob'], [null]])
        session.hear({stream: 'stream-user-presence', event: 'u-bob', args});
      expect(activity.getState().status).to.equal(undefined);
    });
  });
});
