import {expect} from '@open-wc/testing';

import {calls} from '../../../src/elements/calls.js';
import {DeskCalls} from '../../../src/elements/floating/desk-calls.js';
import {PexipChatError, type ErrorCode} from '../../../src/errors.js';
import type {Parts} from '../../../src/parts/parts.js';
import {BrokerClient} from '../../../src/transport/broker-client.js';
import {STREAM_PACE} from '../../../src/transport/event-stream.js';
import {FakeClock} from '../../support/fake-socket.js';
import {FakeStreams} from '../../support/fake-streams.js';
import {network, setOnline} from '../../support/network.js';
import {turn} from '../../support/turn.js';
import {see} from '../../support/visibility.js';

const BROKER = 'https://broker.example/';
/** The longest pause after so many loads that failed, from 0: tests have no chance in it. */
const pauseAfter = (failed: number): number => Math.min(300_000, 2_000 * 2 ** failed);

describe('the calls of a desk', () => {
  const {random} = Math;
  let clock: FakeClock;
  let server: FakeStreams;
  let reported: PexipChatError[];
  let memory: {callsFailed: ErrorCode | undefined};
  /** So many loads fail. */
  let failing: number;
  let loads: number;
  let desks: DeskCalls[];
  let told: () => void;

  beforeEach(() => {
    clock = new FakeClock();
    server = new FakeStreams();
    setOnline(true);
    Math.random = () => 1;
    reported = [];
    memory = {callsFailed: undefined};
    failing = loads = 0;
    desks = [];
    told = () => undefined;
  });
  afterEach(async () => {
    desks.forEach((each) => each.stop());
    await clock.pass(60_000);
    Math.random = random;
    server.restore();
    clock.restore();
  });

  const load = async (): Promise<Parts['calls']> => {
    loads += 1;
    if (failing-- > 0) throw new PexipChatError('part-failed', 'The file is not there.');
    return {calls};
  };
  const begin = async (alias = 'anna'): Promise<DeskCalls> => {
    const desk = new DeskCalls({
      broker: BROKER,
      client: async () => new BrokerClient({base: BROKER, accessToken: 'jwt-1'}),
      alias: async () => alias,
      memory,
      report: (error) => {
        reported.push(error);
        told();
      },
      load,
    });
    desks.push(desk);
    await turn();
    return desk;
  };
  const codes = (): string[] => reported.map(({code}) => code);

  it('are heard of by one stream, however many desks of the user there are', async () => {
    for (const _ of [1, 2, 3]) await begin();
    expect(server.all.map(({url}) => url)).to.deep.equal([`${BROKER}v1/calls/events`]);
    await begin('bob');
    expect(server.all).to.have.lengthOf(2);
    expect(codes()).to.deep.equal([]);
  });

  it('are heard of until the last desk is gone', async () => {
    const [one, other] = [await begin(), await begin()];
    await server.last.open();
    one.stop();
    await clock.pass(STREAM_PACE.silence - 1);
    expect(server.alive).to.have.lengthOf(1);
    other.stop();
    await clock.pass(10_000);
    expect(server.alive).to.deep.equal([]);
  });

  describe('whose file does not load', () => {
    it('are tried again by themselves, ever more seldom, and that is told once', async () => {
      failing = 10;
      await begin();
      for (let failed = 0; failed < 10; failed++) {
        expect(loads).to.equal(failed + 1);
        await clock.pass(pauseAfter(failed) - 1);
        expect(loads).to.equal(failed + 1);
        await clock.pass(1);
      }
      expect([loads, server.all.length]).to.deep.equal([11, 1]);
      expect(codes()).to.deep.equal(['part-failed']);
    });

    for (const [what, wake] of [
      ['is seen again', () => see('visible')],
      ['has its network back', () => dispatchEvent(new Event('online'))],
    ] as const)
      it(`are tried again at once when the page ${what}`, async () => {
        failing = 1;
        await begin();
        wake();
        await turn();
        expect([loads, server.all.length]).to.deep.equal([2, 1]);
        wake();
        await clock.pass(STREAM_PACE.silence - 1);
        expect([loads, server.all.length]).to.deep.equal([2, 1]);
      });

    it('wait for the network where that has gone', async () => {
      failing = 1;
      await begin();
      network(false);
      await turn();
      expect(loads).to.equal(1);
      network(true);
      await turn();
      expect(loads).to.equal(2);
    });

    it('are not tried again once the desk is gone', async () => {
      failing = 1;
      (await begin()).stop();
      see('visible');
      await clock.pass(600_000);
      expect([loads, server.all.length, clock.timers]).to.deep.equal([1, 0, 0]);
    });

    it('are not tried again where the page ends the desk as it hears of that', async () => {
      failing = 1;
      told = () => desks.forEach((each) => each.stop());
      await begin();
      expect(codes()).to.deep.equal(['part-failed']);
      expect(clock.timers).to.equal(0);
    });

    it('is told again after a time in which they were heard of, and not at each sign-in', async () => {
      failing = 1;
      await begin();
      await clock.pass(pauseAfter(0));
      expect(server.all).to.have.lengthOf(1);
      failing = 1;
      const next = await begin();
      expect(codes()).to.deep.equal(['part-failed']);
      await server.last.open();
      next.stop();
      failing = 1;
      await begin();
      expect(codes()).to.deep.equal(['part-failed', 'part-failed']);
    });
  });

  describe('that the broker refuses', () => {
    const refuse = async (status: number): Promise<void> => {
      await server.last.open({status});
      if (status === 401) await server.last.open({status});
    };

    it('are told of once, with what the broker has answered and without a token', async () => {
      await begin();
      await refuse(404);
      expect(codes()).to.deep.equal(['broker-failed']);
      expect(reported[0]!.message)
        .to.include('HTTP 404')
        .and.include('calls')
        .and.not.include('jwt');
      await clock.pass(120_000);
      expect(server.all).to.have.lengthOf(2);
      await refuse(401);
      expect(codes()).to.have.lengthOf(1);
    });

    it('are told of again after a time in which they were heard of', async () => {
      await begin();
      await refuse(401);
      await clock.pass(120_000);
      await server.last.open();
      await server.last.end();
      await clock.pass(2 * STREAM_PACE.retry);
      await refuse(403);
      expect(codes()).to.deep.equal(['broker-failed', 'broker-failed']);
    });

    it('are asked for at once by another token', async () => {
      const desk = await begin();
      await refuse(401);
      const {length} = server.all;
      await desk.goOn();
      await turn();
      expect(server.all).to.have.lengthOf(length + 1);
      await server.last.open();
      await clock.pass(STREAM_PACE.quiet);
      await desk.goOn();
      await turn();
      expect(server.all).to.have.lengthOf(length + 1);
    });

    it('are told of to nobody once the desk is gone', async () => {
      (await begin()).stop();
      // The stream stays for a moment, as another desk may come.
      await refuse(404);
      expect(codes()).to.deep.equal([]);
    });
  });
});
