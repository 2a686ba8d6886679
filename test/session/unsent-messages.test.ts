import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import {UnsentMessages, type PendingMessage} from '../../src/session/unsent-messages.js';
import {turn} from '../support/turn.js';

const refused = new PexipChatError('message-refused', 'Not this one.');

const setup = () => {
  const unsent = new UnsentMessages();
  const given: {message: PendingMessage; take: () => void; refuse: (error: unknown) => void}[] = [];
  const deliver = (message: PendingMessage) =>
    new Promise<void>((take, refuse) => given.push({message, take, refuse}));
  return {
    unsent,
    given,
    deliver,
    send: (text: string) => unsent.send(text, deliver),
    texts: () => unsent.getState().pending.map(({text}) => text),
    errors: () => unsent.getState().pending.map(({error}) => error),
  };
};

describe("one's own messages that are not sent yet", () => {
  it('keep the order in which they were written, whatever becomes of each', async () => {
    const {given, send, texts, errors} = setup();
    ['c', 'a', 'b'].forEach(send);
    given[0]!.refuse(refused);
    await turn();
    expect(texts()).to.deep.equal(['c', 'a', 'b']);
    expect(errors()).to.deep.equal([refused, undefined, undefined]);
  });

  it('go once the server has taken them', async () => {
    const {given, send, texts} = setup();
    ['a', 'b'].forEach(send);
    given[0]!.take();
    await turn();
    expect(texts()).to.deep.equal(['b']);
  });

  it('are sent again, in their place, with their id, and once', async () => {
    const {unsent, given, deliver, send, texts, errors} = setup();
    const [id = ''] = ['a', 'b'].map(send);
    unsent.retry(id, deliver);
    expect(given, 'while it is on its way').to.have.lengthOf(2);
    given[0]!.refuse(refused);
    await turn();
    unsent.retry(id, deliver);
    unsent.retry(id, deliver);
    expect(given.map(({message}) => message.id)).to.deep.equal([id, given[1]!.message.id, id]);
    expect([texts(), errors()]).to.deep.equal([
      ['a', 'b'],
      [undefined, undefined],
    ]);
  });

  it('give their text back where they are dropped', () => {
    const {unsent, send, texts} = setup();
    const [id = ''] = ['a', 'b'].map(send);
    expect(unsent.drop(id)).to.equal('a');
    expect(unsent.drop(id)).to.equal(undefined);
    expect(texts()).to.deep.equal(['b']);
  });

  it('that have arrived or were forgotten do not come back by a late answer', async () => {
    const {unsent, given, send, texts} = setup();
    const [id = ''] = ['a', 'b'].map(send);
    unsent.drop(id);
    unsent.forget();
    for (const {refuse} of given) refuse(refused);
    await turn();
    expect(texts()).to.deep.equal([]);
  });
});
