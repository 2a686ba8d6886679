import {expect} from '@open-wc/testing';

import {HEARTBEAT} from '../../src/transport/ddp-connection.js';
import {CALM, SCALED, setupLive} from '../support/live.js';
import {watchSockets} from '../support/live-sockets.js';
import {see} from '../support/visibility.js';

/** A connection that does not come back by itself while a test runs, nor asks by itself for a life sign. */
const PATIENT = {
  heartbeat: {...HEARTBEAT, probe: SCALED.heartbeat.probe},
  backoff: {first: 10 ** 9, most: 10 ** 9},
};

const persisted = (type: 'pagehide' | 'pageshow'): void => {
  dispatchEvent(new PageTransitionEvent(type, {persisted: true}));
};

describe('F11: a server that is away', () => {
  it('is offline after a few attempts, and live when it is back, with all that was missed', async () => {
    const {proxied, live, remote, idOf} = await setupLive({pace: CALM});
    await proxied.fault('refuse');
    await live.until(() => live.status === 'offline');
    await remote.post('bob', 'followed', 'one');
    await remote.post('bob', 'unfollowed', 'two');
    const sent = live.session.send(idOf('other'), 'from here');
    await proxied.fault('listenAgain');
    await live.live();
    expect(live.statuses).to.deep.equal(['live', 'recovering', 'offline', 'live']);
    expect(live.received).to.deep.equal(['one', 'two']);
    expect((await sent).text).to.equal('from here');
  });

  it('is tried at once when the network is back', async () => {
    const sockets = watchSockets();
    const {proxied, live, remote} = await setupLive({pace: PATIENT});
    await live.loses(proxied.fault('reset'));
    await remote.post('bob', 'followed', 'missed');
    expect(sockets.of('made')).to.have.length(1);
    dispatchEvent(new Event('online'));
    expect(sockets.of('made')).to.have.length(2);
    await live.live();
    expect(live.received).to.deep.equal(['missed']);
  });

  it('comes back after a restart with the sign-in of before', async () => {
    const {live, remote} = await setupLive({pace: CALM});
    await live.loses(remote.restart(300));
    await live.live();
    expect(live.asks.map(({reason}) => reason)).to.deep.equal(['initial']);
    await remote.post('bob', 'followed', 'afterwards');
    await live.hears('afterwards');
  });
});

describe('F17: a page that goes into the page cache', () => {
  it('has closed its socket, and comes back with all that was missed', async () => {
    const sockets = watchSockets();
    const {proxied, live, remote, idOf} = await setupLive({pace: PATIENT});
    await remote.post('bob', 'followed', 'before');
    await live.hears('before');
    persisted('pagehide');
    expect(sockets.alive).to.equal(0);
    await live.lost();
    const sent = live.session.send(idOf('other'), 'from here');
    for (const room of ['followed', 'unfollowed']) await remote.post('bob', room, room);
    while ((await remote.sockets()).open);
    persisted('pageshow');
    await live.live();
    expect(live.received).to.deep.equal(['before', 'followed', 'unfollowed']);
    await sent;
    expect(sockets.most).to.equal(1);
    expect((await proxied.counters()).ever).to.equal(2);
  });
});

describe('F18: a network that comes and goes a hundred times', () => {
  it('never has more than one socket, and loses nothing', async () => {
    const sockets = watchSockets();
    const {proxied, live, remote} = await setupLive({pace: CALM});
    const texts = Array.from({length: 100}, (_, index) => `flap ${index}`);
    for (const [index, text] of texts.entries()) {
      // Quicker than a slow page connects, most flaps meet the same attempt: each tenth waits for a connection to cut.
      const whole = index % 10 === 9;
      if (whole) await live.live();
      dispatchEvent(new Event('offline'));
      const cut = index % 4 === 1 ? 'drop' : 'reset';
      if (whole) await live.loses(proxied.fault(cut));
      else if (index % 2) await proxied.fault(cut);
      await remote.post('bob', 'followed', text);
      dispatchEvent(new Event('online'));
    }
    await live.hears('flap 99');
    await live.live();
    expect(live.received).to.deep.equal(texts);
    expect(sockets.most).to.equal(1);
    expect(sockets.of('made').length).to.be.within(11, 101);
    // Of one that has just ended the server hears a moment later.
    while ((await remote.sockets()).open !== 1);
  });

  it('finds a dead connection all the same', async () => {
    // So long that even a page that is slow comes to some flaps in it.
    const probe = 1_000;
    const {proxied, live} = await setupLive({pace: {...CALM, heartbeat: {...HEARTBEAT, probe}}});
    await proxied.fault('stall');
    let flaps = 0;
    // Each flap comes before the answer to the one before could be missed.
    const flap = setInterval(() => {
      flaps++;
      dispatchEvent(new Event(flaps % 2 ? 'offline' : 'online'));
    }, probe / 100);
    await live.lost();
    clearInterval(flap);
    await proxied.fault('flow');
    await live.live();
    expect(flaps).to.be.above(4);
  });
});

describe('F19: a page in the background', () => {
  it('asks for a life sign as soon as it is seen, and has what was missed', async () => {
    const sockets = watchSockets();
    const {proxied, live, remote} = await setupLive({
      pace: {...SCALED, heartbeat: PATIENT.heartbeat},
    });
    const pings = (): number =>
      sockets.of('sent').filter(({frame}) => JSON.stringify(frame) === '{"msg":"ping"}').length;
    see('hidden');
    expect(pings()).to.equal(0);
    await proxied.fault('stall');
    await remote.post('bob', 'followed', 'missed');
    see('visible');
    expect(pings()).to.equal(1);
    await live.lost();
    await proxied.fault('flow');
    await live.live();
    expect(live.received).to.deep.equal(['missed']);
    const followed = live.session.getState().unread.rooms.find(({name}) => name === 'followed');
    expect(followed).to.include({alert: true});
  });

  it('stays connected where the answer comes', async () => {
    // An answer may be as late as any other: a page on a busy machine may stand still for seconds.
    const heartbeat = {...HEARTBEAT, probe: HEARTBEAT.timeout};
    const {proxied, live, remote} = await setupLive({pace: {...CALM, heartbeat}});
    for (let times = 0; times < 20; times++) see(times % 2 ? 'visible' : 'hidden');
    await remote.post('bob', 'followed', 'still here');
    await live.hears('still here');
    expect((await proxied.counters()).ever).to.equal(1);
    expect(live.statuses).to.deep.equal(['live']);
  });
});
