import {expect} from '@open-wc/testing';

import type {Credentials} from '../../src/protocol/credentials.js';
import type {EmbedCommand, EmbedRoom} from '../../src/protocol/rocket-chat-embed.js';
import type {ChatFact} from '../../src/session/chat-state.js';
import type {Farewell} from '../../src/session/embed-frame.js';
import {EmbedSession} from '../../src/session/embed-session.js';
import {turn} from '../support/turn.js';

const ALICE: Credentials = {userId: 'alice-id', authToken: 'a'.repeat(43), username: 'alice'};
const BOB: Credentials = {userId: 'bob-id', authToken: 'b'.repeat(43)};
const GENERAL: EmbedRoom = {roomId: 'GENERAL', name: 'general', type: 'c'};
const STAFF: EmbedRoom = {roomId: 'STAFF', name: 'staff', type: 'p'};
const PACE = {repeat: 60_000, patience: 60_000, room: 60_000, load: 60_000};

describe('EmbedSession, when the page signs its user out by itself', () => {
  let session: EmbedSession;
  let facts: ChatFact[];
  let sent: EmbedCommand[];
  let loads: string[];
  let given: Credentials;
  /** What is still to be found out. */
  let judged: ((farewell: Farewell) => void)[];

  const types = (): string[] => facts.filter(({type}) => type !== 'phase').map(({type}) => type);
  const enter = ({userId}: Credentials = ALICE): void => {
    session.receive({
      type: 'unread-changed-by-subscription',
      unread: {roomId: 'GENERAL', name: 'general', count: 2, alert: false},
      userId,
    });
    session.receive({type: 'room-opened', room: GENERAL});
  };
  const says = async (farewell: Farewell): Promise<void> => {
    judged.at(-1)!(farewell);
    await turn();
  };

  beforeEach(async () => {
    facts = [];
    sent = [];
    loads = [];
    judged = [];
    given = ALICE;
    session = new EmbedSession(
      {
        send: (command) => sent.push(command),
        navigate: (path) => loads.push(path),
        judge: () => new Promise((resolve) => judged.push(resolve)),
      },
      PACE,
    );
    session.start(['channel/general'], async () => given);
    session.frameLoaded();
    await turn();
    enter();
    expect(session.getState()).to.include({phase: 'ready'});
    session.subscribe((_, fact) => facts.push(fact));
    sent.length = loads.length = 0;
  });
  afterEach(() => session.stop());

  it('shows and counts nothing, and tells no sign-out, until it is known why', async () => {
    session.receive({type: 'logged-out'});
    await turn();
    expect(types()).to.deep.equal(['unread-changed']);
    expect(session.getState()).to.deep.include({phase: 'authenticating', user: null, room: null});
    expect(judged).to.have.length(1);
  });

  it('loads the room again with the token there is now, where only a token has ended', async () => {
    session.receive({type: 'logged-out'});
    given = {...ALICE, authToken: 'c'.repeat(43)};
    await says('again');
    expect(loads).to.deep.equal(['channel/general']);
    session.frameLoaded();
    await turn();
    expect(sent).to.deep.equal([{externalCommand: 'login-with-token', token: given.authToken}]);
    facts.length = 0;
    enter();
    expect(types()).to.deep.equal(['unread-changed', 'ready', 'room-opened']);
    expect(session.getState().user).to.deep.equal({userId: 'alice-id', username: 'alice'});
  });

  it('tells who is signed in where that is somebody else than before', async () => {
    session.receive({type: 'logged-out'});
    given = BOB;
    await says('again');
    session.frameLoaded();
    await turn();
    enter(BOB);
    expect(types()).to.include('logged-in');
  });

  for (const farewell of ['left', 'gone'] as const)
    it(`tells the sign-out once, and signs nobody in again, where the verdict is "${farewell}"`, async () => {
      session.receive({type: 'logged-out'});
      await says(farewell);
      expect(types()).to.deep.equal(['unread-changed', 'logged-out']);
      session.receive({type: 'startup'});
      await turn();
      expect(loads).to.deep.equal([]);
      expect(sent).to.deep.equal([]);
    });

  it('leaves alone what the page tells meanwhile, as somebody may sign in there', async () => {
    session.receive({type: 'logged-out'});
    enter(BOB);
    session.receive({type: 'room-opened', room: STAFF});
    expect(types()).to.deep.equal(['unread-changed']);
    expect(session.getState()).to.deep.include({user: null, room: null});
  });

  it('gives the page no token while it is in doubt', () => {
    session.receive({type: 'logged-out'});
    session.renew({...ALICE, authToken: 'c'.repeat(43)});
    expect(sent).to.deep.equal([]);
  });

  it('asks once where the page says it twice', async () => {
    session.receive({type: 'logged-out'});
    session.receive({type: 'logged-out'});
    expect(judged).to.have.length(1);
    await says('left');
    expect(types()).to.deep.equal(['unread-changed', 'logged-out']);
  });

  it('forgets its doubt when the page of the application signs out meanwhile, and tells so once', async () => {
    session.receive({type: 'logged-out'});
    session.logout();
    await says('again');
    expect(types()).to.deep.equal(['unread-changed', 'logged-out']);
    expect(loads).to.deep.equal([]);
  });

  it('forgets its doubt when another user signs in, or the frame goes', async () => {
    session.receive({type: 'logged-out'});
    session.login(BOB, true).catch(() => undefined);
    expect(loads).to.deep.equal(['channel/general']);
    await says('again');
    expect(loads).to.have.length(1);
    session.stop();
    expect(session.getState().phase).to.equal('idle');
  });

  it('is given back to its user where somebody else was signed in in the page, once', async () => {
    session.receive({
      type: 'unread-changed-by-subscription',
      unread: {roomId: 'STAFF', name: 'staff', count: 1, alert: false},
      userId: BOB.userId,
    });
    session.receive({type: 'room-opened', room: STAFF});
    expect(loads).to.deep.equal(['channel/general']);
    expect(session.getState()).to.deep.include({user: null, room: null});
    expect(types()).to.deep.equal(['unread-changed']);
    session.frameLoaded();
    await turn();
    enter();
    expect(types()).to.deep.equal(['unread-changed', 'unread-changed', 'ready', 'room-opened']);
    enter(BOB);
    const error = facts.find((fact) => fact.type === 'error');
    expect(error).to.have.nested.property('error.code', 'other-user');
    expect(session.getState()).to.deep.include({phase: 'degraded', user: null, room: null});
    expect(session.foreign).to.be.true;
    // It is left to whoever has it: nothing is sent, and nothing of it is told.
    sent.length = facts.length = 0;
    session.receive({type: 'startup'});
    enter();
    session.renew(ALICE);
    session.login(async () => ALICE).catch(() => undefined);
    await turn();
    expect(sent).to.deep.equal([]);
    expect(types()).to.deep.equal([]);
    expect(loads).to.have.length(1);
  });

  it('tells a page to sign out that was not there yet when it was asked to', async () => {
    session.start(['channel/general'], async () => given);
    session.logout();
    sent.length = 0;
    session.frameLoaded();
    expect(sent).to.deep.equal([{externalCommand: 'logout'}]);
  });

  it('does not so where somebody is to be signed in again by then', () => {
    session.start(['channel/general'], async () => given);
    session.logout();
    session.login(BOB, true).catch(() => undefined);
    sent.length = 0;
    session.frameLoaded();
    expect(sent.map(({externalCommand}) => externalCommand)).not.to.include('logout');
  });

  it('hears a page that had nobody to sign out', async () => {
    session.start(['channel/general'], undefined);
    session.frameLoaded();
    session.logout();
    session.receive({type: 'room-opened', room: GENERAL});
    expect(session.getState()).to.include({phase: 'ready', room: GENERAL});
  });

  it('gives the page no token of anybody else than who is signed in', () => {
    session.renew(BOB);
    expect(sent).to.deep.equal([]);
  });

  it('goes on signing in whoever comes next, where the goodbye that was asked for is late', async () => {
    session.logout();
    session.confirmLogout();
    session.login(BOB, true).catch(() => undefined);
    await turn();
    sent.length = 0;
    session.receive({type: 'logged-out'});
    expect(sent).to.deep.equal([{externalCommand: 'login-with-token', token: BOB.authToken}]);
    enter(BOB);
    expect(session.getState().user).to.deep.equal({userId: 'bob-id'});
  });

  it('does not ask about a sign-out that was asked for', () => {
    session.logout();
    session.receive({type: 'logged-out'});
    expect(judged).to.have.length(0);
    expect(types()).to.deep.equal(['logged-out', 'unread-changed']);
  });
});
