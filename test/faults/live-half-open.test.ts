import {expect} from '@open-wc/testing';

import {HEARTBEAT} from '../../src/transport/ddp-connection.js';
import {atFullLength} from '../support/full-length.js';
import {SCALED, setupLive, type Live} from '../support/live.js';
import {timers} from '../support/on-time.js';

const SECOND = 1_000;

describe('F12: a connection that is only half open', () => {
  for (const direction of ['both', 'up', 'down'] as const) {
    it(`is found by its heartbeat and replaced, where nothing goes ${direction === 'both' ? 'either way' : direction}`, async () => {
      const {proxied, live, remote, idOf} = await setupLive();
      await proxied.fault('stall', {direction});
      const sent = live.session.send(idOf('other'), 'from here');
      await remote.post('bob', 'followed', 'missed');
      await live.lost();
      await proxied.fault('flow');
      await live.live();
      expect(live.received).to.deep.equal(['missed']);
      await sent;
      const there = (await remote.messages('other')).map(({msg}) => msg);
      expect(there).to.deep.equal(['from here']);
    });
  }

  it('is found where the server keeps the socket, but has gone deaf', async () => {
    const {live, remote} = await setupLive();
    await remote.deafen();
    await remote.post('bob', 'followed', 'missed');
    await live.lost();
    await remote.deafen(false);
    await live.live();
    expect(live.received).to.deep.equal(['missed']);
  });

  it('is found by a probe on wake, long before the heartbeat would', async () => {
    const {interval, timeout} = HEARTBEAT;
    const heartbeat = {interval, timeout, probe: SCALED.heartbeat.probe};
    for (const wake of ['online', 'pageshow'] as const) {
      const {proxied, live} = await setupLive({pace: {...SCALED, heartbeat}});
      await proxied.fault('stall');
      const lost = live.lost();
      // What came before the stall and is read after the wake answers the probe, too: then the next one finds it.
      const waking = setInterval(
        () =>
          dispatchEvent(
            wake === 'online' ? new Event(wake) : new PageTransitionEvent(wake, {persisted: true}),
          ),
        500,
      );
      await lost.finally(() => clearInterval(waking));
      await proxied.fault('flow');
      await live.live();
    }
  });
});

/** By how much time is shorter than for a page, where the run at its own pace is not taken. */
const FASTER = atFullLength('webkit', 1, 5);
const PACE = {
  ...SCALED,
  heartbeat: {
    interval: HEARTBEAT.interval / FASTER,
    timeout: HEARTBEAT.timeout / FASTER,
    probe: HEARTBEAT.probe / FASTER,
  },
};

/** Whether a connection was lost before a time of the page's timers was over. */
const isLostIn = (live: Live, time: Promise<void>): Promise<boolean> =>
  Promise.race([live.lost().then(() => true), time.then(() => false)]);

describe('F12: a connection that is only half open, by the clock', function () {
  this.timeout(60 * SECOND);

  it('is found in time, and replaced', async () => {
    const {proxied, live, remote} = await setupLive({
      pace: atFullLength('webkit', undefined, PACE),
    });
    await proxied.fault('stall');
    const start = performance.now();
    // One after the other, as the page waits: for a word, then for an answer.
    const time = timers((15 * SECOND) / FASTER, (10 * SECOND) / FASTER, 2 * SECOND);
    await remote.post('bob', 'followed', 'missed');
    expect(await isLostIn(live, time)).to.equal(true);
    expect(performance.now() - start).to.be.at.least((10 * SECOND) / FASTER);
    await proxied.fault('flow');
    await live.live();
    expect(live.received).to.deep.equal(['missed']);
  });

  it('is found within three seconds when the page wakes', async () => {
    const {proxied, live, remote} = await setupLive({pace: undefined});
    await proxied.fault('stall');
    await remote.post('bob', 'followed', 'missed');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await isLostIn(live, timers(3 * SECOND))).to.equal(true);
    await proxied.fault('flow');
    await live.live();
    expect(live.received).to.deep.equal(['missed']);
  });
});
