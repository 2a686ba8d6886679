import {expect} from '@open-wc/testing';

import {FollowedRooms} from '../../src/session/followed-rooms.js';
import type {DdpConnection} from '../../src/transport/ddp-connection.js';
import {turn} from '../support/turn.js';

/** A connection whose server answers subscriptions when it is told to. */
class Connection {
  readonly #waiting: (() => void)[] = [];
  readonly refused = new Set<string>();
  /** What is subscribed to now, by id. */
  readonly open = new Map<string, string>();
  #ids = 0;

  subscribe(stream: string, event: string): Promise<string> {
    const id = `${++this.#ids}`;
    return new Promise((resolve, reject) =>
      this.#waiting.push(() => {
        if (this.refused.has(event.split('/')[0]!)) return reject(new Error('not allowed'));
        this.open.set(id, `${stream} ${event}`);
        resolve(id);
      }),
    );
  }

  unsubscribe(id: string): void {
    this.open.delete(id);
  }

  async answer(): Promise<void> {
    for (const settle of this.#waiting.splice(0)) settle();
    await turn();
  }

  /** The events that are heard, each as often as it is. */
  get heard(): string[] {
    return [...this.open.values()].sort();
  }
}

const ofRoom = (id: string): string[] => [
  `stream-notify-room ${id}/deleteMessage`,
  `stream-notify-room ${id}/deleteMessageBulk`,
  `stream-room-messages ${id}`,
];

describe('FollowedRooms', () => {
  let connection: Connection;
  let filled: string[];
  let rooms: FollowedRooms;

  const subscribe = async (over = connection): Promise<void> => {
    const done = rooms.subscribe(over as unknown as DdpConnection);
    await over.answer();
    await done;
  };

  beforeEach(() => {
    connection = new Connection();
    filled = [];
    rooms = new FollowedRooms(async (_, roomId) => void filled.push(roomId));
  });

  it('subscribes to all of them on a new connection, which fetches what was missed itself', async () => {
    rooms.follow('a');
    rooms.follow('b');
    await subscribe();
    rooms.begin();
    expect(connection.heard).to.deep.equal([...ofRoom('a'), ...ofRoom('b')].sort());
    expect(filled).to.deep.equal([]);
  });

  it('adds one that is followed later, and fetches what was missed of it', async () => {
    await subscribe();
    rooms.begin();
    rooms.follow('a');
    expect(filled).to.deep.equal([]);
    await connection.answer();
    expect(connection.heard).to.deep.equal(ofRoom('a'));
    expect(filled).to.deep.equal(['a']);
  });

  it('leaves one that is followed while the connection recovers to its end', async () => {
    await subscribe();
    rooms.follow('a');
    await connection.answer();
    expect(connection.heard).to.deep.equal([]);
    rooms.begin();
    await connection.answer();
    expect(connection.heard).to.deep.equal(ofRoom('a'));
  });

  it('subscribes once for all that follow a room, and ends with the last of them', async () => {
    await subscribe();
    rooms.begin();
    const ends = [rooms.follow('a'), rooms.follow('a')];
    await connection.answer();
    expect(connection.heard).to.deep.equal(ofRoom('a'));
    ends[0]!();
    await turn();
    expect(connection.heard).to.deep.equal(ofRoom('a'));
    ends[1]!();
    await turn();
    expect(connection.heard).to.deep.equal([]);
    expect([...rooms.ids]).to.deep.equal([]);
  });

  it('leaves nothing behind when the rooms change before the server has answered', async () => {
    await subscribe();
    rooms.begin();
    for (let times = 0; times < 3; times++) rooms.follow('a')();
    rooms.follow('a');
    await connection.answer();
    expect(connection.heard).to.deep.equal(ofRoom('a'));
  });

  it('does without a room that the server refuses, until the user is its member again', async () => {
    connection.refused.add('a');
    rooms.follow('a');
    rooms.follow('b');
    await subscribe();
    rooms.begin();
    expect(connection.heard).to.deep.equal(ofRoom('b'));
    connection.refused.clear();
    expect([rooms.has('a'), rooms.has('unknown'), rooms.has(undefined)]).to.deep.equal([
      true,
      false,
      false,
    ]);
    rooms.renew('a');
    await connection.answer();
    expect(connection.heard).to.deep.equal([...ofRoom('a'), ...ofRoom('b')].sort());
    expect(filled).to.deep.equal(['a']);
  });

  it('begins anew with the next connection', async () => {
    rooms.follow('a');
    await subscribe();
    rooms.begin();
    rooms.lose();
    rooms.follow('b')();
    const next = new Connection();
    await subscribe(next);
    rooms.begin();
    expect(next.heard).to.deep.equal(ofRoom('a'));
  });
});
