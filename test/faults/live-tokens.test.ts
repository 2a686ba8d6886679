import {expect} from '@open-wc/testing';

import {RocketChatRemote} from '../../demo/simulators/rocket-chat/remote.js';
import type {Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import {AuthTokens} from '../../src/session/auth-tokens.js';
import {embedToken} from '../../src/session/embed-token.js';
import {LiveClient, type ClientFact} from '../../src/session/live-client.js';
import {RestClient} from '../../src/transport/rest-client.js';
import {CALM, setupLive} from '../support/live.js';
import {Recorder} from '../session/recorders.js';
import {startProxied} from 'test-simulators';

const PANES = 100;

const ENDS = [
  ['expires', (remote: RocketChatRemote, token: string) => remote.expireToken(token)],
  ['is revoked', (remote: RocketChatRemote) => remote.revoke('alice')],
  ['is ended by a forced logout', (remote: RocketChatRemote) => remote.forceLogout('alice')],
] as const;

/** What a pane's embedded page asks its client for. */
const tokenOf = async ({giver}: LiveClient, reason: CredentialsAsk['reason']): Promise<string> =>
  (await embedToken(giver, reason)).authToken;

describe('F15: a token that ends in mid-session', () => {
  for (const [how, end] of ENDS) {
    it(`is replaced once where it ${how}, and nothing is lost`, async () => {
      const {live, remote, idOf} = await setupLive({pace: CALM});
      await end(remote, live.token);
      const sent = live.session.send(idOf('other'), 'from here');
      await remote.post('bob', 'followed', 'missed');
      await live.hears('missed');
      await live.live();
      await sent;
      expect(live.asks.map(({reason}) => reason)).to.deep.equal(['initial', 'rejected']);
      const signIns = live.facts.flatMap((fact) =>
        fact.type === 'signed-in' ? [fact.replaced] : [],
      );
      expect(signIns).to.deep.equal([false, true]);
      expect(live.received).to.deep.equal(['missed']);
    });
  }

  it('is asked for once by a hundred panes, which all go on', async () => {
    const proxied = await startProxied();
    const remote = new RocketChatRemote(proxied.direct);
    const asks: CredentialsAsk[] = [];
    const auth = async (ask: CredentialsAsk): Promise<Credentials> => {
      asks.push(ask);
      return remote.token('alice');
    };
    const panes = Array.from({length: PANES}, () => {
      const facts = new Recorder<ClientFact>();
      const client = new LiveClient({
        base: `${proxied.origin}/`,
        owner: {},
        signIn: {given: [auth], source: () => new AuthTokens(auth)},
        tell: facts.add,
        rest: async (options) => new RestClient(options),
        endTokens: async () => undefined,
        pace: CALM,
      });
      return {client, facts};
    });
    const heard = (text: string): Promise<void[]> =>
      Promise.all(
        panes.map(({facts}) =>
          facts.until((all) =>
            all.some((fact) => fact.type === 'message-received' && fact.detail.text === text),
          ),
        ),
      );
    const live = (facts: Recorder<ClientFact>): Promise<void> =>
      facts.until((all) => all.some(({type}) => type === 'rooms'));
    await Promise.all(panes.map(({facts}) => live(facts)));
    const embed = await tokenOf(panes[0]!.client, 'initial');
    for (const {facts} of panes) facts.take();
    await remote.revoke('alice');
    await remote.post('bob', 'consultation', 'afterwards');
    const [embeds] = await Promise.all([
      Promise.all(panes.map(({client}) => tokenOf(client, 'rejected'))),
      heard('afterwards'),
    ]);
    expect(new Set(embeds).size).to.equal(1);
    expect(embeds[0]).not.to.equal(embed);
    const reasons = asks.map(({surface, reason}) => `${surface} ${reason}`);
    expect(reasons.slice(0, 2)).to.deep.equal(['live initial', 'embed initial']);
    expect(reasons.slice(2).sort()).to.deep.equal(['embed rejected', 'live rejected']);
    expect((await remote.sockets()).open).to.equal(1);
    for (const {client} of panes) client.close();
  });

  it('ends the session with one word where the next one is refused, too', async () => {
    const {proxied, live, remote} = await setupLive({pace: CALM});
    const {token} = remote;
    await live.loses(proxied.fault('refuse'));
    await remote.revoke('alice');
    // What the page's auth gives from now on has ended already.
    live.remote.token = async (username) => {
      const credentials = await token.call(remote, username);
      await remote.revoke(username);
      return credentials;
    };
    await proxied.fault('listenAgain');
    await live.until(() => live.facts.at(-1)?.type === 'signed-out').catch(() => undefined);
    const out = live.facts.flatMap((fact) => (fact.type === 'signed-out' ? [fact.error.code] : []));
    expect(out).to.deep.equal(['token-rejected']);
    expect(live.session.getState()).to.include({status: 'offline', user: null, known: false});
    expect(live.asks.map(({reason}) => reason)).to.deep.equal(['initial', 'rejected']);
  });
});
