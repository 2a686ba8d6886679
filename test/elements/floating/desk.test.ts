import {expect} from '@open-wc/testing';

import {BrokerRemote} from '../../../demo/simulators/broker/remote.js';
import type {PexipChatError} from '../../../src/errors.js';
import {hostSignIn, simulators, startBrokerFor, startProxied} from 'test-simulators';
import {ACCESS_TOKEN_PACE} from '../../../src/transport/broker-client.js';
import {codeOf, DeskScene, setupDesk} from '../../support/desk-scene.js';
import {waitUntil} from '../../support/wait.js';

const OWN_PACE = {...ACCESS_TOKEN_PACE};
afterEach(() => void Object.assign(ACCESS_TOKEN_PACE, OWN_PACE));

/** What gives no token, ever. */
const never = (): Promise<string> => new Promise(() => undefined);

describe('the desk of a widget', () => {
  it('signs the user of an access token in, and says who that is', async () => {
    const {desk, scene, me, server} = await setupDesk();
    expect(desk.isAuthenticated()).to.equal(false);
    expect(desk.state.user).to.equal(null);
    await desk.signedIn;
    expect(desk.isAuthenticated()).to.equal(true);
    expect(desk.state.user).to.deep.equal({alias: me.username, username: me.username});
    await scene.live();
    expect(desk.server).to.equal(`${server}/`);
    expect(scene.changes).to.be.greaterThan(0);
    expect(scene.reported).to.deep.equal([]);
  });

  it('is signed in for a page once it knows who is in the chats, which it may ask for then', async () => {
    const {again, me, other} = await setupDesk();
    const {desk} = again();
    await desk.signedIn;
    expect(desk.getChats().map(({participants}) => participants)).to.deep.equal([
      [me.username, other.username],
    ]);
  });

  it('is signed in, too, where the broker does not tell who is who', async () => {
    const {again, remote, me, other} = await setupDesk();
    for (const fault of ['hang', 503] as const) {
      await remote.fail(fault, undefined, {below: '/v1/users'});
      const {desk} = again();
      await desk.signedIn;
      expect(desk.getChats()[0]!.participants).to.deep.equal([me.username, `@${other.username}`]);
    }
    await remote.fail(null);
  });

  it('is signed in at once where the page has turned chat off', async () => {
    const {again, remote} = await setupDesk();
    await remote.fail('hang', undefined, {below: '/v1/users'});
    const {desk} = again({tools: {}});
    await desk.signedIn;
    expect(desk.getChats()).to.deep.equal([]);
    await remote.fail(null);
  });

  it('signs the user of a cookie in', async () => {
    // The application's cookie is one of the page's own host.
    const {broker, me} = await setupDesk({broker: {publicHost: 'localhost'}});
    await hostSignIn(broker, me.username);
    const scene = new DeskScene(broker, {}, {'use-cookie': ''});
    try {
      await scene.desk.signedIn;
      await waitUntil(() => scene.desk.state.user?.alias === me.username);
    } finally {
      await hostSignIn(broker, null);
    }
  });

  it('signs in by a function that gets tokens', async () => {
    const {again, remote, me} = await setupDesk();
    const {desk} = again({accessToken: () => remote.accessToken(me.username)});
    await desk.signedIn;
    await waitUntil(() => desk.state.user?.alias === me.username);
  });

  it('opens one socket, and begins one session', async () => {
    const {origin, direct} = await startProxied();
    const {scene, again, workspace, remote} = await setupDesk({server: origin, direct});
    await scene.live();
    await again().live();
    expect(await workspace.sockets()).to.deep.equal({open: 1, ever: 1});
    expect(await remote.sessions()).to.equal(1);
  });

  it('tells of a broker that does not know the user, and signs in when there is a token', async () => {
    const {remote, again, me} = await setupDesk();
    const accessToken = await remote.accessToken(me.username, {expiresIn: -60});
    const scene = again({accessToken});
    const {desk, reported} = scene;
    expect(await codeOf(desk.signedIn)).to.equal('sign-in-required');
    expect(reported.map(({code}) => code)).to.deep.equal(['sign-in-required']);
    expect(desk.state.signIn.signedOut).to.equal(true);
    expect(await codeOf(desk.addChat('somebody'))).to.equal('sign-in-required');
    await desk.updateAccessToken(await remote.accessToken(me.username));
    await desk.signedIn;
    expect(desk.state.signIn.signedOut).to.equal(false);
    await scene.live();
  });

  it('tells of a broker that is away, and tries again when asked', async () => {
    const {scene, remote, again} = await setupDesk();
    // Its own question is not the one that fails.
    await scene.live();
    await remote.fail(503, 1, {below: '/v1/config'});
    const {desk, reported} = again();
    expect(await codeOf(desk.signedIn)).to.equal('broker-failed');
    expect(reported.map(({code}) => code)).to.deep.equal(['broker-failed']);
    expect(desk.state.signIn.signedOut).to.equal(true);
    desk.signInAgain();
    await desk.signedIn;
  });

  it('tries again with the token that it was given since', async () => {
    const {scene, remote, again, me} = await setupDesk();
    // Its own question is not the one that fails.
    await scene.live();
    const accessToken = await remote.accessToken(me.username, {expiresIn: -60});
    await remote.fail(503, 1, {below: '/v1/config'});
    const {desk} = again({accessToken});
    expect(await codeOf(desk.signedIn)).to.equal('broker-failed');
    await desk.updateAccessToken(await remote.accessToken(me.username));
    await desk.signedIn;
    expect(desk.isAuthenticated()).to.equal(true);
  });

  it('tries again by itself when there is a network', async () => {
    const {scene, remote, again} = await setupDesk();
    // Its own question is not the one that fails.
    await scene.live();
    await remote.fail(503, 1, {below: '/v1/config'});
    const {desk} = again();
    expect(await codeOf(desk.signedIn)).to.equal('broker-failed');
    dispatchEvent(new Event('online'));
    await desk.signedIn;
  });

  for (const [what, broker, code] of [
    ['no address', '', 'invalid-attribute'],
    ['one without encryption', 'http://broker.example.com', 'insecure-url'],
    ['one with a query', 'https://broker.example.com/?a=b', 'invalid-attribute'],
  ] as const)
    it(`tells of a broker whose address is ${what}`, async () => {
      const {desk, reported} = new DeskScene(broker, {accessToken: 'token'});
      expect(await codeOf(desk.signedIn)).to.equal(code);
      expect(reported.map((each) => each.code)).to.deep.equal([code]);
    });

  it('tells that the attribute "broker" is missing, and that the script tag does not stand for it', async () => {
    const {reported} = new DeskScene('', {accessToken: 'to.k.en'});
    expect(reported[0]!.message).to.include('"broker" is missing').and.include('data-broker');
  });

  it('tells of an accessToken() that throws or gives no token, and does not ask the broker with it', async () => {
    const {scene, remote, again} = await setupDesk();
    await scene.live();
    const before = await remote.sessions();
    const odd = [() => Promise.reject(new Error('CANARY')), () => '<h1>CANARY', () => undefined];
    for (const accessToken of odd) {
      const {desk, reported} = again({accessToken: accessToken as () => string});
      expect(await codeOf(desk.signedIn)).to.equal('credentials-failed');
      expect(reported[0]).to.include({code: 'credentials-failed'});
      expect(reported[0]!.message).to.include('accessToken').and.not.include('CANARY');
      desk.stop();
    }
    expect(await remote.sessions()).to.deep.equal(before);
  });

  it('tells of an accessToken() that never answers', async () => {
    const {scene, again} = await setupDesk();
    await scene.live();
    ACCESS_TOKEN_PACE.patience = 1;
    const {desk, reported} = again({accessToken: never});
    expect(await codeOf(desk.signedIn)).to.equal('credentials-failed');
    expect(reported[0]!.message).to.include('in time');
  });

  it('tells of a broker that names no workspace that can be used', async () => {
    const broker = await startBrokerFor(simulators.rocketChat);
    const remote = new BrokerRemote(broker);
    for (const [body, code] of [
      [{}, 'broker-failed'],
      [{server: 'http://chat.example.com'}, 'insecure-url'],
      [{server: 7, features: 'all'}, 'broker-failed'],
    ] as const) {
      await remote.fail(200, 1, {below: '/v1/config', body});
      const {desk} = new DeskScene(broker, {accessToken: 'token'});
      expect(await codeOf(desk.signedIn)).to.equal(code);
    }
  });

  it('begins anew where the attribute or the user is another, and forgets who was there', async () => {
    const {scene, desk, remote, other, me} = await setupDesk();
    await scene.live();
    expect(desk.getChats()).to.have.length(1);
    scene.given.accessToken = await remote.accessToken(other.username);
    desk.follow();
    expect(desk.isAuthenticated()).to.equal(false);
    expect(desk.getChats()).to.deep.equal([]);
    await desk.signedIn;
    expect(desk.state.user?.alias).to.equal(other.username);
    expect(other.username).not.to.equal(me.username);
  });

  it('does nothing for the user before any more that was under way', async () => {
    const {scene, desk, remote, workspace, other, room} = await setupDesk();
    await scene.live();
    const {username} = await workspace.createUser(`third-${other.username}`);
    const isAsked = async (): Promise<boolean> =>
      (await remote.requests()).some(({line}) => line.includes(username));
    await remote.fail('hang', undefined, {below: '/v1/users'});
    const operations = [
      codeOf(desk.addChat(username)),
      codeOf(desk.composeMessage(username, 'Too late', true)),
      codeOf(desk.removeChat(username)),
    ];
    await waitUntil(isAsked, 'the broker is asked who that is');
    scene.given.accessToken = await remote.accessToken(other.username);
    desk.follow();
    await remote.fail(null);
    expect(await Promise.all(operations)).to.deep.equal(Array(3).fill('not-created'));
    await scene.live();
    expect(scene.shown).to.deep.equal([]);
    expect(desk.getChats().map(({chat}) => chat)).to.deep.equal([room._id]);
  });

  it('begins anew where a function gave the user before, and the token of now is of another one', async () => {
    const {again, remote, me, other} = await setupDesk();
    const scene = await again({accessToken: () => remote.accessToken(me.username)}).live();
    const {desk} = scene;
    await waitUntil(() => desk.state.user?.alias === me.username);
    scene.given.accessToken = await remote.accessToken(other.username);
    desk.follow();
    expect(desk.state.user).to.equal(null);
    await desk.signedIn;
    expect(desk.state.user?.username).to.equal(other.username);
  });

  it('goes on where the page gives another token of the same user, or another function', async () => {
    const {scene, desk, remote, me} = await setupDesk();
    await scene.live();
    const sessions = await remote.sessions();
    scene.given.accessToken = await remote.accessToken(me.username, {expiresIn: 7200});
    desk.follow();
    scene.given.accessToken = () => remote.accessToken(me.username);
    desk.follow();
    expect(desk.isAuthenticated()).to.equal(true);
    expect(await remote.sessions()).to.equal(sessions);
  });

  it('does nothing any more once it was stopped, and begins again where it is followed', async () => {
    const {scene, desk, write, accessToken} = await setupDesk();
    await scene.live();
    await scene.until('widget-chat-loaded');
    desk.stop();
    expect(desk.isAuthenticated()).to.equal(false);
    expect(await codeOf(desk.signedIn)).to.equal('not-created');
    expect(await codeOf(desk.addChat('somebody'))).to.equal('not-created');
    expect(await codeOf(desk.updateAccessToken(accessToken))).to.equal('not-created');
    await write('Nobody hears this');
    desk.follow();
    await scene.live();
    await scene.until('widget-chat-loaded', 2);
    expect(scene.told('widget-message-received')).to.deep.equal([]);
  });
});

describe('logout()', () => {
  it('ends the session with the broker, and all that is known and told', async () => {
    const {scene, desk, remote, me, write} = await setupDesk();
    await scene.live();
    await scene.until('widget-chat-loaded');
    await desk.logout();
    expect(await remote.leases(me.username)).to.equal(0);
    expect(desk.isAuthenticated()).to.equal(false);
    expect(desk.state.chats).to.deep.equal([]);
    expect(desk.state.unread).to.deep.include({count: 0, alert: false});
    const {length} = scene.events;
    await write('Too late');
    expect(await codeOf(desk.addChat('somebody'))).to.equal('not-created');
    expect(scene.events).to.have.length(length);
  });

  it('tells nothing of what was on its way', async () => {
    const {remote, again, other} = await setupDesk();
    await remote.fail('hang', undefined, {below: '/v1/users'});
    const scene = await again().live();
    const {desk} = scene;
    const chat = desk.getChats()[0]!;
    expect(chat.participants).to.include(`@${other.username}`);
    await desk.logout();
    await remote.fail(null);
    // Who signs in after that is told all that a server has to say by then.
    const later = await again().live();
    await later.until('widget-chat-loaded');
    expect(scene.events).to.deep.equal([]);
  });

  it('signs a user out who is not signed in yet', async () => {
    const {desk} = await setupDesk();
    await desk.logout();
    expect(desk.isAuthenticated()).to.equal(false);
    expect(await codeOf(desk.signedIn)).to.equal('not-created');
  });

  it('ends the sign-in of the other elements of this user', async () => {
    const {scene, desk, again} = await setupDesk();
    const another = await again().live();
    await scene.live();
    await desk.logout();
    await waitUntil(() => !another.desk.isAuthenticated());
    expect(another.desk.state.chats).to.deep.equal([]);
    expect(another.desk.state.signIn.signedOut).to.equal(true);
  });

  it('has what they wait for refused, and tells them once', async () => {
    const {scene, desk, again} = await setupDesk();
    const another = await again().live();
    await scene.live();
    await desk.logout();
    await waitUntil(() => !another.desk.isAuthenticated());
    expect(await codeOf(another.desk.addChat('somebody'))).to.equal('sign-in-required');
    expect(await codeOf(another.desk.signedIn)).to.equal('sign-in-required');
    expect(another.reported.map(({code}) => code)).to.deep.equal(['sign-in-required']);
    another.desk.signInAgain();
    await another.live();
  });

  it('is final: a change of the page signs nobody in again, also while the broker is told', async () => {
    const {scene, desk, remote, me} = await setupDesk();
    await scene.live();
    const sessions = await remote.sessions();
    await remote.fail('hang', undefined, {below: '/v1/chat'});
    const left = desk.logout();
    expect(desk.isAuthenticated()).to.equal(false);
    desk.follow();
    desk.signInAgain();
    scene.host.setAttribute('broker', `${scene.host.getAttribute('broker')}/`);
    desk.follow();
    expect(await codeOf(desk.signedIn)).to.equal('not-created');
    await remote.fail(null);
    await left;
    expect(await remote.sessions()).to.equal(sessions);
    expect(await remote.leases(me.username)).to.be.at.most(1);
  });

  it('asks the page for no token, which it may have no more', async () => {
    const {again, remote, me} = await setupDesk();
    let asked = 0;
    let signedIn = true;
    const accessToken = (): Promise<string> => {
      asked += 1;
      if (!signedIn) throw new Error('Nobody is signed in.');
      return remote.accessToken(me.username);
    };
    const {desk} = await again({accessToken}).live();
    signedIn = false;
    const before = asked;
    await desk.logout();
    expect(asked).to.equal(before);
    expect(await remote.leases(me.username)).to.equal(0);
  });

  it('waits for no token that the page never gave', async () => {
    const {again} = await setupDesk();
    let asked!: () => void;
    const wasAsked = new Promise<void>((resolve) => (asked = resolve));
    const accessToken = (): Promise<string> => {
      asked();
      return never();
    };
    const {desk} = again({accessToken});
    await wasAsked;
    await desk.logout();
    expect(await codeOf(desk.signedIn)).to.equal('not-created');
  });

  it('says of a broker that could not be told what comes of it, and of no token', async () => {
    const {origin, direct, fault} = await startProxied();
    const {again, remote, me} = await setupDesk({server: origin, direct});
    let signedIn = true;
    const accessToken = async (): Promise<string> => {
      if (!signedIn) throw new Error('There is no network.');
      return remote.accessToken(me.username);
    };
    const {desk} = await again({accessToken}).live();
    signedIn = false;
    await remote.fail(401, undefined, {below: '/v1/chat'});
    await fault('refuse');
    const error = await desk.logout().catch((each: PexipChatError) => each);
    expect(error).to.include({code: 'broker-failed'});
    expect((error as PexipChatError).message)
      .to.include('by itself')
      .and.not.include('oken');
    expect(desk.isAuthenticated()).to.equal(false);
    await remote.fail(null);
  });
});

describe('updateAccessToken()', () => {
  it('tells when the new token ends, and goes on with it', async () => {
    const {scene, desk, remote, me} = await setupDesk();
    await scene.live();
    const token = await remote.accessToken(me.username, {expiresIn: 7200});
    const {exp} = JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/')));
    const {expiresAt} = await desk.updateAccessToken(token);
    expect(Date.parse(expiresAt)).to.equal(exp * 1000);
    expect(desk.isAuthenticated()).to.equal(true);
    // It is what the element has been given, too.
    expect(scene.given.accessToken).to.equal(token);
    desk.follow();
    expect(desk.isAuthenticated()).to.equal(true);
  });

  it('says from now on who the user is, where a cookie said it before', async () => {
    const {remote, broker, me} = await setupDesk();
    const accessToken = await remote.accessToken(me.username);
    const scene = new DeskScene(broker, {accessToken}, {'use-cookie': ''});
    await scene.live();
    await scene.desk.updateAccessToken(await remote.accessToken(me.username, {expiresIn: 7200}));
    expect(scene.host.hasAttribute('use-cookie')).to.equal(false);
  });

  it('is remembered where the element leaves the page and comes again', async () => {
    const {broker, remote, again, me} = await setupDesk();
    const accessToken = await remote.accessToken(me.username, {expiresIn: -60});
    const {desk, given} = again({accessToken});
    expect(await codeOf(desk.signedIn)).to.equal('sign-in-required');
    await desk.updateAccessToken(await remote.accessToken(me.username));
    await desk.signedIn;
    desk.stop();
    // Each life has a desk of its own.
    const later = await new DeskScene(broker, given).live();
    expect(later.reported).to.deep.equal([]);
  });

  for (const end of ['stop', 'logout'] as const)
    it(`is refused, and its end not watched, after ${end}() meanwhile`, async () => {
      const {again, scene, remote, me} = await setupDesk();
      await scene.live();
      const late = await again().live();
      const soon = await remote.accessToken(me.username, {expiresIn: 2});
      const updated = codeOf(late.desk.updateAccessToken(soon));
      await late.desk[end]();
      expect(await updated).to.equal('not-created');
      // Another one hears of it.
      await again({accessToken: soon}).until('widget-access-token-expired');
      expect(late.told('widget-access-token-expired')).to.deep.equal([]);
      expect(late.told('widget-access-token-is-about-to-expire')).to.deep.equal([]);
    });

  for (const [what, token] of [
    ['no text', 7],
    ['nothing', undefined],
    ['no JSON Web Token', 'secret'],
    ['one without claims', 'a.e30.b'],
  ] as const)
    it(`refuses ${what}`, async () => {
      const {scene, desk} = await setupDesk();
      await scene.live();
      expect(await codeOf(desk.updateAccessToken(token as string))).to.equal('invalid-option');
    });

  it('refuses a token that has ended, and that of another user, by token or by function', async () => {
    const {scene, desk, remote, me, other, again} = await setupDesk();
    await scene.live();
    const ended = await remote.accessToken(me.username, {expiresIn: -1});
    expect(await codeOf(desk.updateAccessToken(ended))).to.equal('invalid-option');
    const foreign = await remote.accessToken(other.username);
    expect(await codeOf(desk.updateAccessToken(foreign))).to.equal('other-user');
    const error = await desk.updateAccessToken(foreign).catch((each: unknown) => each);
    expect((error as Error).message)
      .to.include('logout()')
      .and.include('create()');
    const byFunction = await again({accessToken: () => remote.accessToken(me.username)}).live();
    expect(await codeOf(byFunction.desk.updateAccessToken(foreign))).to.equal('other-user');
    expect(desk.isAuthenticated()).to.equal(true);
  });

  it('is asked for by an event before a token ends', async () => {
    const {remote, me, again} = await setupDesk();
    const scene = again({accessToken: await remote.accessToken(me.username, {expiresIn: 2})});
    await scene.until('widget-access-token-is-about-to-expire');
    const [told] = await scene.until('widget-access-token-expired');
    expect(Date.parse(told!.expiresAt)).to.be.at.most(Date.now() + 2_000);
    expect(scene.told('widget-access-token-is-about-to-expire')).to.have.length(1);
  });
});
