import {expect} from '@open-wc/testing';

import type {Credentials, CredentialsAsk, Surface} from '../../src/protocol/credentials.js';
import {BrokerTokens} from '../../src/session/broker-tokens.js';
import {BrokerClient} from '../../src/transport/broker-client.js';
import {FakeClock, FakeFetch, type FakeAnswer} from '../support/fake-socket.js';
import {turn} from '../support/turn.js';
import {uncaught} from '../support/uncaught.js';
import {rejectionOf} from './recorders.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

describe('BrokerTokens', () => {
  let clock: FakeClock;
  let server: FakeFetch;
  let tokens: BrokerTokens;
  let queue: (number | null | undefined)[];
  let renewed: string[];
  /** Answers to come before the broker gives sessions. */
  let refusals: FakeAnswer[];
  /** Which token of each surface the broker gives at present. */
  let edition: number;
  let leases: number;
  let accessTokens: number;

  const tokenOf = (surface: Surface): string => `${surface}-${'x'.repeat(20)}-${edition}`;
  const session = (body: unknown): FakeAnswer => {
    const {surfaces, lease} = body as {surfaces: Surface[]; lease?: string};
    return {
      body: {
        lease: lease ?? `lease-${++leases}`,
        leaseExpiresAt: clock.iso(5 * MINUTE),
        userId: 'u-alice',
        username: 'alice',
        surfaces: Object.fromEntries(surfaces.map((each) => [each, {authToken: tokenOf(each)}])),
        expiresAt: clock.iso(HOUR),
      },
    };
  };

  beforeEach(() => {
    clock = new FakeClock();
    refusals = [];
    queue = [];
    renewed = [];
    edition = 1;
    leases = accessTokens = 0;
    server = new FakeFetch(({method, body}) =>
      method === 'DELETE' ? {status: 204} : (refusals.shift() ?? session(body)),
    );
    const accessToken = (): string => `j.w.t-${++accessTokens}`;
    const client = new BrokerClient({base: 'https://broker.example/', accessToken});
    tokens = new BrokerTokens(client, (position) => queue.push(position));
    tokens.renewed = (surface, {authToken}) => renewed.push(`${surface} ${authToken.at(-1)}`);
  });
  afterEach(async () => {
    tokens.release();
    await turn();
    server.restore();
    clock.restore();
  });

  const ask = (
    surface: Surface = 'live',
    reason: CredentialsAsk['reason'] = 'initial',
  ): Promise<Credentials> => tokens.ask({surface, reason, signal: new AbortController().signal});
  const bodies = (): unknown[] =>
    server.requests.filter(({method}) => method === 'POST').map(({body}) => body);
  const refused = (status: number, code = 'no', more: object = {}): FakeAnswer => ({
    status,
    body: {error: {code, message: 'Not now.', ...more}},
  });
  const queued = (position: number, wait?: string): FakeAnswer => ({
    ...refused(429, 'sign-in-queued', {position}),
    ...(wait !== undefined && {headers: {'Retry-After': wait}}),
  });
  const leave = (persisted: boolean): boolean =>
    dispatchEvent(new PageTransitionEvent('pagehide', {persisted}));

  describe('asks', () => {
    it('once for all surfaces that are asked for in one moment', async () => {
      const [live, embed] = await Promise.all([ask('live'), ask('embed')]);
      expect(bodies()).to.deep.equal([{surfaces: ['live', 'embed']}]);
      expect(live).to.deep.equal({
        userId: 'u-alice',
        authToken: tokenOf('live'),
        username: 'alice',
        expiresAt: clock.iso(HOUR),
      });
      expect(embed.authToken).to.equal(tokenOf('embed'));
      expect(renewed).to.deep.equal([]);
    });

    it('again, with the same lease, for a surface that is asked for later', async () => {
      await ask('live');
      expect((await ask('embed')).authToken).to.equal(tokenOf('embed'));
      expect(bodies()).to.deep.equal([
        {surfaces: ['live']},
        {surfaces: ['live', 'embed'], lease: 'lease-1'},
      ]);
      expect(clock.timers).to.equal(1);
    });

    it('again for a surface that was not in what was already under way', async () => {
      const live = ask('live');
      await Promise.resolve();
      await Promise.resolve();
      const embed = ask('embed');
      expect((await embed).authToken).to.equal(tokenOf('embed'));
      await live;
      expect(bodies().at(-1)).to.deep.equal({surfaces: ['live', 'embed'], lease: 'lease-1'});
    });

    it('with another token of the host application, once, where that one has expired', async () => {
      refusals = [refused(401, 'token_expired')];
      expect((await ask()).authToken).to.equal(tokenOf('live'));
      expect(server.requests.map(({headers}) => headers.get('authorization'))).to.deep.equal([
        'Bearer j.w.t-1',
        'Bearer j.w.t-2',
      ]);
      refusals = [refused(401), refused(401), refused(401)];
      expect(await rejectionOf(ask())).to.include({code: 'sign-in-required'});
      expect(refusals).to.have.length(1);
    });

    it('and says by which code it was refused, and none of the words, which may hold a token', async () => {
      for (const [status, code] of [
        [403, 'sign-in-required'],
        [404, 'broker-failed'],
        [500, 'broker-failed'],
      ] as const) {
        refusals = [refused(status, 'account_refused')];
        const error = await rejectionOf(ask());
        expect(error).to.include({code});
        expect((error as Error).message)
          .to.include('account_refused')
          .and.not.include('Not now.');
        expect((error as {cause: object}).cause).to.include({status, body: undefined});
        expect(clock.timers).to.equal(0);
      }
    });

    it('and fails with the status where what is there is no broker', async () => {
      refusals = [{status: 502, body: '<h1>Bad gateway</h1>'}];
      expect(((await rejectionOf(ask())) as Error).message).to.include('HTTP 502');
      server.answer = () => {
        throw new TypeError('Failed to fetch');
      };
      expect(((await rejectionOf(ask())) as Error).message).to.include('no answer');
    });

    it('and names what tells who asks', async () => {
      refusals = [refused(403)];
      expect(((await rejectionOf(ask())) as Error).message).to.include('the accessToken of');
      tokens.use(undefined);
      refusals = [refused(403)];
      expect(((await rejectionOf(ask())) as Error).message)
        .to.include('the cookie of')
        .and.not.include('accessToken');
    });

    it('not at all where the page gives no token for it, and says so', async () => {
      const cause = new Error('No session.');
      const failing = [() => Promise.reject(cause), () => undefined, '<h1>Sign in</h1>'];
      for (const accessToken of failing) {
        tokens.use(accessToken as string);
        expect(await rejectionOf(ask())).to.include({code: 'credentials-failed'});
      }
      expect(server.requests).to.have.length(0);
    });

    it('and fails where the broker gives no token for the surface', async () => {
      server.answer = ({body}) => session({...(body as object), surfaces: ['embed']});
      expect(await rejectionOf(ask('live'))).to.include({code: 'broker-failed'});
      expect(bodies()).to.have.length(2);
    });

    it('no more for a surface that it got nothing for at first', async () => {
      refusals = [refused(403)];
      await rejectionOf(ask('embed'));
      await ask('live');
      expect(bodies().at(-1)).to.deep.equal({surfaces: ['live']});
    });

    it('puts no token into an error', async () => {
      refusals = [{status: 200, body: {authToken: 'CANARY'}}];
      const error = (await rejectionOf(ask())) as Error;
      expect(error.message + JSON.stringify(error))
        .to.include('accessToken')
        .and.not.include('CANARY')
        .and.not.include('j.w.t');
    });
  });

  describe('tells the broker that a token was rejected', () => {
    it('once, with the surface whose token it was, and not with the next request', async () => {
      await Promise.all([ask('live'), ask('embed')]);
      await ask('live', 'rejected');
      await ask('live', 'expiring');
      await ask('embed', 'initial');
      const surfaces = ['live', 'embed'];
      expect(bodies()).to.deep.equal([
        {surfaces},
        {surfaces, lease: 'lease-1', rejected: ['live']},
        {surfaces, lease: 'lease-1'},
        {surfaces, lease: 'lease-1'},
      ]);
    });

    it('once for both where both were, and again for the token that came after', async () => {
      await Promise.all([ask('live'), ask('embed')]);
      await Promise.all([ask('live', 'rejected'), ask('embed', 'rejected')]);
      await ask('embed', 'rejected');
      expect(bodies().slice(1)).to.deep.equal([
        {surfaces: ['live', 'embed'], lease: 'lease-1', rejected: ['live', 'embed']},
        {surfaces: ['live', 'embed'], lease: 'lease-1', rejected: ['embed']},
      ]);
    });

    it('by another request where one is under way that does not say so', async () => {
      await ask('live');
      const expiring = ask('live', 'expiring');
      await Promise.resolve();
      await Promise.resolve();
      edition = 2;
      const credentials = await ask('live', 'rejected');
      await expiring;
      expect(bodies().slice(1)).to.deep.equal([
        {surfaces: ['live'], lease: 'lease-1'},
        {surfaces: ['live'], lease: 'lease-1', rejected: ['live']},
      ]);
      expect(credentials.authToken).to.equal(tokenOf('live'));
    });

    it('until the broker has answered: with the next request where it could not be asked', async () => {
      await ask('live');
      refusals = [refused(500)];
      await rejectionOf(ask('live', 'rejected'));
      await ask('live', 'expiring');
      refusals = [queued(1, '2')];
      const waiting = ask('live', 'rejected');
      await clock.pass(2 * SECOND);
      await waiting;
      await ask('live', 'expiring');
      expect(bodies().map((body) => (body as {rejected?: unknown}).rejected)).to.deep.equal([
        undefined,
        ['live'],
        ['live'],
        ['live'],
        ['live'],
        undefined,
      ]);
    });
  });

  describe('waits its turn', () => {
    it('for as long as the broker says, and tells its place until it is over', async () => {
      refusals = [queued(7, '4'), queued(2, '3')];
      const asked = ask();
      await clock.pass(4 * SECOND - 1);
      expect(bodies()).to.have.length(1);
      expect(queue).to.deep.equal([7]);
      await clock.pass(1);
      expect(bodies()).to.have.length(2);
      expect(queue).to.deep.equal([7, 2]);
      await clock.pass(3 * SECOND);
      expect((await asked).authToken).to.equal(tokenOf('live'));
      expect(queue).to.deep.equal([7, 2, undefined]);
    });

    it('at a place that is not known, where the broker does not tell it', async () => {
      refusals = [refused(429, 'slow-down'), queued(2), {status: 429, body: '<h1>Busy</h1>'}];
      const asked = ask();
      await clock.pass(15 * SECOND);
      await asked;
      expect(queue).to.deep.equal([null, 2, null, undefined]);
    });

    it('five seconds where the broker does not say for how long', async () => {
      refusals = [queued(1)];
      const asked = ask();
      await clock.pass(5 * SECOND - 1);
      expect(bodies()).to.have.length(1);
      await clock.pass(1);
      await asked;
    });

    it('a second at least, also where the broker says that it need not', async () => {
      refusals = [queued(3, '0'), queued(2, '0')];
      const asked = ask();
      for (let turns = 1; turns <= 2; turns++) {
        await clock.pass(SECOND - 1);
        expect(bodies()).to.have.length(turns);
        await clock.pass(1);
        expect(bodies()).to.have.length(turns + 1);
      }
      await asked;
    });

    it('until it is refused there, and says that it waits no more', async () => {
      refusals = [queued(3, '1'), refused(403, 'account_refused')];
      const asked = rejectionOf(ask());
      await clock.pass(SECOND);
      expect(await asked).to.include({code: 'sign-in-required'});
      expect(queue).to.deep.equal([3, undefined]);
    });

    it('and says nothing of a queue in which it never was', async () => {
      refusals = [refused(500)];
      await rejectionOf(ask());
      await ask();
      await clock.pass(HOUR);
      expect(queue).to.deep.equal([]);
    });

    it('in one place for all who ask meanwhile', async () => {
      refusals = [queued(7, '4'), queued(2, '3')];
      const asked = [ask('live')];
      await clock.pass(SECOND);
      asked.push(ask('live'), ask('embed'));
      await clock.pass(10 * SECOND);
      await Promise.all(asked);
      expect(bodies()).to.deep.equal([
        {surfaces: ['live']},
        {surfaces: ['live', 'embed']},
        {surfaces: ['live', 'embed']},
      ]);
    });

    it('no longer than the page is there', async () => {
      refusals = [queued(7, '4')];
      const asked = rejectionOf(ask());
      await clock.pass(SECOND);
      leave(false);
      expect(await asked).to.be.instanceOf(Error);
      expect(queue).to.deep.equal([7, undefined]);
      expect(clock.timers).to.equal(0);
      await clock.pass(MINUTE);
      expect(bodies()).to.have.length(1);
    });
  });

  describe('keeps its lease', () => {
    beforeEach(() => ask());

    it('by asking for it anew at half of its time, for as long as the page is there', async () => {
      await clock.pass(2.5 * MINUTE - 1);
      expect(bodies()).to.have.length(1);
      await clock.pass(1);
      expect(bodies().at(-1)).to.deep.equal({surfaces: ['live'], lease: 'lease-1'});
      await clock.pass(HOUR);
      expect(bodies()).to.have.length(2 + 24);
      expect(clock.timers).to.equal(1);
      expect(renewed).to.deep.equal([]);
    });

    it('and tells of tokens that came with it and are others than before', async () => {
      await ask('embed');
      renewed.length = 0;
      edition = 2;
      await clock.pass(2.5 * MINUTE);
      expect(renewed).to.deep.equal(['live 2', 'embed 2']);
      await clock.pass(2.5 * MINUTE);
      expect(renewed).to.have.length(2);
    });

    it('through a time in which the broker is away', async () => {
      const errors = uncaught();
      refusals = [refused(500), refused(503), {status: 502, body: '<h1>'}];
      await clock.pass(2.5 * MINUTE + 35 * SECOND - 1);
      expect(bodies()).to.have.length(4);
      await clock.pass(1);
      expect(bodies()).to.have.length(5);
      await clock.pass(2.5 * MINUTE);
      expect(bodies()).to.have.length(6);
      expect(clock.timers).to.equal(1);
      expect(errors).to.deep.equal([]);
    });

    it('asking ever more rarely while the broker is away, and quickly again once it was back', async () => {
      const times: number[] = [];
      const {answer} = server;
      server.answer = (request) => {
        times.push(clock.now);
        return answer(request);
      };
      refusals = Array.from({length: 9}, () => refused(503));
      while (times.length < 10) await clock.next();
      refusals = [refused(503)];
      while (times.length < 12) await clock.next();
      const waits = times.slice(1).map((time, place) => (time - times[place]!) / SECOND);
      expect(waits).to.deep.equal([5, 10, 20, 40, 80, 160, 300, 300, 300, 150, 5]);
    });

    it('asking ever more rarely once nobody is signed in any more', async () => {
      server.answer = () => refused(401, 'signed_out');
      await clock.pass(HOUR);
      // Each time with two tokens of the host application.
      expect(bodies().length - 1).to.be.within(2 * 10, 2 * 20);
    });

    it('at once on wake where its time has come while the page slept', async () => {
      const wake = (): boolean => document.dispatchEvent(new Event('visibilitychange'));
      wake();
      await turn();
      expect(bodies()).to.have.length(1);
      // Timers stand still while a device sleeps, and its clock does not.
      clock.skew = 10 * MINUTE;
      wake();
      await turn();
      expect(bodies()).to.have.length(2);
      wake();
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
      await turn();
      expect(bodies()).to.have.length(2);
      expect(clock.timers).to.equal(1);
    });

    it('five minutes by its own clock where that of the device is wrong', async () => {
      // Its lease seems to have ended, to end in a moment, or to hold for long.
      for (const skew of [24 * HOUR, HOUR, 5 * MINUTE - 1, 290_001, -MINUTE, -24 * HOUR]) {
        clock.skew = skew;
        await ask();
        const before = bodies().length;
        await clock.pass(HOUR);
        expect(bodies().length - before).to.equal(24);
      }
    });

    it('for as long as it says where that can be', async () => {
      for (const lease of [10 * SECOND, MINUTE, 4 * MINUTE]) {
        clock.skew = 5 * MINUTE - lease;
        await ask();
        const before = bodies().length;
        await clock.pass(HOUR);
        expect(bodies().length - before).to.equal((2 * HOUR) / lease);
      }
    });
  });

  describe('ends', () => {
    it('with its lease when the page goes, once, and then does nothing any more', async () => {
      await ask();
      leave(false);
      leave(false);
      tokens.release();
      await turn();
      const gone = server.requests.filter(({method}) => method === 'DELETE');
      expect(gone.map(({url}) => url)).to.deep.equal([
        'https://broker.example/v1/chat/session/lease-1',
      ]);
      expect(gone[0]!.init.keepalive).to.equal(true);
      expect(clock.timers).to.equal(0);
      const count = server.requests.length;
      document.dispatchEvent(new Event('visibilitychange'));
      dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
      await clock.pass(HOUR);
      expect(server.requests).to.have.length(count);
    });

    it('not where the page may come back', async () => {
      await ask();
      leave(true);
      await turn();
      expect(server.requests).to.have.length(1);
      expect(clock.timers).to.equal(1);
    });

    it('without a word where it has no lease, and gives up what is under way', async () => {
      server.answer = () => new Promise(() => undefined);
      const asked = rejectionOf(ask());
      await turn();
      tokens.release();
      expect(await asked).to.be.instanceOf(Error);
      expect(server.requests).to.have.length(1);
      expect(clock.timers).to.equal(0);
    });

    it('in silence where the broker cannot be told', async () => {
      const errors = uncaught();
      await ask();
      server.answer = () => {
        throw new TypeError('Failed to fetch');
      };
      tokens.release();
      await clock.pass(HOUR);
      expect(errors).to.deep.equal([]);
    });

    it('gives nobody anything afterwards', async () => {
      await ask();
      tokens.release();
      await turn();
      const count = server.requests.length;
      expect(await rejectionOf(ask())).to.include({code: 'broker-failed'});
      expect(server.requests).to.have.length(count);
      expect(clock.timers).to.equal(0);
    });

    it('everywhere at a sign-out, and says so if that fails', async () => {
      await ask();
      await tokens.end();
      expect(server.requests.at(-1)).to.deep.include({
        url: 'https://broker.example/v1/chat/session',
        method: 'DELETE',
      });
      expect(clock.timers).to.equal(0);
      server.answer = () => refused(503);
      const error = (await rejectionOf(tokens.end())) as Error;
      expect(error).to.include({code: 'broker-failed'});
      expect(error.message).to.include('did not end the session');
    });
  });
});
