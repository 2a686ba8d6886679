import {expect, oneEvent} from '@open-wc/testing';

import type {Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import {setupConversation} from '../support/conversation.js';
import {fence} from '../support/fence.js';
import {isLive, makeLivePane, showLive, tokenWorks} from '../support/live-pane.js';
import {frameIn, record} from '../support/mount.js';

/** A pane that is signed in, and the tokens that its `auth` gives. */
const setup = async (
  answer: (ask: CredentialsAsk, fresh: Credentials) => Credentials | Promise<Credentials>,
) => {
  const conversation = await setupConversation();
  const given: {surface: string; token: Credentials}[] = [];
  const auth = async (ask: CredentialsAsk): Promise<Credentials> => {
    const token = await answer(ask, await conversation.auth());
    given.push({surface: ask.surface, token});
    return token;
  };
  const pane = await showLive(makeLivePane({...conversation, auth: auth as never}));
  const page = conversation.workspace.frame(await frameIn(pane));
  await page.until(({screen}) => screen === 'room');
  const last = (surface: string): Credentials =>
    given.filter((each) => each.surface === surface).at(-1)!.token;
  return {...conversation, pane, page, last};
};

describe('a sign-out of the embedded page that nobody has asked for', () => {
  it('is none where its token has ended: the page is given another one, and nobody is signed out', async () => {
    let refuse: () => void = () => undefined;
    const refused = new Promise<void>((resolve) => (refuse = resolve));
    let ends = Infinity;
    const {pane, page, last, me, workspace, write, server} = await setup((ask, fresh) => {
      if (ask.surface === 'live' || ask.reason === 'rejected') return fresh;
      if (ask.reason === 'initial') {
        ends = Date.now() + 2_000;
        return {...fresh, expiresAt: new Date(ends).toISOString()};
      }
      if (Date.now() >= ends) refuse();
      return Promise.reject(new Error('away'));
    });
    const told = record(pane, 'rc-logged-out', 'rc-logged-in', 'rc-error', 'rc-connection-changed');
    // Its end has come, and there was nobody to replace it.
    await refused;
    const ready = oneEvent(pane, 'rc-ready');
    await workspace.expireToken(last('embed').authToken);
    await ready;
    await page.until(({user, screen}) => user === me.username && screen === 'room');
    await fence(pane, write);
    expect(told).to.deep.equal([]);
    expect(await tokenWorks(server, last('live'))).to.be.true;
  });

  it("is the user's own where only its token has ended, and before its time: all panes are signed out", async () => {
    const {pane, last, workspace, server, ...conversation} = await setup((_, fresh) => fresh);
    const other = makeLivePane({...conversation, server});
    await showLive(other);
    const told = record(pane, 'rc-logged-out', 'rc-error', 'rc-token-expired');
    const live = last('live');
    const out = [pane, other].map((each) => oneEvent(each, 'rc-logged-out'));
    // As a sign-out in another tab of Rocket.Chat does.
    await workspace.expireToken(last('embed').authToken);
    await out[0];
    while (await tokenWorks(server, live));
    expect(told).to.deep.equal(['rc-logged-out']);
    expect({user: pane.user, rooms: pane.rooms}).to.deep.equal({user: null, rooms: []});
  });

  it('is none where all tokens were revoked, and are replaced', async () => {
    const {pane, page, me, workspace, write} = await setup((_, fresh) => fresh);
    const told = record(pane, 'rc-logged-out', 'rc-logged-in', 'rc-token-expired', 'rc-error');
    const back = isLive(pane);
    await workspace.forceLogout(me.username);
    await back;
    await page.until(({user, screen}) => user === me.username && screen === 'room');
    await fence(pane, write);
    expect(told).to.deep.equal([]);
  });
});
