import {expect} from '@open-wc/testing';

import type {DeskChats} from '../../../src/elements/floating/desk-chats.js';
import {DeskPeople} from '../../../src/elements/floating/desk-people.js';
import type {LiveSession} from '../../../src/session/live-session.js';
import {PresenceWatch} from '../../../src/session/presence-watch.js';
import type {DdpConnection} from '../../../src/transport/ddp-connection.js';

interface Room {
  readonly roomId: string;
  readonly type: string;
}

const direct = (name: string): Room => ({roomId: name, type: 'd'});

/** A connection that notes what it is asked; of each direct message, the other person is called as it is. */
const setup = async (...rooms: Room[]) => {
  const held = new Map<string, string>();
  const watched: object[] = [];
  const asked: string[] = [];
  const connection = {
    subscribe: async (_: string, event: string, change?: object) => {
      const id = String(held.size + Math.random());
      if (change) watched.push(change);
      else held.set(id, event);
      return id;
    },
    unsubscribe: (id: string) => held.delete(id),
  };
  const rest = {
    get: async (_: string, {ids}: {ids: string}) => {
      asked.push(ids);
      const users = ids.split(',').map((each) => ({username: each.slice(3), status: 'online'}));
      return {users, full: false};
    },
  };
  const api = {connection, rest: async () => rest};
  const list = {rooms};
  const chats = {
    get rooms() {
      return list.rooms;
    },
    isTold: () => true,
    other: (roomId: string) => roomId,
    people: (roomId: string) => ['me', roomId],
  };
  const session = {
    api,
    presence: new PresenceWatch(() => connection as unknown as DdpConnection),
    getState: () => ({status: 'live', known: true, user: {userId: 'id-me'}}),
    directory: {
      facts: (roomId: string) => ({raw: {uids: ['id-me', `id-${roomId}`]}}),
      membership: () => undefined,
    },
  };
  const told: string[] = [];
  const people = new DeskPeople({
    session: session as unknown as LiveSession,
    chats: chats as unknown as DeskChats,
    username: 'me',
    typing: (who) => told.push(`${who} types`),
    presence: (fact, who) => told.push(`${who} ${fact}`),
    changed: () => undefined,
  });
  const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve));
  await settled();
  return {
    people,
    asked,
    told,
    /** What was changed of the list of people at the server. */
    watched,
    /** What is subscribed to in the rooms. */
    rooms: () => [...held.values()].filter((each) => each.includes('/')),
    /** The list of chats is another. */
    list: async (...now: Room[]) => {
      list.rooms = now;
      people.hear({type: 'rooms'});
      await settled();
    },
    /** The server tells of somebody. */
    hear: (username: string, status: number) => {
      const args = [[username, status, '']];
      const event = `id-${username}`;
      const change = {type: 'changed', stream: 'stream-user-presence', event, args} as const;
      people.hear({type: 'heard', change});
    },
  };
};

describe('the people of the chats', () => {
  it('are watched while their chats are in the list', async () => {
    const {people, asked, told, watched, rooms, list, hear} = await setup(
      direct('bob'),
      direct('carol'),
    );
    expect(rooms()).to.deep.equal(['bob/user-activity', 'carol/user-activity']);
    expect(asked).to.deep.equal(['id-bob,id-carol']);
    expect(people.statusOf('bob')).to.equal('online');
    await list(direct('carol'));
    expect(rooms()).to.deep.equal(['carol/user-activity']);
    expect(watched).to.deep.equal([{added: ['id-bob', 'id-carol']}, {removed: ['id-bob']}]);
    expect(people.statusOf('bob')).to.equal(undefined);
    hear('bob', 0);
    hear('bob', 1);
    hear('carol', 0);
    expect(told).to.deep.equal(['carol disconnected']);
    await list(direct('carol'), direct('bob'));
    expect(rooms()).to.deep.equal(['carol/user-activity', 'bob/user-activity']);
    expect(asked).to.deep.equal(['id-bob,id-carol', 'id-bob']);
    hear('bob', 0);
    expect(told).to.deep.equal(['carol disconnected', 'bob disconnected']);
  });

  it('are those of the hundred latest direct messages, whatever other rooms there are', async () => {
    const channels = Array.from({length: 150}, (_, at) => ({roomId: `c${at}`, type: 'c'}));
    const people = Array.from({length: 120}, (_, at) => direct(`p${at}`));
    const {rooms, asked} = await setup(...channels, ...people);
    const expected = people.slice(0, 100).map(({roomId}) => `${roomId}/user-activity`);
    expect(rooms()).to.deep.equal(expected);
    expect(asked[0]!.split(',')).to.have.length(100);
  });

  it('are watched no more once the desk has stopped', async () => {
    const {people, rooms, watched} = await setup(direct('bob'));
    people.stop();
    expect(rooms()).to.deep.equal([]);
    expect(watched).to.deep.equal([{added: ['id-bob']}, {removed: ['id-bob']}]);
  });
});
