import {expect} from '@open-wc/testing';

import {HeldSubscriptions} from '../../src/session/held-subscriptions.js';
import {deferred} from '../support/deferred.js';
import {turn} from '../support/fake-socket.js';

const setup = () => {
  const answers = [deferred<string>(), deferred<string>()];
  const ended: string[] = [];
  let asked = 0;
  const held = new HeldSubscriptions({
    subscribe: () => answers[asked++]!.promise,
    unsubscribe: (id) => void ended.push(id),
  });
  return {held, answers, ended, asked: () => asked};
};

describe('HeldSubscriptions', () => {
  it('ends what has an id, and the rest as soon as it has one, each once', async () => {
    const {held, answers, ended} = setup();
    held.add('stream', 'one');
    held.add('stream', 'other');
    answers[0]!.resolve('1');
    await turn();
    held.end();
    expect(ended).to.deep.equal(['1']);
    answers[1]!.resolve('2');
    await turn();
    expect(ended).to.deep.equal(['1', '2']);
  });

  it('does without what is refused, and asks for nothing after its end', async () => {
    const {held, answers, ended, asked} = setup();
    held.add('stream', 'one');
    answers[0]!.reject(new Error('no'));
    await turn();
    held.end();
    held.add('stream', 'other');
    expect([asked(), ended]).to.deep.equal([1, []]);
  });
});
