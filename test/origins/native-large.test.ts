import {expect} from '@open-wc/testing';

import {field} from '../../src/protocol/guards.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {frame} from '../support/list-scene.js';
import {makeLivePane} from '../support/live-pane.js';
import {NativePage} from '../support/native.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

/** The texts and authors of the simulator's history repeat within so many messages. */
const PERIOD = 360;
const SMALL = 100;
/** 100,000 and some, whose latest messages are as those of the small room: both draw the same. */
const LARGE = SMALL + 278 * PERIOD;

const MOST_RATIO = 1.5;
const LEAST_ROUNDS = 3;
/** Noise only adds: so many more are there to come to a time without it. */
const MOST_ROUNDS = 20;

const {send} = WebSocket.prototype;
afterEach(() => {
  WebSocket.prototype.send = send;
});

/** The methods that are called from now until the end of the test. */
const watchCalls = (): string[] => {
  const calls: string[] = [];
  WebSocket.prototype.send = function (data) {
    const method = field(JSON.parse(String(data)), 'method');
    if (typeof method === 'string') calls.push(method);
    send.call(this, data);
  };
  return calls;
};

interface Opening {
  readonly ms: number;
  readonly rows: number;
  readonly calls: readonly string[];
}

/** How many rows there are once that has been so for some frames. */
const settledRows = async ({root}: NativePage): Promise<number> => {
  let rows = 0;
  for (let still = 0; still < 5; still++) {
    await frame();
    const now = root.querySelectorAll('article').length;
    if (now !== rows) still = 0;
    rows = now;
  }
  return rows;
};

/** Opens a room from nothing until its newest message is drawn, and takes it away again. */
const open = async (pane: RcChatPaneElement, newest: string, calls: string[]): Promise<Opening> => {
  calls.splice(0);
  const start = performance.now();
  document.body.append(pane);
  const page = new NativePage(pane);
  const isDrawn = (): boolean =>
    [...page.root.querySelectorAll('article')].some((each) => each.textContent.includes(newest));
  while (!isDrawn()) await frame();
  const ms = performance.now() - start;
  // What is drawn beyond what is in sight counts, too, once where one writes has its place.
  await waitUntil(() => page.root.querySelector('rc-composer textarea'), 'one can write');
  const rows = await settledRows(page);
  pane.remove();
  return {ms, rows, calls: calls.splice(0).sort()};
};

describe('the native view opens a room of 100,000 messages', function () {
  // Rounds are taken until the noise is out of the times.
  this.timeout(120_000);

  it('in at most 1.5 times the time of one of 100, with as many requests, and few rows', async () => {
    const conversation = await setupConversation('p', await startWorkspace());
    const {workspace, me, other, room} = conversation;
    const members = [other.username, me.username];
    const large = await workspace.createRoom({type: 'p', name: `large-${room.name}`, members});
    await workspace.fill(room._id, SMALL);
    await workspace.fill(large._id, LARGE);
    const calls = watchCalls();
    // The same for all, so that they share a connection.
    const credentials = await conversation.auth();
    const opens = (roomId: string, count: number): Promise<Opening> => {
      const attributes = {view: 'native', room: `group/${roomId}`, style: 'block-size: 30rem'};
      const pane = makeLivePane(conversation, attributes);
      pane.auth = credentials;
      return open(pane, `Message ${count}.`, calls);
    };
    const smalls: Opening[] = [];
    const larges: Opening[] = [];
    const least = (openings: readonly Opening[]): number => Math.min(...openings.map(({ms}) => ms));
    const ratio = (): number => least(larges) / least(smalls);
    // The first ones connect, and load what all of them need.
    await opens(room._id, SMALL);
    await opens(large._id, LARGE);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      if (round >= LEAST_ROUNDS && ratio() <= MOST_RATIO) break;
      smalls.push(await opens(room._id, SMALL));
      larges.push(await opens(large._id, LARGE));
    }
    expect(ratio()).to.be.at.most(MOST_RATIO);
    const [one, another] = [smalls.at(-1)!, larges.at(-1)!];
    expect(one.calls).to.include('loadHistory');
    expect(another.calls).to.deep.equal(one.calls);
    // 5 by their heights, 16 by what was taken for these before.
    for (const {rows} of [...smalls, ...larges]) expect(rows).to.be.within(3, 20);
    // The simulator is in the way of all other tests with so many messages.
    await workspace.reset();
  });
});
