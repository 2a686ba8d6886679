import {expect} from '@open-wc/testing';

import type {DdpConnection} from '../../src/transport/ddp-connection.js';
import {DdpSocket, SOCKET_PACE, type SocketStatus} from '../../src/transport/ddp-socket.js';
import {FakeClock, FakeSockets, type FakeSocket} from '../support/fake-socket.js';
import {turn} from '../support/turn.js';
import {network, setOnline} from '../support/network.js';

const {heartbeat} = SOCKET_PACE;

describe('DdpSocket', () => {
  const {random} = Math;
  let clock: FakeClock;
  let sockets: FakeSockets;
  let statuses: SocketStatus[];
  let recovered: DdpConnection[];
  let recover: () => Promise<void>;
  let lost: number;
  let changes: [string, boolean][];
  let socket: DdpSocket;
  /** Hears each status. */
  let heard: (status: SocketStatus) => void;

  beforeEach(() => {
    clock = new FakeClock();
    sockets = new FakeSockets();
    statuses = [];
    recovered = [];
    recover = async () => undefined;
    lost = 0;
    changes = [];
    heard = () => undefined;
    setOnline(true);
    Math.random = () => 1;
    socket = new DdpSocket({
      url: 'wss://chat.example/websocket',
      pace: SOCKET_PACE,
      recover: (connection) => {
        recovered.push(connection);
        return recover();
      },
      changed: ({event}, connection) => changes.push([event, connection === recovered.at(-1)]),
      status: (status) => {
        statuses.push(status);
        heard(status);
      },
      lost: () => lost++,
    });
  });
  afterEach(() => {
    socket.stop();
    Math.random = random;
    sockets.restore();
    clock.restore();
  });

  const goLive = async (): Promise<void> => {
    sockets.last.greet();
    await turn();
  };
  const started = async (): Promise<void> => {
    socket.start();
    await goLive();
    statuses.length = 0;
  };
  /** How many ms pass until there is another socket. */
  const untilNext = async (): Promise<number> => {
    const count = sockets.all.length;
    const before = clock.now;
    while (sockets.all.length === count) await clock.next();
    return clock.now - before;
  };

  it('connects when it is started, once, and is live when all is as it should be', async () => {
    expect(sockets.all).to.have.length(0);
    socket.start();
    socket.start();
    expect(sockets.all).to.have.length(1);
    expect(sockets.last.url).to.equal('wss://chat.example/websocket');
    let done: () => void = () => undefined;
    recover = () => new Promise((resolve) => (done = resolve));
    await goLive();
    expect(socket.live).to.equal(undefined);
    expect(statuses).to.deep.equal([]);
    done();
    await turn();
    expect(statuses).to.deep.equal(['live']);
    expect(socket.status).to.equal('live');
    expect(socket.live).to.equal(recovered[0]);
  });

  it('hands on what is told, with the connection that told it', async () => {
    await started();
    sockets.last.say({msg: 'changed', collection: 's', fields: {eventName: 'e', args: []}});
    expect(changes).to.deep.equal([['e', true]]);
  });

  it('comes back after a drop within a second, and recovers anew', async () => {
    await started();
    sockets.last.drop();
    expect(lost).to.equal(1);
    expect(statuses).to.deep.equal(['recovering']);
    expect(socket.live).to.equal(undefined);
    expect(await untilNext()).to.be.at.most(1000);
    await goLive();
    expect(statuses).to.deep.equal(['recovering', 'live']);
    expect(new Set(recovered).size).to.equal(2);
    expect(socket.live).to.equal(recovered[1]);
  });

  it('tries ever more slowly, for ever, and quickly again once it was live', async () => {
    await started();
    const waits: number[] = [];
    for (let drops = 0; drops < 9; drops++) {
      sockets.last.drop();
      waits.push(await untilNext());
    }
    expect(waits).to.deep.equal([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    await goLive();
    sockets.last.drop();
    expect(await untilNext()).to.equal(500);
  });

  it('says that it is offline after four attempts, and what it is then', async () => {
    await started();
    for (let drops = 0; drops < 6; drops++) {
      sockets.last.drop();
      await untilNext();
    }
    expect(statuses).to.deep.equal(['recovering', 'offline']);
    await goLive();
    expect(statuses).to.deep.equal(['recovering', 'offline', 'live']);
  });

  it('is still connecting, not recovering, where it never was live', async () => {
    socket.start();
    for (let drops = 0; drops < 5; drops++) {
      sockets.last.drop('error');
      await untilNext();
    }
    expect(statuses).to.deep.equal(['offline']);
    await goLive();
    expect(statuses).to.deep.equal(['offline', 'live']);
  });

  it('says at once that it is offline where the device says so', async () => {
    await started();
    setOnline(false);
    sockets.last.drop();
    expect(statuses).to.deep.equal(['offline']);
  });

  it('tries the next connection, more slowly each time, where one cannot recover', async () => {
    recover = () => Promise.reject(new Error('refused'));
    socket.start();
    const waits: number[] = [];
    for (let fails = 0; fails < 4; fails++) {
      await goLive();
      expect(sockets.alive).to.have.length(0);
      waits.push(await untilNext());
    }
    expect(waits).to.deep.equal([500, 1000, 2000, 4000]);
    expect(statuses).not.to.include('live');
  });

  it('is not made live by a recovery that ends after its connection', async () => {
    let done: () => void = () => undefined;
    recover = () => new Promise((resolve) => (done = resolve));
    socket.start();
    await goLive();
    sockets.last.drop();
    const finish = done;
    await untilNext();
    finish();
    await turn();
    expect(statuses).to.deep.equal([]);
    expect(socket.live).to.equal(undefined);
    expect(sockets.alive).to.have.length(1);
  });

  describe('finds a server that is gone without a word', () => {
    it('and has the next connection within 27 seconds', async () => {
      await started();
      expect(await untilNext()).to.be.at.most(27_000);
      expect(sockets.alive).to.have.length(1);
      expect(statuses).to.deep.equal(['recovering']);
    });

    it('and within three when the page wakes up', async () => {
      await started();
      dispatchEvent(new Event('online'));
      expect(await untilNext()).to.be.at.most(3000);
    });

    it('each time, not only the first', async () => {
      await started();
      for (let silences = 0; silences < 5; silences++) {
        expect(await untilNext()).to.be.at.most(27_000);
        await goLive();
      }
    });

    it('and is more patient with each that was there, up to eight times, until one is live', async () => {
      const {interval, timeout} = heartbeat;
      Math.random = () => 0;
      recover = () => new Promise(() => undefined);
      socket.start();
      const waits: number[] = [];
      for (let silences = 0; silences < 5; silences++) {
        await goLive();
        waits.push(await untilNext());
      }
      expect(waits).to.deep.equal([1, 2, 4, 8, 8].map((times) => interval + times * timeout));
      recover = async () => undefined;
      await goLive();
      expect(await untilNext()).to.equal(interval + timeout);
    });

    it('and gives no more time to those that never answer, nor takes any for them', async () => {
      const {interval, timeout} = heartbeat;
      Math.random = () => 0;
      socket.start();
      for (let silences = 0; silences < 5; silences++) expect(await untilNext()).to.equal(timeout);
      recover = () => new Promise(() => undefined);
      await goLive();
      expect(await untilNext()).to.equal(interval + timeout);
      await goLive();
      expect(await untilNext()).to.equal(interval + 2 * timeout);
    });

    it('and is back within 40 seconds of a network that has swallowed everything for long', async () => {
      await started();
      await clock.pass(123_000);
      // The network is back, without any event: sockets that were begun before stay dead.
      expect(await untilNext()).to.be.at.most(40_000);
      await goLive();
      expect(statuses.at(-1)).to.equal('live');
    });
  });

  describe('as the page wakes up', () => {
    const away = async (): Promise<void> => {
      await started();
      for (let drops = 0; drops < 7; drops++) {
        sockets.last.drop();
        await untilNext();
      }
      sockets.last.drop();
      await clock.pass(1);
    };

    for (const [words, wake] of [
      ['online', () => network(true)],
      ['visible', () => document.dispatchEvent(new Event('visibilitychange'))],
      [
        'back from the page cache',
        () => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true})),
      ],
    ] as const) {
      it(`tries at once when it is ${words}, and quickly from then on`, async () => {
        await away();
        const count = sockets.all.length;
        wake();
        expect(sockets.all).to.have.length(count + 1);
        sockets.last.drop();
        expect(await untilNext()).to.equal(500);
      });

      it(`tests the connection that there is when it is ${words}`, async () => {
        await started();
        wake();
        expect(sockets.all).to.have.length(1);
        expect(sockets.last.of('ping')).to.have.length(1);
      });
    }

    it('does nothing where the page is shown for the first time', async () => {
      await started();
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: false}));
      expect(sockets.last.of('ping')).to.have.length(0);
    });

    it('has no socket that would keep the page from the page cache', async () => {
      await started();
      dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}));
      expect(sockets.alive).to.have.length(0);
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
      expect(sockets.alive).to.have.length(1);
      await goLive();
      expect(statuses).to.deep.equal(['recovering', 'live']);
    });

    it('has one socket at most, however often the network comes and goes', async () => {
      await started();
      const answering = (each: FakeSocket): void => {
        each.heard = ({msg}) => msg === 'ping' && each.say({msg: 'pong'});
      };
      for (let flaps = 0; flaps < 100; flaps++) {
        answering(sockets.last);
        network(false);
        expect(sockets.alive.length).to.be.at.most(1);
        if (flaps % 3) sockets.last.drop();
        await clock.pass((flaps * 37) % 700);
        network(true);
        expect(sockets.alive).to.have.length(1);
        if (flaps % 2) await goLive();
      }
      await goLive();
      expect(statuses.at(-1)).to.equal('live');
      expect(clock.timers).to.equal(1);
      expect(sockets.all.length).to.be.at.most(250);
    });
  });

  describe('that is stopped', () => {
    const none = async (): Promise<void> => {
      const count = sockets.all.length;
      expect(clock.timers).to.equal(0);
      expect(sockets.alive).to.have.length(0);
      network(true);
      document.dispatchEvent(new Event('visibilitychange'));
      await clock.pass(600_000);
      expect(sockets.all).to.have.length(count);
      expect(socket.live).to.equal(undefined);
    };

    it('has no socket, no timer and no listener: while live', async () => {
      await started();
      socket.stop();
      socket.stop();
      expect(lost).to.equal(1);
      expect(statuses).to.deep.equal([]);
      await none();
    });

    it('while it connects, or waits to do so', async () => {
      socket.start();
      socket.stop();
      await none();
      socket.start();
      sockets.last.drop();
      socket.stop();
      await none();
    });

    it('while it recovers', async () => {
      let done: () => void = () => undefined;
      recover = () => new Promise((resolve) => (done = resolve));
      socket.start();
      await goLive();
      socket.stop();
      done();
      await none();
      expect(statuses).to.deep.equal([]);
    });

    it('by who hears that its connection is lost', async () => {
      await started();
      heard = (status) => status === 'recovering' && socket.stop();
      sockets.last.drop();
      expect(statuses).to.deep.equal(['recovering']);
      await none();
    });

    it('by who hears that it begins again', async () => {
      await started();
      socket.stop();
      heard = () => socket.stop();
      socket.start();
      expect(statuses).to.deep.equal(['recovering']);
      await none();
    });

    it('before it was started', () => none().finally(() => socket.stop()));

    it('can be started again, and is quick then', async () => {
      await started();
      for (let drops = 0; drops < 6; drops++) {
        sockets.last.drop();
        await untilNext();
      }
      socket.stop();
      statuses.length = 0;
      socket.start();
      expect(statuses).to.deep.equal(['recovering']);
      expect(sockets.alive).to.have.length(1);
      sockets.last.drop();
      expect(await untilNext()).to.equal(500);
      await goLive();
      expect(statuses.at(-1)).to.equal('live');
    });
  });

  it('ends its connection where it is told to, and has another one soon', async () => {
    await started();
    const first = sockets.last;
    socket.reconnect();
    expect(sockets.alive).to.have.length(0);
    expect(await untilNext()).to.be.at.most(1000);
    expect(sockets.last).not.to.equal(first);
  });
});
