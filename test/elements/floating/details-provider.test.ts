import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {MOST_DETAILS, parseDetails} from '../../../src/elements/floating/details-parse.js';
import {DetailsProvider, PROVIDER_TIMES} from '../../../src/elements/floating/details-provider.js';
import {anything, HOSTILE_RUNS, keepingPrototypes, ODD_VALUES} from '../../protocol/hostile.js';
import {deferred} from '../../support/deferred.js';
import {waitUntil} from '../../support/wait.js';

const OWN = {...PROVIDER_TIMES};
const BOB = {userAlias: 'bob', firstName: 'Bob'};
const CAROL = {userAlias: 'carol', firstName: 'Carol'};

describe('a provider whose users have no userAlias', () => {
  it('is told of on the console once, without what it gave', async () => {
    const {warn} = console;
    const said: string[] = [];
    console.warn = (...words: unknown[]) => void said.push(words.join(' '));
    try {
      for (const wrong of [[{alias: 'bob', firstName: 'CANARY'}], {bob: {firstName: 'CANARY'}}]) {
        const given = deferred<void>();
        const provider = new DetailsProvider(() => undefined);
        provider.use(() => {
          given.resolve();
          return wrong;
        });
        provider.of('bob');
        await given.promise;
        // What it gave is looked at within the same task.
        await new Promise((resolve) => setTimeout(resolve));
        provider.stop();
      }
    } finally {
      console.warn = warn;
    }
    expect(said).to.have.length(1);
    expect(said[0]).to.include('userDetailsProvider').and.include('userAlias');
    expect(said[0]).not.to.include('CANARY');
  });

  it('is not, where it gives what is documented, late or nothing', () => {
    let wrong = 0;
    for (const right of [undefined, [], [BOB], [CAROL, {userAlias: 'somebody else'}]])
      parseDetails(right, ['bob'], () => (wrong += 1));
    expect(wrong).to.equal(0);
    for (const odd of [null, BOB, 'bob', [BOB, 7], [{userAlias: 5}]])
      parseDetails(odd, ['bob', 'carol'], () => (wrong += 1));
    expect(wrong).to.equal(5);
  });
});

describe('what a provider gives', () => {
  const told = (data: unknown, asked = ['bob', 'carol']) =>
    Object.fromEntries(keepingPrototypes(() => parseDetails(data, asked)));

  it('is taken for those who were asked for', () => {
    expect(told([CAROL, BOB])).to.deep.equal({bob: BOB, carol: CAROL});
    expect(told([BOB], ['bob'])).to.deep.equal({bob: BOB});
  });

  it('may be of too few', () => {
    expect(told([BOB])).to.deep.equal({bob: BOB});
    expect(told([])).to.deep.equal({});
  });

  it('is left out of others, however many there are', () => {
    const many = Array.from({length: 500}, (_, n) => ({userAlias: `x${n}`}));
    expect(told([...many, BOB])).to.deep.equal({bob: BOB});
    expect(told([{userAlias: 'Bob'}, {userAlias: 'bob '}, {userAlias: '@bob'}])).to.deep.equal({});
  });

  it('counts the first time where there are two of one', () => {
    expect(told([BOB, {...BOB, firstName: 'Mallory'}])).to.deep.equal({bob: BOB});
  });

  it('is nothing where it is no list', () => {
    const lists = [
      {0: BOB, length: 1},
      new Set([BOB]),
      new Map([[0, BOB]]),
      (function* () {
        yield BOB;
      })(),
      Promise.resolve([BOB]),
      JSON.stringify([BOB]),
      BOB,
    ];
    for (const odd of [...ODD_VALUES, ...lists]) expect(told(odd)).to.deep.equal({});
  });

  it('is nothing of entries that are none', () => {
    expect(told([...ODD_VALUES, [BOB], Promise.resolve(BOB), BOB])).to.deep.equal({bob: BOB});
    for (const userAlias of ODD_VALUES)
      expect(told([{userAlias}, CAROL])).to.deep.equal({carol: CAROL});
    expect(told([{userAlias: new String('bob')}, {userAlias: ['bob']}])).to.deep.equal({});
  });

  it('is read past getters that throw', () => {
    const throwing = (): never => {
      throw new Error('x');
    };
    const entry = Object.defineProperty({...BOB}, 'image', {get: throwing, enumerable: true});
    const hidden = Object.defineProperty({}, 'userAlias', {get: throwing, enumerable: true});
    expect(told([hidden, entry, CAROL])).to.deep.equal({bob: BOB, carol: CAROL});
    const list = [CAROL, BOB];
    Object.defineProperty(list, 0, {get: throwing});
    expect(told(list)).to.deep.equal({bob: BOB});
  });

  it('is read past proxies that throw, lie, or were revoked', () => {
    const throwing = (): never => {
      throw new Error('x');
    };
    const traps = {get: throwing, ownKeys: throwing, has: throwing, getPrototypeOf: throwing};
    expect(told([new Proxy(BOB, traps), CAROL])).to.deep.equal({carol: CAROL});
    expect(told(new Proxy([BOB], traps))).to.deep.equal({});
    const keyless = new Proxy(BOB, {ownKeys: throwing});
    expect(told([keyless])).to.deep.equal({bob: {userAlias: 'bob'}});
    const {proxy, revoke} = Proxy.revocable([BOB], {});
    const other = Proxy.revocable(BOB, {});
    revoke();
    other.revoke();
    expect(told(proxy)).to.deep.equal({});
    expect(told([other.proxy, CAROL])).to.deep.equal({carol: CAROL});
    const endless = new Proxy([], {
      get: (_, key) => (key === 'length' ? Infinity : {userAlias: 'x'}),
    });
    expect(told(endless)).to.deep.equal({});
  });

  it('is read once: what changes its mind is as it was at first', () => {
    let count = 0;
    const entry = {
      get userAlias() {
        count += 1;
        return count === 1 ? 'bob' : 'carol';
      },
    };
    expect(told([entry])).to.deep.equal({bob: {userAlias: 'bob'}});
    expect(count).to.equal(1);
  });

  it('is looked at as far as anybody needs', () => {
    const many = Array<unknown>(MOST_DETAILS.people).fill(null);
    expect(told([...many, BOB])).to.deep.equal({});
    const keys = Object.fromEntries(Array.from({length: 10_000}, (_, n) => [`k${n}`, n]));
    expect(Object.keys(told([{...BOB, ...keys}])['bob'] ?? {})).to.have.length.at.most(101);
    expect(told(new Array(1e9))).to.deep.equal({});
  });

  it('changes no prototype', () => {
    const entry = JSON.parse('{"userAlias":"bob","__proto__":{"admin":true}}') as unknown;
    const {bob} = told([entry]);
    expect((bob as {admin?: boolean}).admin).to.equal(undefined);
    expect(Object.getPrototypeOf(bob)).to.equal(Object.prototype);
  });

  it('never throws, and has nobody who was not asked for', () => {
    const entry = fc.record({userAlias: fc.oneof(fc.constantFrom('bob', 'x'), anything())});
    fc.assert(
      fc.property(fc.oneof(fc.array(fc.oneof(entry, anything())), anything()), (data) => {
        for (const [alias, details] of Object.entries(told(data))) {
          expect(['bob', 'carol']).to.include(alias);
          expect(details.userAlias).to.equal(alias);
        }
      }),
      {...HOSTILE_RUNS, numRuns: 2_000},
    );
  });
});

describe('a provider', () => {
  let provider: DetailsProvider;
  let changes: number;
  beforeEach(() => {
    changes = 0;
    provider = new DetailsProvider(() => void (changes += 1));
  });
  afterEach(() => {
    provider.stop();
    Object.assign(PROVIDER_TIMES, OWN);
  });

  /** Asks for somebody else, and waits until that has come: what was to come before has. */
  const afterAnother = async (): Promise<void> => {
    const before = changes;
    provider.of('other');
    await waitUntil(() => changes > before);
  };

  it('is waited for 1,200 ms', () => expect(OWN.patience).to.equal(1_200));

  it('is asked for all of one task at once, with a list of aliases', async () => {
    const asked: unknown[][] = [];
    provider.use((...args: unknown[]) => {
      asked.push(args);
      return Promise.resolve([BOB, CAROL]);
    });
    expect(provider.of('bob')).to.equal(undefined);
    await Promise.resolve();
    expect(provider.of('carol')).to.equal(undefined);
    provider.of('bob');
    await waitUntil(() => changes === 1);
    expect(asked).to.deep.equal([[['bob', 'carol']]]);
    expect(provider.of('bob')).to.deep.equal(BOB);
    expect(provider.of('carol')).to.deep.equal(CAROL);
  });

  it('may answer at once, and may do what it likes with the list', async () => {
    provider.use((aliases: string[]) => {
      const told = aliases.map((userAlias) => ({userAlias}));
      aliases.length = 0;
      return told;
    });
    provider.of('bob');
    await waitUntil(() => changes === 1);
    expect(provider.of('bob')).to.deep.equal({userAlias: 'bob'});
  });

  it('is asked for a hundred people at a time', async () => {
    const asked: number[] = [];
    provider.use((aliases: string[]) => {
      asked.push(aliases.length);
      return aliases.map((userAlias) => ({userAlias}));
    });
    for (let n = 0; n < 250; n += 1) provider.of(`u${n}`);
    await waitUntil(() => changes === 3);
    expect(asked).to.deep.equal([100, 100, 50]);
  });

  for (const [what, fails] of [
    [
      'throws',
      () => {
        throw new Error('x');
      },
    ],
    ['rejects', () => Promise.reject(new Error('x'))],
    ['rejects with nothing', () => Promise.reject(undefined as unknown as Error)],
    ['gives no list', () => 'bob'],
    ['gives nothing', () => undefined],
    ['gives too few', () => []],
    [
      'gives a promise that is none',
      () => ({
        get then(): never {
          throw new Error('x');
        },
      }),
    ],
  ] as const) {
    it(`that ${what} has told nothing, and is not asked again before a minute is over`, async () => {
      let asked = 0;
      provider.use((aliases: string[]): unknown => {
        if (aliases.includes('other')) return [{userAlias: 'other'}];
        asked += 1;
        return fails();
      });
      provider.of('bob');
      await waitUntil(() => asked === 1);
      await afterAnother();
      expect(provider.of('bob')).to.equal(undefined);
      provider.of('carol');
      await waitUntil(() => asked === 2);
      expect(OWN.again).to.equal(60_000);
    });
  }

  it('that hangs is not waited for, and what comes late does not count', async () => {
    Object.assign(PROVIDER_TIMES, {patience: 20, again: 0});
    const late = deferred<unknown>();
    let asked = 0;
    provider.use((aliases: string[]): unknown => {
      if (aliases.includes('other')) return [{userAlias: 'other'}];
      asked += 1;
      return asked > 1 ? new Promise(() => undefined) : late.promise;
    });
    // It is asked again: the first time is over.
    await waitUntil(() => provider.of('bob') ?? asked === 2);
    late.resolve([BOB]);
    await afterAnother();
    expect(provider.of('bob')).to.equal(undefined);
    expect(changes).to.equal(1);
  });

  it('that was too slow is asked again later for those who are still shown', async () => {
    Object.assign(PROVIDER_TIMES, {patience: 10, again: 0});
    let asked = 0;
    provider.use(() => {
      asked += 1;
      return asked > 1 ? [BOB] : new Promise(() => undefined);
    });
    provider.of('bob');
    await waitUntil(() => provider.of('bob') !== undefined);
    expect(asked).to.equal(2);
    expect(provider.of('bob')).to.deep.equal(BOB);
  });

  it('that is replaced has told nothing, and what it still tells does not count', async () => {
    const old = deferred<unknown>();
    let begun = false;
    provider.use(() => {
      begun = true;
      return old.promise;
    });
    provider.of('bob');
    await waitUntil(() => begun);
    const isOther = provider.use((aliases: string[]) =>
      aliases.filter((each) => each !== 'bob').map((userAlias) => ({userAlias})),
    );
    expect(isOther).to.equal(true);
    expect(provider.of('bob')).to.equal(undefined);
    old.resolve([BOB]);
    await afterAnother();
    expect(provider.of('bob')).to.equal(undefined);
    expect(changes).to.equal(1);
  });

  it('that is the same as before has told what it has', async () => {
    const same = () => [BOB];
    expect(provider.use(same)).to.equal(true);
    provider.of('bob');
    await waitUntil(() => changes === 1);
    expect(provider.use(same)).to.equal(false);
    expect(provider.of('bob')).to.deep.equal(BOB);
  });

  it('is none where it is no function', () => {
    for (const odd of ODD_VALUES) {
      if (typeof odd === 'function') continue;
      expect(provider.use(odd)).to.equal(false);
      expect(provider.isThere).to.equal(false);
      expect(provider.of('bob')).to.equal(undefined);
    }
  });

  it('is asked nothing any more once the widget is gone', async () => {
    let asked = 0;
    provider.use(() => {
      asked += 1;
      return [BOB];
    });
    provider.of('bob');
    provider.stop();
    provider.use(() => [{userAlias: 'other'}]);
    await afterAnother();
    expect(asked).to.equal(0);
  });
});
