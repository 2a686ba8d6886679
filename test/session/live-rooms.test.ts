import {expect} from '@open-wc/testing';

import {ConnectionLost, DdpRefusal} from '../../src/transport/ddp-connection.js';
import type {ChatApi} from '../../src/session/chat-api.js';
import {LiveRooms, MESSAGES, OF_ROOM, OF_USER} from '../../src/session/live-rooms.js';
import {OVERLAP, type MessageNews} from '../../src/session/room-log.js';
import {parseChatMessage, parseRemoval} from '../../src/protocol/chat-message.js';
import {parseMembership, parseRoomFacts} from '../../src/protocol/chat-room.js';
import {FakeClock} from '../support/fake-socket.js';
import {turn} from '../support/turn.js';
import {uncaught} from '../support/uncaught.js';
import {rejectionOf} from './recorders.js';

const HOUR = 3_600_000;
const START = 1_800_000_000_000;

type Data = Readonly<Record<string, unknown>>;
const at = (time: number): Data => ({$date: time});
const change = (stream: string, event: string, ...args: readonly unknown[]) =>
  ({type: 'changed', stream, event, args}) as const;

/** A server with rooms, as much of it as a fill asks for. Like a real one it filters by time. */
class Server {
  now = START;
  readonly messages = new Map<string, Data>();
  readonly deleted: Data[] = [];
  readonly rooms = new Map<string, Data>();
  readonly members = new Map<string, Data>();
  gone: Data[] = [];
  /** What was asked for, in order. */
  readonly asked: string[] = [];
  /** Called before each answer: waits, fails, or has something happen meanwhile. */
  before: (what: string) => unknown = () => undefined;

  readonly api = {
    memberships: (since: number) =>
      this.#list(`memberships ${since}`, () => ({
        items: this.#since(this.members, since).map(parseMembership),
        gone: since ? this.gone.map(({_id}) => _id) : undefined,
      })),
    rooms: (since: number) =>
      this.#list(`rooms ${since}`, () => ({
        items: this.#since(this.rooms, since).map(parseRoomFacts),
        gone: since ? [] : undefined,
      })),
    missed: (roomId: string, since: number) =>
      this.#list(`missed ${roomId} ${since}`, () => ({
        updated: this.#since(this.messages, since)
          .filter(({rid}) => rid === roomId)
          .map(parseChatMessage),
        removed: this.deleted.filter(({rid}) => rid === roomId).map(parseRemoval),
      })),
  } as unknown as ChatApi;

  /** Makes a room of the user. */
  join(rid: string): void {
    this.rooms.set(rid, {_id: rid, t: 'c', _updatedAt: at(this.now)});
    const fields = {name: rid, t: 'c', unread: 0, open: true, ts: at(this.now)};
    this.members.set(rid, {_id: `s-${rid}`, rid, ...fields, _updatedAt: at(this.now)});
  }

  /** Somebody writes, a while later. @returns what a live connection would be told */
  write(rid: string, later = HOUR): Data {
    this.now += later;
    const {now} = this;
    const who = {_id: 'u-b', username: 'bob'};
    const _id = `${rid}-${this.messages.size}`;
    const message = {_id, rid, msg: _id, ts: at(now), u: who, _updatedAt: at(now)};
    this.messages.set(_id, message);
    if (this.rooms.has(rid)) this.rooms.set(rid, {...this.rooms.get(rid), ...this.#touched()});
    return message;
  }

  edit(id: string): Data {
    this.now += HOUR;
    const stamp = at(this.now);
    const message = {...this.messages.get(id), msg: `${id}!`, editedAt: stamp, _updatedAt: stamp};
    this.messages.set(id, message);
    return message;
  }

  remove(id: string): void {
    this.now += HOUR;
    const {rid} = this.messages.get(id)!;
    this.messages.delete(id);
    this.deleted.push({_id: id, rid, _deletedAt: at(this.now)});
  }

  #touched(): Data {
    return {lm: at(this.now), _updatedAt: at(this.now)};
  }

  #since(all: ReadonlyMap<string, Data>, since: number): Data[] {
    return [...all.values()].filter(
      ({_updatedAt}) => (_updatedAt as {$date: number}).$date > since,
    );
  }

  async #list<Answer>(what: string, answer: () => Answer): Promise<Answer> {
    this.asked.push(what.replace(/\d{6,}/, (time) => String(Number(time) - START)));
    await this.before(what);
    return answer();
  }
}

describe('LiveRooms', () => {
  let server: Server;
  let rooms: LiveRooms;
  let told: string[];
  let refreshed: number;

  beforeEach(() => {
    server = new Server();
    server.now = START - HOUR;
    server.join('c');
    server.now = START;
    server.join('a');
    server.join('b');
    told = [];
    refreshed = 0;
    rooms = new LiveRooms({
      message: (roomId: string, news: MessageNews) => {
        // Of what only views need, room-log.test.ts speaks.
        if (news.type === 'put') return;
        told.push(
          news.type === 'deleted'
            ? `${roomId}: deleted ${news.id}`
            : `${roomId}: ${news.type} ${news.message.text}`,
        );
      },
      rooms: () => refreshed++,
    });
  });

  const live = (message: Data): void => rooms.receive(change(MESSAGES, '__my_messages__', message));
  const fill = (...followed: readonly string[]): Promise<void> => rooms.fill(server.api, followed);
  const filled = async (...followed: readonly string[]): Promise<void> => {
    await fill(...followed);
    server.asked.length = 0;
  };
  /** Something about the user's part in a room has changed, which is told live. */
  const subChanged = (rid: string): void => {
    const sub = {...server.members.get(rid), _updatedAt: at(server.now)};
    server.members.set(rid, sub);
    rooms.receive(change(OF_USER, 'u/subscriptions-changed', 'updated', sub));
  };

  it('tells nothing old at first, and knows the rooms', async () => {
    server.write('a');
    await fill('a');
    expect(server.asked).to.deep.equal(['memberships 0', 'rooms 0']);
    expect(told).to.deep.equal([]);
    expect(refreshed).to.equal(1);
    expect(rooms.directory.rooms.map(({roomId}) => roomId)).to.deep.equal(['a', 'b', 'c']);
  });

  it('tells what comes live during the first fill once it is done', async () => {
    const filling = fill();
    live(server.write('a'));
    expect(told).to.deep.equal([]);
    await filling;
    expect(told).to.deep.equal(['a: new a-0']);
  });

  it('does not take an old message for new to which somebody reacts during the first fill', async () => {
    server.write('a');
    const filling = fill();
    live({...server.messages.get('a-0'), _updatedAt: at(server.now + HOUR)});
    await filling;
    expect(told).to.deep.equal([]);
  });

  it('does not take the whole past for new after a deletion during the first fill', async () => {
    for (let n = 0; n < 5; n++) server.write('a');
    server.now += HOUR;
    server.join('d');
    const filling = fill('a');
    rooms.receive(change(OF_ROOM, 'a/deleteMessage', {_id: 'a-2'}));
    server.remove('a-2');
    await filling;
    rooms.openGap();
    server.asked.length = 0;
    await fill('a');
    expect(told.filter((each) => each.includes('new'))).to.deep.equal([]);
    expect(server.asked).to.include(`missed a ${6 * HOUR - OVERLAP}`);
  });

  it('knows a room that was joined, and not one that was left, between the answers of the first fill', async () => {
    server.before = async (what) => {
      if (!what.startsWith('rooms')) return;
      await turn();
      server.join('d');
      const joined = server.members.get('d');
      rooms.receive(change(OF_USER, 'u/subscriptions-changed', 'inserted', joined));
      rooms.receive(change(OF_USER, 'u/subscriptions-changed', 'removed', {_id: 's-a'}));
    };
    await fill();
    expect(rooms.directory.rooms.map(({roomId}) => roomId).sort()).to.deep.equal(['b', 'c', 'd']);
    expect(refreshed).to.be.at.least(1);
  });

  it('tells once the first fill is done what came before it failed', async () => {
    server.before = () => {
      throw new ConnectionLost();
    };
    const filling = rejectionOf(fill());
    live(server.write('a'));
    expect(await filling).to.be.instanceOf(ConnectionLost);
    rooms.openGap();
    expect(told).to.deep.equal([]);
    server.before = () => undefined;
    await fill();
    expect(told).to.deep.equal(['a: new a-0']);
  });

  it('tells what was missed to a user who had no room at first', async () => {
    server.rooms.clear();
    server.members.clear();
    await filled();
    server.now += HOUR;
    server.join('a');
    subChanged('a');
    live(server.write('a'));
    rooms.openGap();
    server.write('a');
    await fill();
    expect(told).to.deep.equal(['a: new a-0', 'a: new a-1']);
  });

  it('tells nothing of what was said in a room before the user came into it', async () => {
    await filled();
    server.write('d');
    server.now += HOUR;
    server.join('d');
    rooms.openGap();
    server.write('d');
    await fill();
    expect(told).to.deep.equal(['d: new d-1']);
    expect(server.asked).to.include(`missed d ${2 * HOUR - OVERLAP}`);
  });

  it('tells live what happens then, in every room, as it comes', async () => {
    await filled();
    live(server.write('a'));
    live(server.write('heard of by nobody'));
    live(server.edit('a-0'));
    expect(told).to.deep.equal([
      'a: new a-0',
      'heard of by nobody: new heard of by nobody-1',
      'a: edited a-0!',
    ]);
  });

  it('asks in a gap only for rooms that have changed, each from what is known of it', async () => {
    await filled();
    live(server.write('a'));
    rooms.openGap();
    server.write('b');
    await fill();
    expect(server.asked).to.deep.equal([
      `memberships ${-OVERLAP}`,
      `rooms ${-OVERLAP}`,
      `missed a ${HOUR - OVERLAP}`,
      `missed b ${-OVERLAP}`,
    ]);
    expect(told).to.deep.equal(['a: new a-0', 'b: new b-1']);
    server.asked.length = 0;
    rooms.openGap();
    server.write('b');
    await fill();
    expect(server.asked.slice(2)).to.deep.equal([`missed b ${2 * HOUR - OVERLAP}`]);
  });

  describe('where something was missed in thirty rooms', () => {
    const names = Array.from({length: 30}, (_, number) => `r${number}`);
    const asked = (): string[] =>
      server.asked.flatMap((each) => /^missed (\S+)/.exec(each)?.[1] ?? []);
    let hold: boolean;

    beforeEach(async () => {
      server.now += HOUR;
      for (const name of names) server.join(name);
      await filled();
      rooms.openGap();
      for (const name of names) server.write(name, 1000);
      hold = true;
      server.before = (what) =>
        hold && asked().length > 5 && what.startsWith('missed')
          ? new Promise(() => undefined)
          : undefined;
    });

    it('asks for five in one go, as a server answers ten at most, and for the others one by one', async () => {
      await fill();
      await turn();
      expect(asked()).to.have.length(6);
      expect(told).to.deep.equal(names.slice(0, 5).map((name, n) => `${name}: new ${name}-${n}`));
      expect(refreshed).to.equal(2);
    });

    it('holds back what comes live in a room that is still behind, and in no other', async () => {
      await fill();
      told.length = 0;
      live(server.write('r20'));
      live(server.write('r2'));
      expect(told).to.deep.equal(['r2: new r2-31']);
    });

    it('goes on over the next connection where one ends before all are asked for', async () => {
      await fill();
      rooms.openGap();
      hold = false;
      live(server.write('r20'));
      await fill();
      while (asked().length < 6 + 25) await turn();
      await turn();
      const all = names.map((name, n) => `${name}: new ${name}-${n}`);
      expect(told).to.have.members([...all, 'r20: new r20-30']);
      expect(told.indexOf('r20: new r20-20')).to.be.below(told.indexOf('r20: new r20-30'));
    });
  });

  it('asks again for what the server has stumbled over, and tells meanwhile what comes live', async () => {
    const clock = new FakeClock();
    try {
      await filled();
      live(server.write('a'));
      rooms.openGap();
      server.write('a');
      let stumbles = 2;
      server.before = (what) => {
        if (!what.startsWith('missed a') || !stumbles) return;
        stumbles--;
        throw new DdpRefusal({code: '500', reason: 'Internal server error'});
      };
      const filling = fill();
      await clock.pass(10);
      await filling;
      live(server.write('a'));
      expect(told).to.deep.equal(['a: new a-0', 'a: new a-2']);
      await clock.pass(20_000);
      expect(told).to.deep.equal(['a: new a-0', 'a: new a-2', 'a: new a-1']);
      rooms.openGap();
      server.write('a');
      await fill();
      expect(told.slice(3)).to.deep.equal(['a: new a-3']);
      expect(clock.timers).to.equal(0);
    } finally {
      clock.restore();
    }
  });

  it('asks for the lists and for all rooms that are followed in one go, as each answer takes time', async () => {
    await filled();
    rooms.openGap();
    const filling = fill('a', 'b');
    expect(server.asked.map((each) => each.replace(/ -?\d+$/, ''))).to.have.members([
      'memberships',
      'rooms',
      'missed a',
      'missed b',
    ]);
    await filling;
  });

  it('does not ask for a room of which it knows later changes than the server tells of', async () => {
    await filled();
    live(server.write('a'));
    live(server.edit('a-0'));
    rooms.openGap();
    await fill();
    expect(server.asked.filter((each) => each.startsWith('missed a'))).to.deep.equal([]);
  });

  it('forgets a room that is not in a list of all of them', async () => {
    await filled();
    server.members.delete('b');
    // As a server answers that does not tell what is gone.
    const {api} = server;
    const memberships = async (): Promise<unknown> => ({...(await api.memberships(0))});
    await rooms.fill({...api, memberships} as unknown as ChatApi, []);
    expect(rooms.directory.rooms.map(({roomId}) => roomId)).to.deep.equal(['a', 'c']);
  });

  it('asks for what has changed in rooms that are followed, though nothing new is in them', async () => {
    server.write('a');
    await filled('a');
    rooms.openGap();
    server.edit('a-0');
    server.write('a');
    server.remove('a-1');
    await fill('a');
    expect(server.asked).to.include(`missed a ${HOUR - OVERLAP}`);
    expect(told).to.deep.equal(['a: deleted a-1', 'a: edited a-0!']);
  });

  it('tells in order what was missed, and then what has come live during the fill', async () => {
    await filled();
    live(server.write('a'));
    told.length = 0;
    rooms.openGap();
    server.write('a');
    const held = server.write('a');
    server.before = (what) => what.startsWith('missed') && live(held);
    const filling = fill();
    live(server.write('a'));
    expect(told).to.deep.equal([]);
    await filling;
    live(held);
    expect(told).to.deep.equal(['a: new a-1', 'a: new a-2', 'a: new a-3']);
  });

  for (const failing of ['memberships', 'rooms', 'missed']) {
    it(`loses nothing when ${failing} fails, and leaves the gap open`, async () => {
      await filled();
      rooms.openGap();
      server.write('a');
      server.before = (what) => {
        if (what.startsWith(failing)) throw new ConnectionLost();
      };
      const error: unknown = await fill().catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(ConnectionLost);
      rooms.openGap();
      live(server.write('b'));
      server.write('c');
      expect(told).to.deep.equal([]);
      server.before = () => undefined;
      await fill();
      expect(told.sort()).to.deep.equal(['a: new a-0', 'b: new b-1', 'c: new c-2']);
    });
  }

  for (const late of ['memberships', 'missed'])
    it(`drops the answer that tells ${late} where its connection has ended before`, async () => {
      await filled();
      rooms.openGap();
      server.write('a');
      const answers: (() => void)[] = [];
      server.before = (what) =>
        what.startsWith(late) && new Promise<void>((resolve) => answers.push(resolve));
      const old = rejectionOf(fill('a'));
      await turn();
      // It went by REST, so that it can come after the connection has ended.
      rooms.openGap();
      server.before = () => undefined;
      const before = told.length;
      answers.forEach((answer) => answer());
      expect(await old).to.be.instanceOf(ConnectionLost);
      expect(refreshed).to.equal(1);
      server.write('a');
      live(server.write('a'));
      expect(told).to.have.length(before);
      await fill('a');
      expect(told).to.deep.equal(['a: new a-0', 'a: new a-1', 'a: new a-2']);
    });

  it('loses nothing when a list changes live before the fill has begun', async () => {
    await filled();
    rooms.openGap();
    server.write('a');
    server.write('b');
    // The new connection is subscribed already, and b is read elsewhere.
    server.now += HOUR;
    const sub = {...server.members.get('b'), _updatedAt: at(server.now)};
    rooms.receive(change(OF_USER, 'u/subscriptions-changed', 'updated', sub));
    await fill();
    expect(told).to.deep.equal(['a: new a-0', 'b: new b-1']);
  });

  it('fills all the other rooms where one is closed to the user', async () => {
    await filled();
    rooms.openGap();
    server.write('a');
    server.before = (what) => {
      if (!what.startsWith('missed b')) return;
      throw new DdpRefusal({code: 'error-not-allowed', reason: ''});
    };
    await fill('b');
    live(server.write('b'));
    expect(told).to.deep.equal(['a: new a-0', 'b: new b-1']);
  });

  it('leaves no rejection to nobody when a connection is lost during a fill', async () => {
    await filled();
    const errors = uncaught();
    rooms.openGap();
    server.before = () => {
      throw new ConnectionLost();
    };
    await fill('a', 'b').catch(() => undefined);
    // A browser tells of them in tasks of their own.
    for (let tasks = 0; tasks < 5; tasks++) await turn();
    expect(errors).to.deep.equal([]);
  });

  it('tells each message once that both the overlap and two subscriptions bring', async () => {
    await filled('a');
    const message = server.write('a');
    for (const event of ['__my_messages__', 'a']) rooms.receive(change(MESSAGES, event, message));
    for (let again = 0; again < 3; again++) {
      rooms.openGap();
      live(message);
      await fill('a');
    }
    expect(told).to.deep.equal(['a: new a-0']);
  });

  it('does not take a message for new that only its reaction has brought, from then on', async () => {
    server.write('a');
    server.now += HOUR;
    server.join('d');
    await filled();
    live({...server.messages.get('a-0'), _updatedAt: at(server.now + HOUR)});
    expect(told).to.deep.equal([]);
  });

  it('remembers enough of a busy room to tell each message once', async () => {
    await filled();
    const all = Array.from({length: 1_500}, () => server.write('a', 1));
    all.forEach(live);
    all.forEach(live);
    rooms.openGap();
    await fill();
    expect(told).to.have.length(1_500);
  });

  it('tells an edit once of a message that it does not remember, though two subscriptions bring it', async () => {
    server.write('a');
    await filled('a');
    for (let n = 0; n < 1_000; n++) live(server.write('a', 60));
    told.length = 0;
    const edit = server.edit('a-0');
    for (const event of ['__my_messages__', 'a']) rooms.receive(change(MESSAGES, event, edit));
    expect(told).to.deep.equal(['a: edited a-0!']);
  });

  it('tells nothing of channels that the user has not joined, unless they are followed', async () => {
    await filled();
    const message = server.write('open to all');
    const [who, room] = [{_id: 'u-b'}, {roomParticipant: false, roomType: 'c'}];
    rooms.receive(change(MESSAGES, '__my_messages__', message, who, room));
    expect(told).to.deep.equal([]);
    rooms.receive(change(MESSAGES, 'open to all', message, who, room));
    expect(told).to.deep.equal(['open to all: new open to all-0']);
  });

  describe('of one room', () => {
    it('tells what was missed of it before what comes live', async () => {
      await filled();
      server.write('a');
      server.edit('a-0');
      const filling = rooms.fillRoom(server.api, 'a');
      live(server.write('a'));
      live(server.write('b'));
      expect(told).to.deep.equal(['b: new b-2']);
      await filling;
      expect(told).to.deep.equal(['b: new b-2', 'a: new a-0!', 'a: new a-1']);
    });

    it('tells what was said while the user was out of it, though what comes live is later by then', async () => {
      await filled();
      live(server.write('a'));
      rooms.owe('a');
      server.write('a');
      rooms.owe('a');
      live(server.write('a'));
      expect(told).to.deep.equal(['a: new a-0', 'a: new a-2']);
      await rooms.fillRoom(server.api, 'a');
      expect(told).to.deep.equal(['a: new a-0', 'a: new a-2', 'a: new a-1']);
      server.asked.length = 0;
      await rooms.fillRoom(server.api, 'a');
      // It is paid: the next one begins with what is known now.
      expect(server.asked).to.deep.equal([`missed a ${server.now - START - OVERLAP}`]);
    });

    it('tells what comes live where its past is refused', async () => {
      await filled();
      server.before = () => {
        throw new DdpRefusal({code: 'error-not-allowed', reason: ''});
      };
      await rooms.fillRoom(server.api, 'a');
      live(server.write('a'));
      expect(told).to.deep.equal(['a: new a-0']);
    });

    it('leaves it to the fill of a connection that has come meanwhile, and says so', async () => {
      await filled();
      server.write('a');
      server.before = () => rooms.openGap();
      const error = await rejectionOf(rooms.fillRoom(server.api, 'a'));
      expect(error).to.be.instanceOf(ConnectionLost);
      expect(told).to.deep.equal([]);
      server.before = () => undefined;
      await fill('a');
      expect(told).to.deep.equal(['a: new a-0']);
    });
  });

  describe('of what the server tells', () => {
    beforeEach(() => filled());

    it('takes deletions of one message and of many', () => {
      rooms.receive(change(OF_ROOM, 'a/deleteMessage', {_id: 'x'}));
      rooms.receive(
        change(OF_ROOM, 'a/deleteMessageBulk', {rid: 'a', ids: ['y', 7, '', 'z', 'x']}),
      );
      expect(told).to.deep.equal(['a: deleted x', 'a: deleted y', 'a: deleted z']);
    });

    it('takes memberships and rooms as they change, and says so', async () => {
      const sub = {...server.members.get('a'), unread: 3, _updatedAt: at(START + 1)};
      rooms.receive(change(OF_USER, 'u/subscriptions-changed', 'updated', sub));
      expect(rooms.directory.unread.count).to.equal(3);
      rooms.receive(change(OF_USER, 'u/subscriptions-changed', 'removed', {_id: 's-b'}));
      expect(rooms.directory.membership('b')).to.equal(undefined);
      const facts = {...server.rooms.get('c'), lm: at(START + 5), _updatedAt: at(START + 5)};
      rooms.receive(change(OF_USER, 'u/rooms-changed', 'updated', facts));
      expect(rooms.directory.rooms[0]!.roomId).to.equal('c');
      expect(refreshed).to.equal(4);
    });

    it('says nothing of the list while there is a gap, as it says it at the end of it', async () => {
      rooms.openGap();
      rooms.receive(change(OF_USER, 'u/subscriptions-changed', 'removed', {_id: 's-b'}));
      expect(refreshed).to.equal(1);
      await turn();
      await fill();
      expect(refreshed).to.equal(2);
    });

    it('leaves alone what it does not understand', () => {
      const before = JSON.stringify(rooms.directory.rooms);
      for (const odd of [undefined, null, 7, 'x', [], {}, {_id: 7}, {__proto__: {_id: 'x'}}]) {
        for (const stream of [MESSAGES, OF_ROOM, OF_USER, 'stream-other']) {
          const events = ['a', '', '/', 'a/', 'a/deleteMessage', 'a/deleteMessageBulk', 'a/typing'];
          for (const event of [...events, 'u/subscriptions-changed', 'u/rooms-changed', 'u/x']) {
            rooms.receive(change(stream, event, odd));
            rooms.receive(change(stream, event, 'updated', odd));
            rooms.receive(change(stream, event, 'removed', odd));
            rooms.receive(change(stream, event));
          }
        }
      }
      expect(told).to.deep.equal([]);
      expect(JSON.stringify(rooms.directory.rooms)).to.equal(before);
    });
  });
});
