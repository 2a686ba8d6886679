import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import type {Credentials, CredentialsAsk, Surface} from '../../src/protocol/credentials.js';
import {TokenKeeper} from '../../src/session/token-keeper.js';
import type {TokenSource} from '../../src/session/token-source.js';
import {FakeClock} from '../support/fake-socket.js';
import {setOnline} from '../support/network.js';
import {turn} from '../support/turn.js';
import {uncaught} from '../support/uncaught.js';
import {rejectionOf} from './recorders.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Gives tokens as a test wants them. */
class Source implements TokenSource {
  readonly asks: CredentialsAsk[] = [];
  readonly ends: string[] = [];
  /** When it was asked, by the right time. */
  readonly times: number[] = [];
  renewed?: (surface: Surface, credentials: Credentials) => void;
  #count = 0;
  /** What it answers. */
  give: () => Credentials | Promise<Credentials>;

  constructor(readonly clock: FakeClock) {
    this.give = () => this.fresh();
  }

  /** The times between its asks, in seconds. */
  get pauses(): number[] {
    return this.times.slice(1).map((time, place) => (time - this.times[place]!) / SECOND);
  }

  get reasons(): string[] {
    return this.asks.map(({surface, reason}) => `${surface} ${reason}`);
  }

  fresh(life = HOUR, userId = 'u-alice'): Credentials {
    const authToken = `token-${String(++this.#count).padStart(20, '0')}`;
    return {userId, authToken, expiresAt: this.clock.iso(life)};
  }

  async ask(ask: CredentialsAsk): Promise<Credentials> {
    this.asks.push(ask);
    this.times.push(this.clock.now);
    return this.give();
  }

  async end(): Promise<void> {
    this.ends.push('end');
  }

  release(): void {
    this.ends.push('release');
  }

  use(): void {}
}

describe('TokenKeeper', () => {
  let clock: FakeClock;
  let source: Source;
  let keeper: TokenKeeper;
  let told: string[];

  beforeEach(() => {
    clock = new FakeClock();
    source = new Source(clock);
    keeper = new TokenKeeper(source);
    told = [];
    keeper.subscribe((fact) => {
      const {type} = fact;
      if ('credentials' in fact)
        told.push(`${type} ${fact.surface} ${fact.credentials.authToken.at(-1)}`);
      else if ('detail' in fact) told.push(`${type} ${fact.detail.surface}`);
      else told.push(type);
    });
  });
  afterEach(() => clock.restore());

  const fails = (): void => {
    source.give = () => Promise.reject(new Error('away'));
  };
  const refuses = (): void => {
    source.give = () => Promise.reject(new PexipChatError('sign-in-required', 'Nobody.'));
  };
  const get = (surface: Surface = 'live'): Promise<Credentials> => keeper.get(surface);
  const expirings = (): string[] => told.filter((each) => each.startsWith('token-expiring'));
  const others = (): string[] =>
    told.filter((each) => !each.startsWith('token-expiring') && each !== 'other-user');
  const otherUsers = (): string[] => told.filter((each) => each === 'other-user');

  describe('asks', () => {
    it('once for a hundred calls at once, and not again for those that come later', async () => {
      const all = await Promise.all(Array.from({length: 100}, () => get()));
      expect(new Set(all).size).to.equal(1);
      expect(await get()).to.equal(all[0]);
      expect(source.reasons).to.deep.equal(['live initial']);
      expect(keeper.of('live')).to.equal(all[0]);
      expect(keeper.known).to.deep.equal([all[0]]);
      expect(told).to.deep.equal([]);
    });

    it('for each surface, whose tokens are its own', async () => {
      const [live, embed] = await Promise.all([get('live'), get('embed')]);
      expect(live.authToken).not.to.equal(embed.authToken);
      expect(source.reasons).to.deep.equal(['live initial', 'embed initial']);
      expect(keeper.known).to.have.members([live, embed]);
    });

    it('again after it got nothing, and tells each call that it did not', async () => {
      fails();
      const errors = await Promise.all([rejectionOf(get()), rejectionOf(get())]);
      expect(errors.map((error) => (error as Error).message)).to.deep.equal(['away', 'away']);
      expect(source.asks).to.have.length(1);
      source.give = () => source.fresh();
      expect((await get()).userId).to.equal('u-alice');
      expect(told).to.deep.equal([]);
    });

    it('once for a hundred calls whose token was refused', async () => {
      const {authToken} = await get();
      const all = await Promise.all(
        Array.from({length: 100}, () => keeper.replace('live', authToken)),
      );
      expect(new Set(all.map((each) => each.authToken)).size).to.equal(1);
      expect(all[0]!.authToken).not.to.equal(authToken);
      expect(source.reasons).to.deep.equal(['live initial', 'live rejected']);
    });

    it('nobody for a token that was replaced already', async () => {
      const {authToken} = await get();
      const other = await keeper.replace('live', authToken);
      expect(await keeper.replace('live', authToken)).to.equal(other);
      expect(source.asks).to.have.length(2);
    });

    it('nobody a second time while a refresh is under way', async () => {
      const {authToken} = await get();
      let give: (credentials: Credentials) => void = () => undefined;
      source.give = () => new Promise((resolve) => (give = resolve));
      await clock.pass(HOUR - 5 * MINUTE);
      const replaced = keeper.replace('live', authToken);
      give(source.fresh());
      expect((await replaced).authToken).not.to.equal(authToken);
      expect(source.reasons).to.deep.equal(['live initial', 'live expiring']);
    });
  });

  describe('tells that a token has expired', () => {
    it('once, when a hundred calls had theirs refused and there is no other', async () => {
      const {authToken} = await get();
      refuses();
      const calls = Array.from({length: 100}, () => rejectionOf(keeper.replace('live', authToken)));
      await Promise.all(calls);
      expect(told).to.deep.equal(['token-expired live']);
      expect(source.asks).to.have.length(2);
      expect(keeper.of('live')).to.equal(undefined);
      expect(clock.timers).to.equal(0);
    });

    it('not before its source has failed four times, as it may be away for a moment', async () => {
      const first = await get();
      fails();
      for (let times = 0; times < 3; times++) {
        const calls = [1, 2].map(() => rejectionOf(keeper.replace('live', first.authToken)));
        expect((await Promise.all(calls)).map(String)).to.deep.equal([
          'Error: away',
          'Error: away',
        ]);
        expect(keeper.of('live')).to.equal(first);
      }
      expect(told).to.deep.equal([]);
      await rejectionOf(keeper.replace('live', first.authToken));
      expect(told).to.deep.equal(['token-expired live']);
      expect(keeper.of('live')).to.equal(undefined);
    });

    it('not at all for a source that is back before, whose failures count anew', async () => {
      let {authToken} = await get();
      for (let times = 0; times < 3; times++) {
        fails();
        for (let fail = 0; fail < 3; fail++) await rejectionOf(keeper.replace('live', authToken));
        source.give = () => source.fresh();
        ({authToken} = await keeper.replace('live', authToken));
      }
      expect(told).to.deep.equal([]);
    });

    it('not while the device has no network, however long that is', async () => {
      setOnline(false);
      const {authToken} = await get();
      fails();
      await clock.pass(HOUR + 5 * MINUTE);
      await rejectionOf(keeper.replace('live', authToken));
      expect(others()).to.deep.equal([]);
      source.give = () => source.fresh();
      expect((await keeper.replace('live', authToken)).authToken).not.to.equal(authToken);
    });

    it('and remembers it, as it may still be good where it is to be ended', async () => {
      const first = await get();
      const second = await keeper.replace('live', first.authToken);
      const embed = await get('embed');
      keeper.expire('live');
      expect(keeper.known).to.deep.equal([embed, second, first]);
    });

    it('once until there is another one, and again then', async () => {
      await get();
      keeper.expire('live');
      keeper.expire('live');
      keeper.expire('embed');
      expect(told).to.deep.equal(['token-expired live']);
      await get();
      expect(source.reasons.at(-1)).to.equal('live initial');
      keeper.expire('live');
      expect(told).to.deep.equal(['token-expired live', 'token-expired live']);
    });

    it('with the instant that the source named, and never with the token', async () => {
      const facts: unknown[] = [];
      keeper.subscribe((fact) => facts.push(fact));
      const {expiresAt, authToken} = await get();
      keeper.expire('live');
      expect(facts).to.deep.equal([{type: 'token-expired', detail: {surface: 'live', expiresAt}}]);
      expect(JSON.stringify(facts)).not.to.include(authToken);
    });
  });

  describe('refreshes', () => {
    it('five minutes before the end of an hour or a day, and tells so', async () => {
      for (const life of [HOUR, DAY]) {
        source.give = () => source.fresh(life);
        keeper.expire('live');
        await get();
        told.length = 0;
        await clock.pass(life - 5 * MINUTE - 1);
        expect(told).to.deep.equal([]);
        await clock.pass(1);
        expect(told).to.have.length(2);
        expect(told[0]).to.equal('token-expiring live');
        expect(told[1]).to.match(/^token-renewed live \d$/);
        expect(keeper.of('live')!.authToken.at(-1)).to.equal(told[1]!.at(-1));
      }
    });

    it('a tenth of its time before the end of a short one, but at least five seconds', async () => {
      for (const [life, lead] of [
        [10 * MINUTE, MINUTE],
        [20 * SECOND, 5 * SECOND],
      ] as const) {
        source.give = () => source.fresh(life);
        keeper.expire('live');
        await get();
        told.length = 0;
        await clock.pass(life - lead - 1);
        expect(told).to.deep.equal([]);
        await clock.pass(1);
        expect(told).to.have.length(2);
      }
    });

    it('for as long as the page is there', async () => {
      await get();
      await clock.pass(DAY);
      expect(expirings()).to.have.length.within(24, 28);
      expect(source.asks).to.have.length(1 + expirings().length);
      expect(clock.timers).to.equal(1);
    });

    it('not at all what does not say when it ends', async () => {
      const {userId, authToken} = source.fresh();
      for (const expiresAt of [undefined, '', 'soon', '0', 'Infinity']) {
        source.give = () => ({userId, authToken, ...(expiresAt !== undefined && {expiresAt})});
        keeper.expire('live');
        await get();
      }
      await clock.pass(30 * DAY);
      expect(expirings()).to.deep.equal([]);
    });

    it('a token that holds for years without asking at once, as a timer that is too long would', async () => {
      source.give = () => source.fresh(3650 * DAY);
      await get();
      await clock.pass(DAY);
      expect(source.asks).to.have.length(1);
    });

    it('a token that holds for months five minutes before its end, and says nothing sooner', async () => {
      source.give = () => source.fresh(90 * DAY);
      await get();
      await clock.pass(90 * DAY - 5 * MINUTE - 1);
      expect(told).to.deep.equal([]);
      expect(clock.timers).to.equal(1);
      await clock.pass(1);
      expect(told).to.have.length(2);
      expect(source.reasons).to.deep.equal(['live initial', 'live expiring']);
    });

    it('again and again until the end while its source is away, and then tells it once', async () => {
      await get();
      fails();
      await clock.pass(HOUR - 1);
      expect(others()).to.deep.equal([]);
      expect(expirings()).to.deep.equal(['token-expiring live']);
      expect(source.asks.length).to.be.within(4, 60);
      expect(keeper.of('live')).to.be.an('object');
      await clock.pass(DAY);
      expect(others()).to.deep.equal(['token-expired live']);
      expect(expirings()).to.deep.equal(['token-expiring live']);
      expect(keeper.of('live')).to.equal(undefined);
      expect(clock.timers).to.equal(0);
    });

    it('after a quarter of what is left, but five seconds at least, and four times after the end', async () => {
      await get();
      const end = clock.now + HOUR;
      fails();
      await clock.pass(DAY);
      const [first, ...pauses] = source.pauses;
      expect(first).to.equal(55 * 60);
      expect(pauses.slice(0, 2)).to.deep.equal([75, 56.25]);
      const late = source.times.filter((time) => time >= end);
      expect(Math.min(...pauses.slice(0, -late.length))).to.be.at.least(5);
      expect(pauses.slice(1 - late.length)).to.deep.equal([10, 20, 40]);
      expect(told).to.deep.equal(['token-expiring live', 'token-expired live']);
    });

    it('and tells once of a token that its source gives again and again', async () => {
      const same = await get();
      source.give = () => same;
      await clock.pass(HOUR);
      expect(source.asks.length).to.be.above(2);
      expect(expirings()).to.deep.equal(['token-expiring live']);
    });

    it('in time where its source was away for a moment', async () => {
      await get();
      fails();
      await clock.pass(HOUR - 3 * MINUTE);
      source.give = () => source.fresh();
      await clock.pass(3 * MINUTE);
      expect(others()).to.have.length(1);
      expect(others()[0]).to.match(/^token-renewed live/);
    });

    it('the token of one surface without touching that of another', async () => {
      const embed = await get('embed');
      await clock.pass(30 * MINUTE);
      await get('live');
      keeper.expire('live');
      expect(keeper.of('embed')).to.equal(embed);
      await clock.pass(25 * MINUTE);
      expect(others()[1]).to.match(/^token-renewed embed/);
    });
  });

  describe('with a clock that is wrong', () => {
    for (const [skew, words] of [
      [DAY, 'a day ahead'],
      [-DAY, 'a day late'],
      [HOUR, 'an hour ahead'],
      [-HOUR, 'an hour late'],
    ] as const) {
      it(`${words} asks no more often than with the right one`, async () => {
        clock.skew = skew;
        await get();
        await clock.pass(3 * HOUR);
        expect(source.asks).to.have.length.within(1, 5);
        expect(others().every((each) => each.startsWith('token-renewed'))).to.equal(true);
      });
    }

    it('does not ask without end where it leaves its token a moment only', async () => {
      clock.skew = DAY;
      source.give = () => source.fresh(DAY + SECOND);
      await get();
      await clock.pass(10 * MINUTE);
      expect(source.asks.length).to.be.within(2, 10);
    });

    it('asks ever more rarely after three tokens in a row that seem to end soon', async () => {
      source.give = () => source.fresh(20 * SECOND);
      await get();
      await clock.pass(20 * MINUTE);
      expect(source.pauses).to.deep.equal([15, 15, 15, 60, 120, 240, 300, 300]);
      source.give = () => source.fresh(HOUR);
      await clock.pass(5 * MINUTE);
      source.give = () => source.fresh(20 * SECOND);
      source.times.length = 0;
      await clock.pass(HOUR);
      expect(source.pauses.slice(0, 4)).to.deep.equal([15, 15, 15, 60]);
    });

    it('asks as often as it is to for tokens that hold for a minute', async () => {
      source.give = () => source.fresh(MINUTE);
      await get();
      await clock.pass(10 * MINUTE);
      expect(new Set(source.pauses)).to.deep.equal(new Set([54]));
    });

    it('does not give up a good token because it was set forward and its source was away once', async () => {
      await get();
      clock.skew = DAY;
      fails();
      await clock.pass(HOUR - 4 * MINUTE);
      expect(source.asks).to.have.length(2);
      expect(others()).to.deep.equal([]);
      expect(keeper.of('live')).to.be.an('object');
    });

    it('gives a token all the same that seems to have ended long ago', async () => {
      clock.skew = 365 * DAY;
      expect((await get()).authToken).to.be.a('string');
      await clock.pass(DAY);
      expect(told).to.deep.equal([]);
      expect(source.asks).to.have.length(1);
    });
  });

  describe('lets nobody else through', () => {
    beforeEach(async () => {
      await get();
      source.give = () => source.fresh(HOUR, 'u-mallory');
    });

    it('on another surface', async () => {
      expect(await rejectionOf(get('embed'))).to.include({code: 'other-user'});
      expect(keeper.of('embed')).to.equal(undefined);
      expect(keeper.of('live')).to.be.an('object');
      expect(told).to.deep.equal(['other-user']);
    });

    it('in the place of a token that was refused', async () => {
      const {authToken} = keeper.of('live')!;
      expect(await rejectionOf(keeper.replace('live', authToken))).to.include({code: 'other-user'});
      expect(others()).to.deep.equal(['token-expired live']);
    });

    it('at a refresh, and says so once', async () => {
      await clock.pass(HOUR - 5 * MINUTE);
      expect(told).to.deep.equal(['token-expiring live', 'other-user', 'token-expired live']);
      expect(keeper.of('live')).to.equal(undefined);
      await clock.pass(DAY);
      expect(told).to.have.length(3);
      expect(source.asks).to.have.length(2);
      expect(clock.timers).to.equal(0);
    });

    it('at a refresh of one surface, which leaves that of another', async () => {
      source.give = () => source.fresh(2 * HOUR);
      const embed = await get('embed');
      source.give = () => source.fresh(HOUR, 'u-mallory');
      await clock.pass(HOUR);
      expect([keeper.of('live'), keeper.of('embed')]).to.deep.equal([undefined, embed]);
      expect(otherUsers()).to.have.length(1);
    });

    it('with a token that comes unasked', () => {
      source.renewed!('live', source.fresh(HOUR, 'u-mallory'));
      expect(told).to.deep.equal(['other-user', 'token-expired live']);
      expect(keeper.of('live')).to.equal(undefined);
    });

    it('once all tokens of the user have ended', async () => {
      keeper.expire('live');
      expect(await rejectionOf(get())).to.include({code: 'other-user'});
    });
  });

  it('throws nothing when its source fails while a refused token was to be replaced at refresh time', async () => {
    const errors = uncaught();
    const {authToken} = await get();
    let fail: (error: Error) => void = () => undefined;
    source.give = () => new Promise((_, reject) => (fail = reject));
    await clock.pass(HOUR - 6 * MINUTE);
    const replaced = rejectionOf(keeper.replace('live', authToken));
    await clock.pass(2 * MINUTE);
    fail(new Error('away'));
    expect(await replaced).to.include({message: 'away'});
    await clock.pass(DAY);
    // Errors that nobody handles are told in a task of their own.
    for (let wait = 0; wait < 5; wait++) await turn();
    expect(errors).to.deep.equal([]);
    expect(others()).to.deep.equal([]);
    expect(clock.timers).to.equal(0);
  });

  describe('of a source that gives tokens unasked', () => {
    it('takes them, tells so, and refreshes them in their turn', async () => {
      await get();
      await clock.pass(30 * MINUTE);
      const credentials = source.fresh();
      source.renewed!('live', credentials);
      expect(keeper.of('live')).to.equal(credentials);
      expect(told).to.have.length(1);
      await clock.pass(54 * MINUTE);
      expect(told).to.have.length(1);
      await clock.pass(MINUTE);
      expect(told[1]).to.equal('token-expiring live');
      expect(clock.timers).to.equal(1);
    });

    it('tells nobody of one that is being asked for', async () => {
      const asked = get();
      source.renewed!('live', source.fresh());
      await asked;
      expect(told).to.deep.equal([]);
    });
  });

  for (const way of ['release', 'end'] as const) {
    describe(`after ${way}()`, () => {
      it('has no token, no timer and nothing to tell', async () => {
        await Promise.all([get('live'), get('embed')]);
        expect(clock.timers).to.equal(2);
        await keeper[way]();
        expect(clock.timers).to.equal(0);
        expect(keeper.known).to.deep.equal([]);
        expect(source.ends).to.deep.equal([way]);
        await clock.pass(DAY);
        expect(told).to.deep.equal([]);
        expect(source.asks).to.have.length(2);
      });

      it('asks nobody, and says that it is disconnected', async () => {
        await keeper[way]();
        const error = await rejectionOf(get());
        expect(error).to.be.instanceOf(PexipChatError).and.include({code: 'disconnected'});
        expect(source.asks).to.deep.equal([]);
      });

      it('takes no answer that was under way, and says so to the source', async () => {
        const errors = uncaught();
        const asked = rejectionOf(get());
        await keeper[way]();
        expect(source.asks[0]!.signal.aborted).to.equal(true);
        expect(await asked).to.be.instanceOf(Error);
        expect(keeper.known).to.deep.equal([]);
        expect(clock.timers).to.equal(0);
        await turn();
        expect(errors).to.deep.equal([]);
      });

      it('gives up a refresh that is under way', async () => {
        await get();
        let fail: (error: Error) => void = () => undefined;
        source.give = () => new Promise((_, reject) => (fail = reject));
        await clock.pass(HOUR - 5 * MINUTE);
        await keeper[way]();
        fail(new Error('aborted'));
        await clock.pass(DAY);
        expect(others()).to.deep.equal([]);
        expect(clock.timers).to.equal(0);
      });
    });
  }
});
