import {expect} from '@open-wc/testing';

import {endTokens} from '../../src/elements/tokens.js';
import type {Credentials} from '../../src/protocol/credentials.js';
import {socketUrl} from '../../src/session/live-session.js';
import {setupConversation} from '../support/conversation.js';
import {tokenWorks} from '../support/live-pane.js';
import {watchSockets} from '../support/live-sockets.js';

/** The tokens of a page that was open for long, and of which none has ended. */
const setup = async (count: number) => {
  const {auth, server} = await setupConversation();
  const tokens: Credentials[] = [];
  for (let each = 0; each < count; each++) tokens.push(await auth());
  return {tokens, server, works: (index: number) => tokenWorks(server, tokens[index]!)};
};

describe('the end of many tokens', () => {
  it('comes to every one of them, the oldest included', async () => {
    const {tokens, server, works} = await setup(20);
    expect(await works(0)).to.be.true;
    expect(await works(19)).to.be.true;
    await endTokens(socketUrl(`${server}/`), tokens);
    const working = await Promise.all(tokens.map((_, index) => works(index)));
    expect(working).to.deep.equal(tokens.map(() => false));
  });

  it('comes though a connection ends before it has an answer, as each is tried once more', async () => {
    const {tokens, server, works} = await setup(1);
    const sockets = watchSockets();
    const ending = endTokens(socketUrl(`${server}/`), tokens);
    await sockets.until(() => sockets.of('open').length === 1);
    sockets.of('open')[0]!.socket.close();
    await ending;
    expect(sockets.of('made')).to.have.length(2);
    expect(await works(0)).to.be.false;
  });

  it('is told as disconnected where the workspace cannot be reached, as the tokens stay good', async () => {
    const {tokens, works} = await setup(9);
    const failure = await endTokens('ws://localhost:1/websocket', tokens).catch((error) => error);
    expect(failure.code).to.equal('disconnected');
    expect(failure.message).to.match(/End them on your server/);
    expect(await works(0)).to.be.true;
  });
});
