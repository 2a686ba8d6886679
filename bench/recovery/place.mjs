import {startRocketChat} from '../../dist/testing/index.js';
import {startFaultProxy} from '../../test/support/fault-proxy.mjs';

const ROOM = 'bench';
const [READER, WRITER] = ['alice', 'bob'];

/** How many times faster than the real one a server asks its clients whether they are there. */
export const SCALE = 50;
const HEARTBEAT = {interval: 15_000 / SCALE, timeout: 15_000 / SCALE};

/** How each fault of the schedule begins, and how it ends. */
const BEGIN = {
  drop: ({proxy}) => proxy.drop(),
  reset: ({proxy}) => proxy.reset(),
  stall: ({proxy}) => proxy.stall(),
  restart: ({chat}, ms) => chat.restart(ms),
  refuse: ({proxy}) => proxy.refuse(),
};
const END = {stall: ({proxy}) => proxy.flow(), refuse: ({proxy}) => proxy.listenAgain()};

/** A contender's own workspace behind its own fault proxy, and what has been written in its room. */
class Place {
  #server;
  #fault = Promise.resolve();
  /** Numbers of messages that have not been deleted. */
  #there = [];
  #edits = 0;
  /** Numbers of messages that this round has changed: of two edits in one millisecond either may hold. */
  #changed = new Set();
  /** @type {{id: string, time: number}[]} all messages, by their number, which is their text */
  posted = [];
  /** @type {import('./tally.mjs').Ended[]} the faults that are over */
  ended = [];

  constructor(server) {
    this.#server = server;
  }

  /** What a page needs to sign in and to follow the room. */
  get entry() {
    const {chat, proxy} = this.#server;
    const {userId, authToken} = chat.issueToken(READER);
    return {origin: proxy.origin, roomId: chat.room(ROOM)._id, userId, authToken};
  }

  /** @param {import('./schedule.mjs').Step} step */
  take({act, pick}) {
    const {chat} = this.#server;
    if (act === 'post') {
      const number = this.posted.length;
      const {_id, ts} = chat.post(WRITER, ROOM, String(number));
      this.posted.push({id: _id, time: Date.parse(ts)});
      this.#there.push(number);
      return;
    }
    const open = this.#there.filter((number) => !this.#changed.has(number));
    const number = open[Math.floor(pick * open.length)];
    if (number === undefined) return;
    this.#changed.add(number);
    const {id} = this.posted[number];
    if (act === 'edit') return chat.edit(WRITER, ROOM, id, `edit ${++this.#edits}`);
    this.#there = this.#there.filter((each) => each !== number);
    chat.remove(WRITER, ROOM, id);
  }

  /** @param {import('./schedule.mjs').Round} round */
  async begin({kind, ms}) {
    this.#changed.clear();
    const begun = BEGIN[kind](this.#server, ms);
    // A restart is over when it resolves; a closed port is closed only then.
    if (kind === 'restart') this.#fault = begun;
    else await begun;
  }

  /** Ends the fault. What is written from now on is written after it. */
  async end({kind}) {
    await END[kind]?.(this.#server);
    await this.#fault;
    this.ended.push({kind, at: Date.now(), from: this.posted.length, until: Infinity});
  }

  /** Nobody waits any more for a message after the fault. */
  giveUp() {
    this.ended.at(-1).until = Date.now();
  }

  /** What the server has in the end. */
  get messages() {
    return this.#server.chat.messages(ROOM).map(({_id, msg}) => ({id: _id, text: msg}));
  }

  async close() {
    const {chat, proxy} = this.#server;
    await proxy.close();
    await chat.close();
  }
}

/** Starts a place at a host name of its own, below .localhost. */
export const startPlace = async (host) => {
  const chat = await startRocketChat({
    rooms: [{type: 'p', name: ROOM, members: [WRITER, READER]}],
    heartbeat: HEARTBEAT,
  });
  const proxy = await startFaultProxy(chat.origin, {publicHost: host});
  return new Place({chat, proxy});
};
