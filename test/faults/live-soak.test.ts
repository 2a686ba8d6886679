import {expect} from '@open-wc/testing';

import {random, ROOMS, setupLive} from '../support/live.js';
import {atFullLength} from '../support/full-length.js';
import {breakages, type Breakage} from '../support/live-breakages.js';
import {FLAWLESS, judge, Ledger} from '../support/live-ledger.js';
import {uncaught} from '../support/uncaught.js';

const FAULTS = atFullLength('chromium', 100, 30);
/** What others write before and during each fault. */
const EACH = atFullLength('chromium', 100, 70);
const MESSAGES = FAULTS * EACH;
/** What the user sends before a fault, and again during it. */
const OWN = 3;
/** Set it to a seed that was printed to have the same faults and messages again. */
const SEED = Math.floor(Math.random() * 2 ** 32);

describe('F10: thousands of messages over dozens of faults', function () {
  this.timeout(240_000);

  it('are told once each and in order, with their last texts and without what was deleted', async () => {
    const errors = uncaught();
    const {proxied, live, remote, idOf} = await setupLive();
    const chance = random(SEED);
    const ledger = new Ledger(live, random(SEED + 1));
    const kinds = breakages({proxied, live, remote, chance});
    // In any order, but each once before any comes again: that it is mostly those of one kind is luck, too.
    const deck: Breakage[] = [];
    const deal = (): Breakage => {
      if (!deck.length) deck.push(...kinds);
      return deck.splice(Math.floor(chance() * deck.length), 1)[0]!;
    };
    const happened: Record<string, number> = {};
    const own: string[] = [];
    const sends: Promise<unknown>[] = [];
    const send = (): void => {
      for (let count = 0; count < OWN; count++) {
        own.push(`own ${own.length + 1}`);
        sends.push(live.session.send(idOf('followed'), own.at(-1)!));
      }
    };
    const start = performance.now();
    for (let fault = 0; fault < FAULTS; fault++) {
      const {name, begin, end} = deal();
      happened[name] = (happened[name] ?? 0) + 1;
      const before = Math.floor(chance() * EACH);
      await ledger.write(before);
      if (chance() < 0.5) send();
      await begin();
      send();
      await ledger.write(EACH - before);
      await end();
      // Some faults hit a connection that is not what it should be yet.
      if (chance() < 0.7) await live.live();
    }
    await Promise.all(sends);
    await live.live();
    for (const room of ROOMS) {
      await remote.post('bob', room, `the end of ${room}`);
      await live.hears(`the end of ${room}`);
    }
    const {ever} = await proxied.counters();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `seed ${SEED}: ${ledger.posted} messages (${ledger.unheard} while away), ${own.length} own, ` +
        `${ledger.edited} edits, ${ledger.removed} deletions, ${ever} connections, ${seconds} s, ` +
        JSON.stringify(happened),
    );
    expect(await judge(live, idOf), `seed ${SEED}`).to.deep.equal(FLAWLESS);
    const texts = (await remote.messages('followed')).map(({msg}) => msg);
    expect(texts.filter((text) => text.startsWith('own '))).to.deep.equal(own);
    expect(ledger.posted).to.equal(MESSAGES);
    expect(ledger.unheard).to.be.above(MESSAGES / 5);
    expect(errors).to.deep.equal([]);
  });
});
