import {expect} from '@open-wc/testing';

import {holdSubscription} from '../../src/session/held-subscription.js';
import {deferred} from '../support/deferred.js';

const setup = () => {
  const answer = deferred<string>();
  const ended: string[] = [];
  const asked: string[] = [];
  const life = new AbortController();
  const subscribe = (_: string, event: string) => {
    asked.push(event);
    return answer.promise;
  };
  const hold = (event: string) =>
    holdSubscription(
      {subscribe, unsubscribe: (id) => void ended.push(id)},
      life.signal,
      'stream',
      event,
    );
  return {answer, ended, asked, life, hold};
};

describe('holdSubscription', () => {
  it('ends it with the signal', async () => {
    const {answer, ended, life, hold} = setup();
    const held = hold('event');
    answer.resolve('7');
    await held;
    expect(ended).to.deep.equal([]);
    life.abort();
    expect(ended).to.deep.equal(['7']);
  });

  it('ends it as soon as it has an id where the signal came first', async () => {
    const {answer, ended, life, hold} = setup();
    const held = hold('event');
    life.abort();
    answer.resolve('7');
    await held;
    expect(ended).to.deep.equal(['7']);
  });

  it('does without what is refused, and asks for nothing after the signal', async () => {
    const {answer, ended, asked, life, hold} = setup();
    const held = hold('one');
    answer.reject(new Error('no'));
    await held;
    life.abort();
    await hold('other');
    expect([asked, ended]).to.deep.equal([['one'], []]);
  });
});
