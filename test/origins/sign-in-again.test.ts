import {expect, oneEvent} from '@open-wc/testing';

import type {CredentialsAsk} from '../../src/protocol/credentials.js';
import {setupBroker} from '../support/broker-pane.js';
import {setupConversation} from '../support/conversation.js';
import {deferred} from '../support/deferred.js';
import {fence} from '../support/fence.js';
import {isLive, makeLivePane, showLive, tokenWorks} from '../support/live-pane.js';
import {frameIn, place, record} from '../support/mount.js';
import {signInButton} from '../support/status-line.js';

describe('<rc-chat-pane> whose auth fails for a moment', () => {
  it('asks it again, keeps what was to be sent, and signs nobody out', async () => {
    const conversation = await setupConversation();
    let failures = 0;
    const auth = async ({surface, reason}: CredentialsAsk) => {
      if (reason !== 'rejected' || surface !== 'live' || failures === 2) return conversation.auth();
      failures++;
      throw new TypeError('Failed to fetch');
    };
    const pane = await showLive(makeLivePane({...conversation, auth: auth as never}));
    const told = record(pane, 'rc-token-expired', 'rc-logged-out', 'rc-error');
    const away = oneEvent(pane, 'rc-connection-changed');
    const {workspace, me, name, write} = conversation;
    await workspace.revoke(me.username);
    await away;
    const sent = pane.send('Written meanwhile');
    const {text} = await sent;
    expect(text).to.equal('Written meanwhile');
    await fence(pane, write);
    expect(failures).to.equal(2);
    expect(told).to.deep.equal([]);
    const texts = (await workspace.messages(name)).map(({msg}) => msg);
    expect(texts.filter((each) => each === 'Written meanwhile')).to.have.lengthOf(1);
  });
});

describe('"Sign in again" of <rc-chat-pane>', () => {
  it('brings the embedded page a token where its own has ended for good', async () => {
    const conversation = await setupConversation();
    let open = true;
    // There is no other, which is told once all is shown, however long that takes.
    const shown = deferred<null>();
    const auth = async ({surface, reason}: CredentialsAsk) => {
      const fresh = await conversation.auth();
      if (surface === 'live') return fresh;
      if (reason === 'expiring') return shown.promise;
      return {...fresh, ...(open && {expiresAt: new Date(Date.now() + 2_000).toISOString()})};
    };
    const pane = await showLive(makeLivePane({...conversation, auth: auth as never}));
    const expired = oneEvent(pane, 'rc-token-expired');
    open = false;
    shown.resolve(null);
    expect((await expired).detail.surface).to.equal('embed');
    const page = conversation.workspace.frame(await frameIn(pane));
    const button = await signInButton(pane);
    button.click();
    // Whoever is signed in anew is shown nothing for a moment.
    await page.until(({screen}) => screen === 'loading');
    await page.until(({screen}) => screen === 'room');
    await pane.updateComplete;
    expect(button.hidden).to.be.true;
  });

  it('is offered by a pane with a broker after logout(), and works', async () => {
    const {pane, me, workspace, write} = await setupBroker();
    await showLive(pane);
    const page = workspace.frame(await frameIn(pane));
    await page.until(({screen}) => screen === 'room');
    await pane.logout();
    await page.until(({screen}) => screen === 'login');
    expect({user: pane.user, rooms: pane.rooms}).to.deep.equal({user: null, rooms: []});
    const back = [oneEvent(pane, 'rc-logged-in'), isLive(pane)];
    (await signInButton(pane)).click();
    await Promise.all(back);
    await page.until(({user, screen}) => user === me.username && screen === 'room');
    await fence(pane, write);
  });

  it('is not offered after logout() where the page signs in, which has to do so again', async () => {
    const conversation = await setupConversation();
    const pane = await showLive(makeLivePane(conversation));
    await pane.logout();
    await pane.updateComplete;
    const button = pane.renderRoot.querySelector<HTMLButtonElement>('.line button')!;
    expect(button.hidden).to.be.true;
    const back = [oneEvent(pane, 'rc-logged-in'), isLive(pane)];
    pane.auth = conversation.auth;
    await Promise.all(back);
    await fence(pane, conversation.write);
  });

  it('leaves nobody half signed in by a logout() before the connection is there', async () => {
    const {pane, lent, server} = await setupBroker();
    place(pane);
    await pane.updateComplete;
    while (!(await lent()).length);
    await pane.logout();
    for (const token of await lent()) while (await tokenWorks(server, token));
    const back = [oneEvent(pane, 'rc-logged-in'), isLive(pane)];
    (await signInButton(pane)).click();
    await Promise.all(back);
  });
});

describe('an accessToken that <rc-chat-pane> is given', () => {
  it('after the broker has refused the first one signs in, in the frame, too', async () => {
    const {pane, me, workspace, remote} = await setupBroker();
    pane.accessToken = 'x.y.z';
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    expect((await failed).detail.error.code).to.equal('sign-in-required');
    const back = [oneEvent(pane, 'rc-ready'), isLive(pane)];
    pane.accessToken = await remote.accessToken(me.username);
    await Promise.all(back);
    const page = workspace.frame(await frameIn(pane));
    await page.until(({user, screen}) => user === me.username && screen === 'room');
  });
});

describe('an auth that <rc-chat-pane> is given', () => {
  it('before the first one was asked takes its place, without an error', async () => {
    const conversation = await setupConversation();
    const asked: string[] = [];
    const named = (name: string) => () => {
      asked.push(name);
      return conversation.auth();
    };
    const pane = makeLivePane({...conversation, auth: named('first')});
    const told = record(pane, 'rc-error');
    const both = [oneEvent(pane, 'rc-ready'), isLive(pane)];
    place(pane);
    await pane.updateComplete;
    pane.auth = named('second');
    await Promise.all(both);
    pane.auth = named('third');
    const back = isLive(pane);
    await conversation.workspace.revoke(conversation.me.username);
    await back;
    expect(asked).to.include('third');
    expect(told).to.deep.equal([]);
  });
});
