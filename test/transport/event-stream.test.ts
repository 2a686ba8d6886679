import {expect} from '@open-wc/testing';

import type {StreamEvent} from '../../src/protocol/event-stream.js';
import type {SocketStatus} from '../../src/transport/ddp-socket.js';
import {EventStream, STREAM_PACE, type StreamSource} from '../../src/transport/event-stream.js';
import {FakeClock} from '../support/fake-socket.js';
import {turn} from '../support/turn.js';
import {FakeStreams} from '../support/fake-streams.js';
import {network, setOnline} from '../support/network.js';
import {see} from '../support/visibility.js';

const URL_OF_CALLS = 'https://broker.example/v1/calls/events';
const {retry, most, silence, quiet, steady} = STREAM_PACE;
/** The longest pause before the attempt with this number, from 0: tests have no chance in it. */
const pauseOf = (attempt: number, base = retry): number =>
  base + Math.min(most, base * 2 ** attempt);

describe('EventStream', () => {
  const {random} = Math;
  let clock: FakeClock;
  let server: FakeStreams;
  let tokens: number;
  let source: StreamSource;
  let statuses: SocketStatus[];
  let events: StreamEvent[];
  let refusals: number[];
  let heard: (event: StreamEvent) => void;
  let stream: EventStream;

  beforeEach(() => {
    clock = new FakeClock();
    server = new FakeStreams();
    setOnline(true);
    Math.random = () => 1;
    tokens = 0;
    statuses = [];
    events = [];
    refusals = [];
    heard = () => undefined;
    source = {
      url: URL_OF_CALLS,
      credentials: 'omit',
      headers: async () => ({Authorization: `Bearer jwt-${++tokens}`}),
    };
    stream = new EventStream({
      source: () => source,
      event: (event) => {
        events.push(event);
        heard(event);
      },
      status: (status) => statuses.push(status),
      refused: (status) => refusals.push(status),
    });
  });
  afterEach(async () => {
    stream.stop();
    await turn();
    Math.random = random;
    server.restore();
    clock.restore();
  });

  /** Asks, and is answered. */
  const goLive = async (): Promise<void> => {
    stream.start();
    await turn();
    await server.last.open();
  };
  const tellNetwork = async (online: boolean): Promise<void> => {
    network(online);
    await turn();
  };
  /** Fails unless the next attempt comes after just this time. */
  const expectPause = async (time: number): Promise<void> => {
    const {length} = server.all;
    await clock.pass(time - 1);
    expect(server.all, `before ${time} ms`).to.have.lengthOf(length);
    await clock.pass(1);
    expect(server.all, `after ${time} ms`).to.have.lengthOf(length + 1);
  };

  describe('asks', () => {
    it('with what tells who asks in headers, and with nothing of it in the address', async () => {
      await goLive();
      const {url, init, headers} = server.last;
      expect(url).to.equal(URL_OF_CALLS);
      expect(headers.get('authorization')).to.equal('Bearer jwt-1');
      expect(headers.get('accept')).to.equal('text/event-stream');
      expect(headers.has('last-event-id')).to.equal(false);
      expect(init).to.include({credentials: 'omit', cache: 'no-store', redirect: 'error'});
    });

    it('with the cookie where the source says so', async () => {
      source = {
        ...source,
        credentials: 'include',
        headers: async () => ({'X-Requested-With': 'x'}),
      };
      await goLive();
      expect(server.last.init.credentials).to.equal('include');
      expect(server.last.headers.has('authorization')).to.equal(false);
    });

    it('once, however often it is started', async () => {
      stream.start();
      stream.start();
      await turn();
      stream.start();
      await server.last.open();
      stream.start();
      await turn();
      expect(server.all).to.have.lengthOf(1);
    });

    it('for the token anew each time', async () => {
      await goLive();
      await server.last.end();
      await clock.pass(pauseOf(0));
      expect(server.last.headers.get('authorization')).to.equal('Bearer jwt-2');
    });
  });

  describe('tells', () => {
    it('each event, however it comes in pieces, and a letter cut in two', async () => {
      await goLive();
      const bytes = new TextEncoder().encode(
        '\ufeffevent: a\r\ndata: ä€😀\r\n\r\n:\n\ndata: 2\n\n',
      );
      for (const byte of bytes) await server.last.say(new Uint8Array([byte]));
      expect(events).to.deep.equal([
        {type: 'a', data: 'ä€😀'},
        {type: 'message', data: '2'},
      ]);
    });

    it('not what an answer broke off in', async () => {
      await goLive();
      await server.last.say('data: 1\n\ndata: 2\n');
      await server.last.end();
      await clock.pass(pauseOf(0));
      await server.last.open();
      await server.last.say('\n');
      expect(events.map(({data}) => data)).to.deep.equal(['1']);
    });

    it('nothing more once somebody who heard one has stopped it', async () => {
      heard = () => stream.stop();
      await goLive();
      await server.last.say('data: 1\n\ndata: 2\n\n');
      expect(events.map(({data}) => data)).to.deep.equal(['1']);
      expect(server.alive).to.deep.equal([]);
    });

    it('how it is', async () => {
      await goLive();
      expect(statuses).to.deep.equal(['connecting', 'live']);
      server.last.cut();
      await turn();
      expect(statuses.at(-1)).to.equal('recovering');
      await clock.pass(pauseOf(0));
      await server.last.open();
      expect(statuses).to.deep.equal(['connecting', 'live', 'recovering', 'live']);
    });

    it('that the server is out of reach after five attempts, and that it is back', async () => {
      stream.start();
      for (let attempt = 0; attempt < 5; attempt++) {
        expect(statuses).to.deep.equal(['connecting']);
        await turn();
        server.last.cut();
        await turn();
        if (attempt < 4) await clock.pass(pauseOf(attempt));
      }
      expect(statuses).to.deep.equal(['connecting', 'offline']);
      await clock.pass(pauseOf(4));
      await server.last.open();
      expect(statuses).to.deep.equal(['connecting', 'offline', 'live']);
    });
  });

  describe('comes back', () => {
    it('after an answer that ended or broke, ever more slowly', async () => {
      await goLive();
      await server.last.end();
      await expectPause(pauseOf(0));
      await server.last.open();
      server.last.cut();
      await expectPause(pauseOf(1));
      server.last.cut();
      await expectPause(pauseOf(2));
      for (let attempt = 3; attempt < 9; attempt++) {
        server.last.cut();
        await expectPause(pauseOf(attempt));
      }
      expect(pauseOf(9)).to.equal(retry + most);
    });

    it('with chance in the pause, so that not all pages come at once', async () => {
      Math.random = () => 0.25;
      await goLive();
      server.last.cut();
      await expectPause(retry + 0.25 * retry);
    });

    it('soon again after it was open for some time', async () => {
      await goLive();
      server.last.cut();
      await clock.pass(pauseOf(0));
      await server.last.open();
      await clock.pass(steady);
      await server.last.say(':\n\n');
      server.last.cut();
      await expectPause(pauseOf(0));
    });

    it('when the server says, within reason', async () => {
      await goLive();
      await server.last.say('retry: 5000\n\n');
      await server.last.end();
      await expectPause(pauseOf(0, 5_000));
      for (const [said, meant] of [
        ['0', 500],
        ['86400000', 60_000],
      ] as const) {
        await server.last.open();
        await server.last.say(`retry: ${said}\n`);
        await clock.pass(steady);
        await server.last.end();
        await expectPause(meant + Math.min(most, meant));
      }
    });

    it('not before the time that a busy server asks for', async () => {
      stream.start();
      await turn();
      await server.last.open({status: 503, headers: {'retry-after': '20'}});
      await expectPause(20_000);
      await server.last.open({status: 429, headers: {'retry-after': '1'}});
      await expectPause(pauseOf(1));
      expect(refusals).to.deep.equal([]);
    });

    it('after an answer that is no stream', async () => {
      stream.start();
      await turn();
      await server.last.open({type: 'text/html'});
      expect(server.alive).to.deep.equal([]);
      expect(statuses).to.deep.equal(['connecting']);
      await expectPause(pauseOf(0));
    });

    it('after a token that could not be had', async () => {
      const {headers} = source;
      source = {...source, headers: () => Promise.reject(new Error('no token'))};
      stream.start();
      await turn();
      expect(server.all).to.deep.equal([]);
      source = {...source, headers};
      await expectPause(pauseOf(0));
    });

    it('with the id of the latest event, where the server has such', async () => {
      await goLive();
      await server.last.say('id: 7\ndata: 1\n\n');
      await server.last.end();
      await clock.pass(pauseOf(0));
      expect(server.last.headers.get('last-event-id')).to.equal('7');
    });

    it('after a line without end', async () => {
      await goLive();
      const {last} = server;
      for (let count = 0; count < 11 && !last.isGone; count++) await last.say('x'.repeat(100_000));
      expect(last.isGone).to.equal(true);
      await expectPause(pauseOf(0));
    });
  });

  describe('takes a server for gone', () => {
    it('that says nothing for 45 seconds; a comment is enough', async () => {
      await goLive();
      await clock.pass(silence - 1);
      await server.last.say(':\n\n');
      await clock.pass(silence - 1);
      expect(server.last.isGone).to.equal(false);
      await clock.pass(1);
      expect(server.last.isGone).to.equal(true);
      expect(statuses.at(-1)).to.equal('recovering');
    });

    it('that does not answer', async () => {
      stream.start();
      await turn();
      await clock.pass(silence);
      expect(server.alive).to.deep.equal([]);
      await expectPause(pauseOf(0));
    });

    it('where the token does not come', async () => {
      source = {...source, headers: () => new Promise(() => undefined)};
      stream.start();
      await clock.pass(silence);
      source = {...source, headers: async () => ({})};
      await expectPause(pauseOf(0));
    });
  });

  describe('that is refused', () => {
    it('for its token asks for another one once, at once', async () => {
      stream.start();
      await turn();
      await server.last.open({status: 401});
      expect(server.all).to.have.lengthOf(2);
      expect(server.last.headers.get('authorization')).to.equal('Bearer jwt-2');
      await server.last.open();
      expect(statuses).to.deep.equal(['connecting', 'live']);
      expect(refusals).to.deep.equal([]);
    });

    it('for the other token, too, asks no more', async () => {
      stream.start();
      await turn();
      await server.last.open({status: 401});
      await server.last.open({status: 401});
      expect(refusals).to.deep.equal([401]);
      await clock.pass(600_000);
      await tellNetwork(true);
      expect(server.all).to.have.lengthOf(2);
      expect(server.alive).to.deep.equal([]);
    });

    it('for its token again after it was taken asks for another one again', async () => {
      stream.start();
      await turn();
      await server.last.open({status: 401});
      await server.last.open();
      await server.last.end();
      await clock.pass(pauseOf(0));
      await server.last.open({status: 401});
      await server.last.open();
      expect(refusals).to.deep.equal([]);
      expect(statuses.at(-1)).to.equal('live');
    });

    for (const status of [204, 400, 403, 404])
      it(`with ${status} asks no more, until it is started`, async () => {
        stream.start();
        await turn();
        await server.last.open({status});
        await clock.pass(600_000);
        expect([refusals, server.all.length]).to.deep.equal([[status], 1]);
        await goLive();
        expect([server.all.length, statuses.at(-1)]).to.deep.equal([2, 'live']);
      });

    for (const status of [408, 425, 429, 500, 502, 503])
      it(`with ${status} asks again`, async () => {
        stream.start();
        await turn();
        await server.last.open({status});
        await expectPause(pauseOf(0));
        expect(refusals).to.deep.equal([]);
      });
  });

  describe('in a page', () => {
    it('without a network ends, asks nobody, and comes back at once with the network', async () => {
      await goLive();
      await tellNetwork(false);
      expect(server.alive).to.deep.equal([]);
      expect(statuses.at(-1)).to.equal('offline');
      await clock.pass(600_000);
      expect(server.all).to.have.lengthOf(1);
      await tellNetwork(true);
      expect(server.all).to.have.lengthOf(2);
    });

    it('that begins without a network waits for it', async () => {
      setOnline(false);
      stream.start();
      await clock.pass(600_000);
      expect([server.all.length, statuses]).to.deep.equal([0, ['offline']]);
      await tellNetwork(true);
      expect(server.all).to.have.lengthOf(1);
    });

    it('that goes into the page cache ends, and comes back with it', async () => {
      await goLive();
      dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}));
      await clock.pass(600_000);
      expect([server.all.length, server.alive.length]).to.deep.equal([1, 0]);
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
      await turn();
      expect([server.all.length, server.alive.length]).to.deep.equal([2, 1]);
    });

    it('that is seen again does not wait any longer', async () => {
      await goLive();
      server.last.cut();
      await turn();
      see('visible');
      await turn();
      expect(server.all).to.have.lengthOf(2);
      server.last.cut();
      await expectPause(pauseOf(0));
    });

    it('that is seen again, or has its network back, gives a busy server the time it asked for', async () => {
      stream.start();
      await turn();
      await server.last.open({status: 503, headers: {'retry-after': '20'}});
      await clock.pass(5_000);
      see('visible');
      stream.start();
      await turn();
      expect(server.all).to.have.lengthOf(1);
      await clock.pass(5_000);
      await tellNetwork(false);
      expect(statuses.at(-1)).to.equal('offline');
      await tellNetwork(true);
      see('visible');
      await expectPause(10_000);
      await server.last.open();
      expect(statuses.at(-1)).to.equal('live');
    });

    it('that is stopped and started gives a busy server its time, too', async () => {
      stream.start();
      await turn();
      await server.last.open({status: 503, headers: {'retry-after': '20'}});
      stream.stop();
      stream.start();
      await expectPause(20_000);
      server.last.cut();
      await turn();
      see('visible');
      await turn();
      expect(server.all).to.have.lengthOf(3);
    });

    it('that is seen again leaves a stream alone that was heard just now', async () => {
      await goLive();
      await clock.pass(quiet - 1);
      see('visible');
      await turn();
      expect([server.all.length, server.alive.length]).to.deep.equal([1, 1]);
    });

    it('that is seen again does not trust a stream that was silent', async () => {
      await goLive();
      await clock.pass(quiet);
      see('visible');
      await turn();
      expect([server.all.length, server.alive.length]).to.deep.equal([2, 1]);
    });

    it('that is seen again does not ask twice', async () => {
      stream.start();
      await turn();
      see('visible');
      await tellNetwork(true);
      expect(server.all).to.have.lengthOf(1);
    });
  });

  describe('that is stopped', () => {
    it('ends its answer, and asks no more', async () => {
      await goLive();
      stream.stop();
      await clock.pass(600_000);
      await tellNetwork(true);
      see('visible');
      await turn();
      expect([server.all.length, server.alive.length]).to.deep.equal([1, 0]);
      expect(clock.timers).to.equal(0);
    });

    it('while it waits, or asks, asks no more', async () => {
      stream.start();
      await turn();
      server.last.cut();
      await turn();
      stream.stop();
      stream.start();
      await turn();
      stream.stop();
      await clock.pass(600_000);
      expect([server.all.length, server.alive.length, clock.timers]).to.deep.equal([2, 0, 0]);
    });

    it('tells nothing more of what it has asked', async () => {
      stream.start();
      await turn();
      // The answer has come, and nobody has looked at it yet.
      const answered = server.last.open();
      stream.stop();
      await answered;
      expect([statuses, events, refusals]).to.deep.equal([['connecting'], [], []]);
    });

    it('begins anew when it is started, in the place of what was', async () => {
      await goLive();
      stream.stop();
      await goLive();
      expect(server.alive).to.have.lengthOf(1);
      await server.last.say('data: 1\n\n');
      expect(events).to.have.lengthOf(1);
    });
  });
});
