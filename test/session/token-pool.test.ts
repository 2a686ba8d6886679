import {expect} from '@open-wc/testing';

import type {CredentialsAsk} from '../../src/protocol/credentials.js';
import {forgetTokens, pooledTokens, type QueueListener} from '../../src/session/token-pool.js';
import type {TokenSource} from '../../src/session/token-source.js';
import {FakeClock} from '../support/fake-socket.js';

const LINGER = 5_000;

describe('pooledTokens', () => {
  let clock: FakeClock;
  /** What has become of the sources, in order. */
  let told: string[];
  let queues: QueueListener[];

  /** A way to sign in by these things. */
  const by = (...given: readonly unknown[]) => ({
    given,
    source: (queued: QueueListener): TokenSource => {
      queues.push(queued);
      const name = `source ${queues.length}`;
      told.push(name);
      return {
        ask: async ({surface}: CredentialsAsk) => ({userId: 'u', authToken: `${name} ${surface}`}),
        end: async () => void told.push(`${name} ended`),
        release: () => void told.push(`${name} released`),
        use: () => undefined,
      };
    },
  });

  beforeEach(() => {
    clock = new FakeClock();
    told = [];
    queues = [];
  });
  afterEach(async () => {
    await clock.pass(100 * LINGER);
    clock.restore();
  });

  it('is one for the same things, and asks once for all panes', async () => {
    const auth = (): void => undefined;
    const one = pooledTokens(by(auth), {});
    one.hold();
    const other = pooledTokens(by(auth), {});
    expect(other).to.equal(one);
    expect((await other.hold().keeper.get('live')).authToken).to.equal('source 1 live');
    expect(told).to.deep.equal(['source 1']);
    one.letGo();
    other.letGo();
  });

  it('is another one for other things, or the same in another order', () => {
    const held = [by('a', 'b'), by('b', 'a'), by('a'), by('a', undefined)].map((each) =>
      pooledTokens(each, {}),
    );
    held.forEach((each) => each.hold());
    expect(new Set(held.map(({value}) => value.keeper)).size).to.equal(4);
    held.forEach((each) => each.letGo());
  });

  it('is kept for a moment for a pane that held it, and for nobody else', async () => {
    const owner = {};
    const held = pooledTokens(by('key'), owner);
    held.hold();
    held.letGo();
    expect(pooledTokens(by('key'), owner)).to.equal(held);
    const others = pooledTokens(by('key'), {});
    expect(others).not.to.equal(held);
    others.hold();
    await clock.pass(LINGER);
    expect(told).to.deep.equal(['source 1', 'source 2', 'source 1 released']);
    others.letGo();
  });

  it('lets go of its source five seconds after the last pane', async () => {
    const owner = {};
    const held = pooledTokens(by('key'), owner);
    held.hold();
    held.letGo();
    await clock.pass(LINGER);
    expect(told).to.deep.equal(['source 1', 'source 1 released']);
    expect(pooledTokens(by('key'), owner)).not.to.equal(held);
  });

  it('is not given to anybody once its tokens have ended', () => {
    const owner = {};
    const held = pooledTokens(by('key'), owner);
    held.hold();
    forgetTokens(held);
    expect(pooledTokens(by('key'), owner)).not.to.equal(held);
    held.letGo();
  });

  it('tells each pane that waits its place in the queue', () => {
    const held = pooledTokens(by('key'), {});
    const {waiters} = held.hold();
    const places: unknown[] = [];
    const hear: QueueListener = (place) => places.push(place);
    waiters.add(hear);
    for (const place of [3, null, undefined]) queues[0]!(place);
    waiters.delete(hear);
    queues[0]!(2);
    expect(places).to.deep.equal([3, null, undefined]);
    held.letGo();
  });
});
