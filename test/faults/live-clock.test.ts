import {expect} from '@open-wc/testing';

import {CALM, setupLive, type Live} from '../support/live.js';

const DAY = 86_400_000;
const RealDate = Date;
let skew = 0;

/** Has the page's clock go wrong by {@link skew} until the end of the test. */
const skewClock = (): void => {
  globalThis.Date = class extends RealDate {
    constructor(...args: [] | [number | string | Date]) {
      if (args.length) super(...args);
      else super(RealDate.now() + skew);
    }

    static override now(): number {
      return RealDate.now() + skew;
    }
  } as DateConstructor;
};
afterEach(() => {
  skew = 0;
  globalThis.Date = RealDate;
});

/** What was told, in words that are the same in each run. */
const transcript = (live: Live): string[] =>
  live.facts.flatMap((fact) => {
    switch (fact.type) {
      case 'connection-changed':
        // How many attempts fail before the server is back is a matter of luck.
        return fact.detail.status === 'offline' ? [] : [fact.detail.status];
      case 'signed-in':
        return [`signed in, replaced: ${fact.replaced}`];
      case 'message-received':
      case 'message-sent':
        return [`${fact.type}: ${fact.detail.text}`];
      case 'message-changed':
        return [`${fact.detail.change}: ${fact.detail.text ?? ''}`];
      default:
        return [];
    }
  });

/** A session with everything in it. @param jump what the clock is wrong by from its middle on */
const session = async (start: number, jump = start): Promise<string[]> => {
  skew = start;
  skewClock();
  const {proxied, live, remote, idOf} = await setupLive({pace: CALM});
  const {_id} = await remote.post('bob', 'followed', 'one');
  await live.session.send(idOf('followed'), 'two');
  const {_id: gone} = await remote.post('bob', 'followed', 'three');
  await remote.edit('bob', 'followed', _id, 'one, edited');
  await live.until(() => transcript(live).includes('edited: one, edited'));
  skew = jump;
  await live.loses(proxied.fault('refuse'));
  await remote.edit('bob', 'followed', _id, 'one, edited twice');
  await remote.remove('bob', 'followed', gone);
  const late = await remote.post('bob', 'followed', 'four');
  await remote.edit('bob', 'followed', late._id, 'four, edited');
  await remote.post('bob', 'unfollowed', 'five');
  const sent = live.session.send(idOf('followed'), 'six');
  await remote.expireToken(live.token);
  await proxied.fault('listenAgain');
  await sent;
  await live.live();
  await remote.post('bob', 'followed', 'the end');
  await live.hears('the end');
  live.session.stop();
  return transcript(live);
};

describe('F16: a clock that is wrong', () => {
  for (const [words, start, jump] of [
    ['by a day ahead', DAY, DAY],
    ['by a day late', -DAY, -DAY],
    ['and jumps a day back in mid-session', 0, -DAY],
    ['and jumps a day ahead in mid-session', 0, DAY],
  ] as const) {
    it(`${words} changes nothing of what is told`, async () => {
      const right = await session(0);
      expect(right).to.include.members(['message-received: four, edited', 'deleted: ']);
      expect(await session(start, jump)).to.deep.equal(right);
    });
  }
});
