import {expect} from '@open-wc/testing';

import {AccessTokenClock, TOKEN_TIMES} from '../../../src/elements/floating/access-token-clock.js';
import {PexipChatError, type ErrorCode} from '../../../src/errors.js';
import {ODD_VALUES} from '../../protocol/hostile.js';
import {accessToken, seconds} from '../../support/access-tokens.js';
import {see} from '../../support/visibility.js';
import {waitUntil} from '../../support/wait.js';

const OWN = {...TOKEN_TIMES};
const DAY = 86_400_000;
const realNow = Date.now;

describe('the end of an access token', () => {
  let told: string[];
  let clock: AccessTokenClock;
  /** Ms by which the device's clock was set forward. */
  let ahead: number;
  beforeEach(() => {
    told = [];
    ahead = 0;
    Date.now = () => realNow() + ahead;
    clock = new AccessTokenClock((fact, {expiresAt}) => told.push(`${fact} ${expiresAt}`));
  });
  afterEach(() => {
    clock.stop();
    Date.now = realNow;
    Object.assign(TOKEN_TIMES, OWN);
  });

  /** A token with so many ms left, made so many ms before. */
  const tokenFor = (left: number, age = 0, sub = 'alice') => {
    const end = Date.now() + left;
    const claims = {sub, exp: seconds(end), iat: seconds(Date.now() - age)};
    const expiresAt = new Date(Math.floor(seconds(end) * 1000)).toISOString();
    return {token: accessToken(claims), expiresAt};
  };
  const facts = () => told.map((each) => each.split(' ')[0]);
  /** The device slept, or its clock was set; the page is seen again. */
  const passes = (time: number): void => {
    ahead += time;
    see('visible');
  };

  it('is told a minute before, and when it has come: once each', () => {
    const {token, expiresAt} = tokenFor(3_600_000);
    clock.use(token);
    passes(3_600_000 - 61_000);
    expect(told).to.deep.equal([]);
    passes(2_000);
    expect(told).to.deep.equal([`about-to-expire ${expiresAt}`]);
    passes(1_000);
    see('visible');
    expect(told).to.have.length(1);
    passes(60_000);
    expect(told.slice(1)).to.deep.equal([`expired ${expiresAt}`]);
    passes(DAY);
    expect(told).to.have.length(2);
  });

  it('is told by itself, without a page that wakes', async () => {
    clock.use(tokenFor(5_000).token);
    await waitUntil(() => told.length === 2);
    expect(facts()).to.deep.equal(['about-to-expire', 'expired']);
  });

  it('is told in the last fifth of a short token’s time', () => {
    clock.use(tokenFor(100_000).token);
    passes(79_000);
    expect(told).to.deep.equal([]);
    passes(2_000);
    expect(facts()).to.deep.equal(['about-to-expire']);
  });

  it('of the shortest token that a broker makes is told a minute before', () => {
    clock.use(tokenFor(360_000).token);
    passes(299_000);
    expect(told).to.deep.equal([]);
    passes(2_000);
    expect(facts()).to.deep.equal(['about-to-expire']);
  });

  it('is told without a warning to who slept through both', () => {
    clock.use(tokenFor(3_600_000).token);
    passes(DAY);
    expect(facts()).to.deep.equal(['expired']);
  });

  it('is told of a token that had ended when it was given, though not while it is given', async () => {
    clock.use(tokenFor(-1_000).token);
    expect(told).to.deep.equal([]);
    await waitUntil(() => told.length > 0);
    expect(facts()).to.deep.equal(['expired']);
  });

  it('is not told early of a token that is good for longer than timers last', async () => {
    const timers: (number | undefined)[] = [];
    const {setTimeout: real} = globalThis;
    globalThis.setTimeout = ((work: () => void, time?: number) => {
      timers.push(time);
      return real(work, time);
    }) as typeof setTimeout;
    try {
      clock.use(tokenFor(100 * DAY).token);
    } finally {
      globalThis.setTimeout = real;
    }
    expect(timers).to.deep.equal([3_600_000]);
    expect(told).to.deep.equal([]);
    passes(99 * DAY);
    expect(told).to.deep.equal([]);
    passes(DAY - 30_000);
    expect(facts()).to.deep.equal(['about-to-expire']);
  });

  it('is looked at now and then, as the clock may be set while the page is seen', async () => {
    TOKEN_TIMES.look = 5;
    clock.use(tokenFor(3_600_000).token);
    ahead += DAY;
    await waitUntil(() => told.length > 0);
    expect(facts()).to.deep.equal(['expired']);
  });

  it('is not put off by a device whose clock is behind', () => {
    ahead = -DAY;
    const end = realNow() + 360_000;
    clock.use(accessToken({sub: 'alice', exp: seconds(end), iat: seconds(end - 360_000)}));
    passes(301_000);
    expect(facts()).to.deep.equal(['about-to-expire']);
    passes(60_000);
    expect(facts()).to.deep.equal(['about-to-expire', 'expired']);
  });

  describe('on a device whose clock is ahead by more than the token lasts', () => {
    const AHEAD = 420_000;
    const LIFE = 360_000;
    /** As a server of the right time makes it now. */
    const fresh = (sub = 'alice'): {token: string; expiresAt: string} => {
      const end = Math.floor((Date.now() - AHEAD + LIFE) / 1000) * 1000;
      return {
        token: accessToken({sub, exp: seconds(end), iat: seconds(end - LIFE)}),
        expiresAt: new Date(end).toISOString(),
      };
    };
    beforeEach(() => (ahead = AHEAD));

    it('is as far away as it was when the token was made', () => {
      const {token, expiresAt} = fresh();
      clock.use(token);
      passes(LIFE - 61_000);
      expect(told).to.deep.equal([]);
      passes(2_000);
      expect(told).to.deep.equal([`about-to-expire ${expiresAt}`]);
      passes(60_000);
      expect(told.slice(1)).to.deep.equal([`expired ${expiresAt}`]);
    });

    it('is put off by a fresh token, time after time, and told once for each', () => {
      clock.use(fresh().token);
      for (let count = 1; count <= 3; count++) {
        passes(LIFE - 30_000);
        expect(facts()).to.deep.equal(Array<string>(count).fill('about-to-expire'));
        const {token, expiresAt} = fresh();
        expect(clock.update(token)).to.deep.equal({expiresAt});
      }
    });

    it('does not come again for the token that has ended here', () => {
      const {token} = fresh();
      clock.use(token);
      passes(LIFE + 1);
      expect(() => clock.update(token)).to.throw(PexipChatError, 'has ended');
      clock.use(token);
      passes(DAY);
      expect(facts()).to.deep.equal(['expired']);
    });
  });

  it('is known of no token that is called for each time, and of none that cannot be read', () => {
    const {token} = tokenFor(60_000);
    clock.use(token);
    for (const given of [() => token, undefined, null, '', 'x.y.z', `${token}x y`]) {
      clock.use(given);
      passes(DAY);
      ahead = 0;
    }
    expect(told).to.deep.equal([]);
  });

  it('is told once where the page gives the same token again', () => {
    const {token} = tokenFor(3_600_000);
    clock.use(token);
    passes(3_600_000 - 30_000);
    clock.use(token);
    passes(1);
    expect(facts()).to.deep.equal(['about-to-expire']);
  });

  it('is told no more once the widget is gone', () => {
    clock.use(tokenFor(3_600_000).token);
    clock.stop();
    passes(DAY);
    expect(told).to.deep.equal([]);
  });

  it('survives a listener that stops it', () => {
    clock = new AccessTokenClock((fact) => {
      told.push(fact);
      clock.stop();
    });
    clock.use(tokenFor(3_600_000).token);
    passes(3_600_000 - 30_000);
    passes(DAY);
    expect(told).to.deep.equal(['about-to-expire']);
  });

  describe('is put off by another token', () => {
    const refusal = (token: unknown): PexipChatError => {
      try {
        clock.update(token);
      } catch (error) {
        expect(error).to.be.instanceOf(PexipChatError);
        return error as PexipChatError;
      }
      return expect.fail('was taken');
    };
    const refused = (token: unknown, code: ErrorCode): void => {
      expect(refusal(token).code).to.equal(code);
    };

    it('which says when it ends, and is watched in the place of the first', () => {
      clock.use(tokenFor(3_600_000).token);
      const {token, expiresAt} = tokenFor(7_200_000);
      expect(clock.update(token)).to.deep.equal({expiresAt});
      expect(new Date(expiresAt).toISOString()).to.equal(expiresAt);
      passes(3_600_000);
      expect(told).to.deep.equal([]);
      passes(3_600_000 - 30_000);
      expect(told).to.deep.equal([`about-to-expire ${expiresAt}`]);
    });

    it('even where that is given when it is told that the first one ends', () => {
      clock = new AccessTokenClock((fact) => {
        told.push(fact);
        if (told.length === 1) clock.update(tokenFor(3_600_000).token);
      });
      clock.use(tokenFor(3_600_000).token);
      passes(3_600_000 - 30_000);
      expect(told).to.deep.equal(['about-to-expire']);
      passes(60_000);
      expect(told).to.deep.equal(['about-to-expire']);
      passes(3_600_000);
      expect(told).to.deep.equal(['about-to-expire', 'expired']);
    });

    it('even after the first one has ended', () => {
      clock.use(tokenFor(60_000).token);
      passes(61_000);
      const {token, expiresAt} = tokenFor(360_000);
      expect(clock.update(token)).to.deep.equal({expiresAt});
      passes(361_000);
      expect(facts()).to.deep.equal(['expired', 'expired']);
    });

    it('also where the page gave a function first', () => {
      clock.use(() => 'x');
      const {token, expiresAt} = tokenFor(360_000);
      expect(clock.update(token)).to.deep.equal({expiresAt});
    });

    it('but not by one that is none, or has ended, and the first one is watched on', () => {
      clock.use(tokenFor(3_600_000).token);
      for (const odd of [...ODD_VALUES, 'x.y.z', () => tokenFor(1).token])
        refused(odd, 'invalid-option');
      refused(tokenFor(-1_000).token, 'invalid-option');
      refused(accessToken({sub: 'alice'}), 'invalid-option');
      passes(DAY);
      expect(facts()).to.deep.equal(['expired']);
    });

    it('but not by one of another user', () => {
      clock.use(tokenFor(3_600_000).token);
      refused(tokenFor(7_200_000, 0, 'bob').token, 'other-user');
      refused(tokenFor(7_200_000, 0, 'Alice').token, 'other-user');
      passes(DAY);
      expect(facts()).to.deep.equal(['expired']);
    });

    it('and no error, event or property has a token in it', () => {
      const {token} = tokenFor(3_600_000, 0, 'canary-sub');
      clock.use(tokenFor(3_600_000).token);
      const {message, stack, cause} = refusal(token);
      const broken = refusal(`${token} `);
      passes(DAY);
      const seen = JSON.stringify([
        message,
        stack,
        cause,
        broken.message,
        broken.stack,
        told,
        clock,
      ]);
      for (const part of [...token.split('.'), 'canary-sub']) expect(seen).not.to.include(part);
      expect(Object.keys(clock)).to.deep.equal([]);
    });
  });
});
