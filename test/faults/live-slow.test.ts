import {expect} from '@open-wc/testing';

import {field} from '../../src/protocol/guards.js';
import {HEARTBEAT} from '../../src/transport/ddp-connection.js';
import {CALM, SCALED, setupLive} from '../support/live.js';
import {watchSockets} from '../support/live-sockets.js';

/** As long as it can be so that its frame is no longer than the most that a test's remote takes. */
const LENGTH = 999_900;

/** Counts the turns that the page can take until it is told to stop. */
const countTurns = (): (() => {turns: number; longest: number}) => {
  let turns = 0;
  let longest = 0;
  let last = performance.now();
  const turn = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    turns++;
    timer = setTimeout(turn);
  };
  let timer = setTimeout(turn);
  return () => {
    clearTimeout(timer);
    return {turns, longest};
  };
};

describe('F13: a link on which everything comes in pieces', () => {
  it('brings all messages though each byte comes alone, live and after a drop', async () => {
    const {proxied, live, remote} = await setupLive({pace: CALM});
    await proxied.fault('chop', {size: 1});
    await remote.post('bob', 'followed', 'one');
    const {_id} = await remote.post('bob', 'unfollowed', 'two — ünïcödé, 👩🏽‍⚕️');
    await live.hears('two — ünïcödé, 👩🏽‍⚕️');
    await live.loses(proxied.fault('drop'));
    await remote.edit('bob', 'unfollowed', _id, 'two, edited');
    await remote.post('bob', 'unfollowed', 'three');
    await live.live();
    await remote.post('bob', 'followed', 'four');
    await live.hears('four');
    expect(live.received).to.deep.equal(['one', 'two — ünïcödé, 👩🏽‍⚕️', 'three', 'four']);
  });

  it('is not taken for dead where every answer is late', async () => {
    // As patient as a page: 1.2 s both ways, where an answer may take ten.
    const {interval, timeout} = HEARTBEAT;
    const heartbeat = {interval: interval / 15, timeout, probe: timeout};
    const sockets = watchSockets();
    const {proxied, live, remote} = await setupLive({pace: {...SCALED, heartbeat}});
    await proxied.fault('slow', {latency: 600});
    const texts = Array.from({length: 20}, (_, index) => `message ${index}`);
    for (const text of texts) await remote.post('bob', 'followed', text);
    await live.hears('message 19');
    const signs = (): number =>
      sockets.of('heard').filter(({frame}) => field(frame, 'msg') === 'pong').length;
    const before = signs();
    // Two heartbeats without any other word.
    await sockets.until(() => signs() === before + 2);
    await remote.post('bob', 'followed', 'the end');
    await live.hears('the end');
    expect(live.received).to.deep.equal([...texts, 'the end']);
    // What the machine itself kept silent for longer, or what broke otherwise, the page may replace.
    const heard = sockets.of('heard');
    const silences = sockets
      .of('ended')
      .map(({at}) => at - heard.findLast((frame) => frame.at <= at)!.at);
    expect(silences.filter((silence) => silence < timeout)).to.deep.equal([]);
  });
});

describe('F13: a message of a megabyte', () => {
  it('gets through a link that needs longer for it than silence may last, and the page stays alive', async () => {
    const sockets = watchSockets();
    const {proxied, live, remote} = await setupLive();
    const text = 'm'.repeat(LENGTH);
    // 1.2 s for each time that it comes; a server may be silent for 0.5 s.
    await proxied.fault('slow', {bytesPerSecond: LENGTH / 1.2});
    const start = performance.now();
    const turns = countTurns();
    await remote.post('bob', 'followed', text);
    await live.hears(text);
    await live.live();
    const taken = performance.now() - start;
    const {turns: count, longest} = turns();
    expect(count).to.be.above(20);
    expect(longest).to.be.below(taken / 2);
    const made = sockets.of('made').length;
    expect(made).to.be.above(1);
    await remote.post('bob', 'followed', 'afterwards');
    await live.hears('afterwards');
    expect(live.received).to.deep.equal([text, 'afterwards']);
    await live.live();
  });

  it('is told once where it comes in a thousand pieces, with its edit', async () => {
    const {proxied, live, remote} = await setupLive();
    const text = 'm'.repeat(LENGTH);
    await proxied.fault('chop', {size: 1_000});
    const {_id} = await remote.post('bob', 'followed', text);
    await live.hears(text);
    await remote.edit('bob', 'followed', _id, 'short');
    await remote.post('bob', 'followed', 'afterwards');
    await live.hears('afterwards');
    const edits = live.facts.flatMap((fact) =>
      fact.type === 'message-changed' ? [fact.detail.text] : [],
    );
    expect(edits).to.deep.equal(['short']);
    expect(live.received).to.deep.equal([text, 'afterwards']);
  });
});
