import {expect, oneEvent} from '@open-wc/testing';

import type {Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import {setupBroker} from '../support/broker-pane.js';
import {setupConversation} from '../support/conversation.js';
import {isLive, makeLivePane, showLive, tokenWorks} from '../support/live-pane.js';
import {watchSockets} from '../support/live-sockets.js';
import {fence, showWitness} from '../support/fence.js';
import {hasten} from '../support/hasten.js';
import {frameIn, place, record} from '../support/mount.js';
import {untilSaid} from '../support/status-line.js';
import {waitUntil} from '../support/wait.js';

/** An `auth` that counts what it was asked, and whose tokens end soon. */
const countingAuth = (auth: () => Promise<Credentials>, life?: number) => {
  const asks: string[] = [];
  return {
    asks,
    auth: async ({surface, reason}: CredentialsAsk): Promise<Credentials> => {
      asks.push(`${surface} ${reason}`);
      const credentials = await auth();
      const expiresAt = new Date(Date.now() + (life ?? 3_600_000)).toISOString();
      return {...credentials, expiresAt};
    },
  };
};

describe('a token of <rc-chat-pane>', () => {
  it('is refreshed before it ends, with no visible break', async () => {
    const conversation = await setupConversation();
    // Refreshed at half of its time: the rest is for a browser that has stood still meanwhile.
    const {asks, auth} = countingAuth(conversation.auth, 6_000);
    const pane = makeLivePane({...conversation, auth: auth as never});
    // From the start, as to show it may take longer than the first of them lives.
    const told: {surface: string; left: number}[] = [];
    pane.addEventListener('rc-token-expiring', ({detail: {surface, expiresAt}}) =>
      told.push({surface, left: Date.parse(expiresAt!) - Date.now()}),
    );
    await showLive(pane);
    const broken = record(
      pane,
      'rc-connection-changed',
      'rc-logged-out',
      'rc-token-expired',
      'rc-error',
    );
    const twice = (): boolean =>
      ['embed', 'live'].every(
        (each) => asks.filter((ask) => ask === `${each} expiring`).length > 1,
      );
    await waitUntil(twice, 'each surface was refreshed twice');
    expect(told.map(({surface}) => surface)).to.include.members(['embed', 'live']);
    expect(Math.min(...told.map(({left}) => left))).to.be.greaterThan(0);
    const received = oneEvent(pane, 'rc-message-received');
    await conversation.write('Still here?');
    await received;
    expect(broken).to.deep.equal([]);
    expect(asks.filter((ask) => ask.endsWith('initial'))).to.have.lengthOf(2);
  });

  it('is replaced where it was revoked, in the frame, too', async () => {
    const conversation = await setupConversation();
    const {asks, auth} = countingAuth(conversation.auth);
    const pane = await showLive(makeLivePane({...conversation, auth: auth as never}));
    const page = conversation.workspace.frame(await frameIn(pane));
    await page.until(({screen}) => screen === 'room');
    const seen = record(pane, 'rc-token-expired', 'rc-error', 'rc-logged-out', 'rc-logged-in');
    // The connection may be back before the page has noticed.
    const both = [isLive(pane), page.until(({screen}) => screen !== 'room')];
    await conversation.workspace.revoke(conversation.me.username);
    await Promise.all(both);
    await page.until(({user, screen}) => screen === 'room' && user === conversation.me.username);
    expect(asks).to.have.members([
      'embed initial',
      'live initial',
      'embed rejected',
      'live rejected',
    ]);
    await fence(pane, conversation.write);
    expect(seen).to.deep.equal([]);
  });

  it('that was revoked and cannot be replaced is told once, with a way to sign in again', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation);
    let revoked = false;
    pane.auth = ({surface}) =>
      revoked
        ? Promise.reject(new Error('no session'))
        : conversation.auth().then((each) => ({...each, surface}));
    await showLive(pane);
    const expired = record(pane, 'rc-token-expired');
    const told = oneEvent(pane, 'rc-token-expired');
    revoked = true;
    await conversation.workspace.revoke(conversation.me.username);
    const {detail} = await told;
    expect(detail.surface).to.equal('live');
    const line = await untilSaid(pane, /sign-in has ended/);
    const button = line.parentElement!.querySelector('button');
    expect(pane.rooms).to.deep.equal([]);
    expect(expired).to.have.lengthOf(1);
    revoked = false;
    const back = isLive(pane);
    button!.click();
    await back;
    const received = oneEvent(pane, 'rc-message-received');
    await conversation.write('Welcome back.');
    await received;
  });

  it('that was fixed and was revoked gives way to the one of login(), over the connection, too', async () => {
    const conversation = await setupConversation();
    const {workspace, me, write} = conversation;
    const pane = makeLivePane(conversation);
    pane.auth = await conversation.auth();
    await showLive(pane);
    const expired = oneEvent(pane, 'rc-token-expired');
    await workspace.revoke(me.username);
    await expired;
    const back = isLive(pane);
    await pane.login(await conversation.auth());
    await back;
    const received = oneEvent(pane, 'rc-message-received');
    await write('Welcome back.');
    await received;
  });

  it('is not handed on to another pane whose user may be another one by now', async () => {
    const conversation = await setupConversation();
    const {workspace, me, other} = conversation;
    let whose = me.username;
    const auth = () => workspace.token(whose);
    const pane = await showLive(makeLivePane({...conversation, auth}));
    pane.remove();
    whose = other.username;
    const next = await showLive(makeLivePane({...conversation, auth}));
    expect(next.user?.userId).to.equal(other.userId);
    const page = workspace.frame(await frameIn(next));
    await page.until(({user}) => user === other.username);
  });

  it('that is refused from the start is said to be so', async () => {
    hasten();
    const conversation = await setupConversation();
    const auth = async () => ({...(await conversation.auth()), authToken: 'x'.repeat(43)});
    const pane = makeLivePane({...conversation, auth});
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    expect((await failed).detail.error.code).to.equal('token-rejected');
    expect(pane.state).to.equal('degraded');
    await untilSaid(pane, /not signed in/);
  });

  it('of another user is not used: nothing of anybody is shown any more', async () => {
    const conversation = await setupConversation();
    const {workspace, me, other, write} = conversation;
    let whose = me.username;
    const pane = await showLive(
      makeLivePane({...conversation, auth: () => workspace.token(whose)}),
    );
    const witness = await showWitness(conversation);
    const seen = record(pane, 'rc-message-received', 'rc-message-sent', 'rc-unread-changed');
    const failed = oneEvent(pane, 'rc-error');
    whose = other.username;
    await workspace.revoke(me.username);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('other-user');
    expect(pane.state).to.equal('failed');
    await pane.updateComplete;
    expect(pane.renderRoot.querySelector('iframe')).to.equal(null);
    expect(pane.rooms).to.deep.equal([]);
    await workspace.post(me.username, conversation.room._id, 'For the other one');
    await write('By the other one');
    await fence(witness, write);
    expect(pane.unread).to.include({count: 0, alert: false});
    expect(seen).to.deep.equal([]);
  });
});

describe('<rc-chat-pane> with a broker', () => {
  it('needs no server and no auth: the broker names the one and is the other, in one request', async () => {
    const {pane, remote, me, write} = await setupBroker();
    await showLive(pane);
    expect(pane.user).to.deep.equal({userId: me.userId, username: me.username});
    expect(await remote.sessions()).to.equal(1);
    expect((await remote.mints()).map(({surface}) => surface)).to.have.members(['embed', 'live']);
    const received = oneEvent(pane, 'rc-message-received');
    await write('Hello');
    await received;
  });

  it('says how many are before it while it waits for its turn', async () => {
    const {pane, remote} = await setupBroker();
    await remote.queue(3, 0);
    const both = [oneEvent(pane, 'rc-ready'), isLive(pane)];
    place(pane);
    const said = untilSaid(pane, /number \d/);
    expect((await said).textContent).to.match(/You are number \d/);
    await Promise.all(both);
  });

  it('renews its lease, and takes the tokens that come with it', async () => {
    const {pane, remote, me, lent, workspace, write} = await setupBroker({leaseTime: 11_000});
    const sockets = watchSockets();
    await showLive(pane);
    const page = workspace.frame(await frameIn(pane));
    await page.until(({screen}) => screen === 'room');
    const told = record(pane, 'rc-connection-changed', 'rc-logged-out', 'rc-error');
    const before = await lent();
    await remote.replaceTokens(me.username);
    // At half of its time. Whoever is signed in anew is shown nothing for a moment.
    await page.until(({screen}) => screen === 'loading');
    await page.until(({screen}) => screen === 'room');
    const [live] = (await lent()).slice(before.length).filter(({surface}) => surface === 'live');
    await sockets.answerTo('login', [{resume: live!.authToken}]);
    // Whatever still used one of these would be cut off.
    for (const {authToken} of before) await workspace.expireToken(authToken);
    const received = oneEvent(pane, 'rc-message-received');
    await write('Still here?');
    await received;
    const {user} = await page.until(({messages}) => messages.includes('Still here?'));
    expect(user).to.equal(me.username);
    expect(told).to.deep.equal([]);
    expect(await remote.leases(me.username)).to.equal(1);
    expect(await lent()).to.have.lengthOf(2 * before.length);
  });

  it('says what the broker refuses, and what to check', async () => {
    const {pane, remote} = await setupBroker();
    pane.accessToken = 'x.y.z';
    const failed = oneEvent(pane, 'rc-error');
    place(pane);
    const {error} = (await failed).detail;
    expect(error.code).to.equal('sign-in-required');
    expect(error.message).to.include('access-token-invalid').and.to.include('accessToken');
    expect(error.message).not.to.include('x.y.z');
    expect(await remote.leases('me')).to.equal(0);
  });

  it('signs out everywhere', async () => {
    const {pane, makePane, remote, me, lent, workspace, server} = await setupBroker();
    const panes = [pane, makePane()];
    for (const each of panes) await showLive(each);
    const pages = await Promise.all(
      panes.map(async (each) => workspace.frame(await frameIn(each))),
    );
    for (const page of pages) await page.until(({user}) => user === me.username);
    const tokens = await lent();
    expect(tokens.map(({surface}) => surface)).to.have.members(['embed', 'live']);
    for (const token of tokens) expect(await tokenWorks(server, token)).to.be.true;
    const out = panes.map((each) => oneEvent(each, 'rc-logged-out'));
    await Promise.all([pane.logout(), ...out]);
    for (const page of pages) await page.until(({user, screen}) => !user && screen === 'login');
    for (const token of tokens) expect(await tokenWorks(server, token)).to.be.false;
    expect(await lent()).to.deep.equal(tokens);
    expect(await remote.leases(me.username)).to.equal(0);
    for (const {user, rooms} of panes) expect({user, rooms}).to.deep.equal({user: null, rooms: []});
  });

  it('lets its lease go when the page goes', async () => {
    const {pane, remote, me} = await setupBroker();
    await showLive(pane);
    expect(await remote.leases(me.username)).to.equal(1);
    dispatchEvent(new PageTransitionEvent('pagehide', {persisted: false}));
    while (await remote.leases(me.username));
  });
});
