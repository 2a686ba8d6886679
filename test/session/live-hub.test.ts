import {expect} from '@open-wc/testing';

import {forgetSession, Held, isNeeded, sharedSession} from '../../src/session/live-hub.js';
import {FakeClock} from '../support/fake-socket.js';

const LINGER = 5_000;

describe('Held', () => {
  let clock: FakeClock;
  let ended: string[];
  let busy: boolean;
  let held: Held<string>;

  beforeEach(() => {
    clock = new FakeClock();
    ended = [];
    busy = false;
    held = new Held(
      'it',
      (value) => ended.push(value),
      () => busy,
    );
  });
  afterEach(() => clock.restore());

  it('ends five seconds after the last of its holders has gone, and not before', async () => {
    expect([held.hold(), held.hold()]).to.deep.equal(['it', 'it']);
    held.letGo();
    await clock.pass(10 * LINGER);
    expect({ended, isHeld: held.isHeld}).to.deep.equal({ended: [], isHeld: true});
    held.letGo();
    await clock.pass(LINGER - 1);
    expect({ended, isHeld: held.isHeld}).to.deep.equal({ended: [], isHeld: false});
    await clock.pass(1);
    expect(ended).to.deep.equal(['it']);
  });

  it('goes on where somebody holds it again meanwhile, as a pane that is moved does', async () => {
    held.hold();
    held.letGo();
    await clock.pass(LINGER - 1);
    held.hold();
    await clock.pass(10 * LINGER);
    expect(ended).to.deep.equal([]);
    expect(clock.timers).to.equal(0);
  });

  it('stays as long as it is busy, for a minute at most', async () => {
    busy = true;
    held.hold();
    held.letGo();
    await clock.pass(12 * LINGER - 1);
    expect(ended).to.deep.equal([]);
    await clock.pass(1);
    expect(ended).to.deep.equal(['it']);
    expect(clock.timers).to.equal(0);
  });

  it('ends at the next moment once it is no longer busy', async () => {
    busy = true;
    held.hold();
    held.letGo();
    await clock.pass(2 * LINGER);
    busy = false;
    await clock.pass(LINGER);
    expect(ended).to.deep.equal(['it']);
  });
});

describe('sharedSession', () => {
  const base = 'https://chat.example.com/';
  const rest = () => Promise.reject(new Error('not asked'));
  const of = (userId: string, at = base) => sharedSession({base: at, userId}, rest);

  afterEach(() => ['alice', 'bob'].forEach((userId) => forgetSession(of(userId))));

  it('is one for a workspace and user, and another for each other', () => {
    const other = 'https://other.example.com/';
    expect(of('alice')).to.equal(of('alice'));
    expect(of('alice')).not.to.equal(of('bob'));
    expect(of('alice')).not.to.equal(of('alice', other));
    forgetSession(of('alice', other));
  });

  it('is not shared any more once its user has signed out', () => {
    const before = of('alice');
    forgetSession(of('alice'));
    expect(of('alice')).not.to.equal(before);
  });

  it('of a user who has signed in again is not ended with the one before', async () => {
    const clock = new FakeClock();
    try {
      const before = of('alice');
      before.hold();
      forgetSession(of('alice'));
      const next = of('alice');
      before.letGo();
      await clock.pass(2 * LINGER);
      expect(of('alice')).to.equal(next);
    } finally {
      clock.restore();
    }
  });

  it('needs those who give its tokens, until it is forgotten', () => {
    const giver = {} as Parameters<typeof isNeeded>[0];
    expect(isNeeded(giver)).to.be.false;
    of('alice').value.givers.push(giver);
    expect(isNeeded(giver)).to.be.true;
    forgetSession(of('alice'));
    expect(isNeeded(giver)).to.be.false;
  });
});
