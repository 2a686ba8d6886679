import {expect} from '@open-wc/testing';

import {TYPING_PACE, TypingNotice} from '../../src/session/typing-notice.js';
import {waitUntil} from '../support/wait.js';

const OWN = {...TYPING_PACE};
const LONG = 60_000;

describe('the notice that somebody writes', () => {
  let told: boolean[];
  let notice: TypingNotice;
  beforeEach(() => {
    told = [];
    notice = new TypingNotice((active) => told.push(active));
    Object.assign(TYPING_PACE, {renew: LONG, silence: LONG});
  });
  afterEach(() => {
    notice.end();
    Object.assign(TYPING_PACE, OWN);
  });

  it("keeps the times of Rocket.Chat's own client", () => {
    expect(OWN).to.deep.equal({renew: 5_000, silence: 15_000});
  });

  it('is given once for many letters', () => {
    for (let i = 0; i < 50; i++) notice.touch();
    expect(told).to.deep.equal([true]);
  });

  it('is given again while somebody goes on writing', async () => {
    TYPING_PACE.renew = 1;
    notice.touch();
    await waitUntil(() => {
      notice.touch();
      return told.length > 2;
    });
    expect(told).not.to.include(false);
  });

  it('is not given again by time alone', async () => {
    Object.assign(TYPING_PACE, {renew: 1, silence: 30});
    notice.touch();
    await waitUntil(() => told.includes(false));
    expect(told).to.deep.equal([true, false]);
  });

  it('ends once, and begins again with the next letter', () => {
    notice.end();
    notice.touch();
    notice.end();
    notice.end();
    notice.touch();
    expect(told).to.deep.equal([true, false, true]);
  });
});
