import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import type {Credentials, CredentialsAsk} from '../../src/protocol/credentials.js';
import type {EmbedCommand, EmbedEvent, EmbedRoom} from '../../src/protocol/rocket-chat-embed.js';
import type {ChatFact} from '../../src/session/chat-state.js';
import type {EmbedPace} from '../../src/session/embed-pace.js';
import type {EmbedSession} from '../../src/session/embed-session.js';
import {recordEmbed, rejectionOf, type Recorder} from './recorders.js';

const PACE: EmbedPace = {repeat: 5, patience: 30, room: 20, load: 30};
/** For what must not end by itself while a test looks. */
const PATIENT: EmbedPace = {repeat: 5, patience: 60_000, room: 60_000, load: 60_000};
const ALICE: Credentials = {
  userId: 'alice-id',
  authToken: 'token-of-alice-0123456789abcdef',
  username: 'alice',
};
const BOB: Credentials = {userId: 'bob-id', authToken: 'token-of-bob-0123456789abcdef'};
const GENERAL: EmbedRoom = {roomId: 'GENERAL', name: 'general', type: 'c'};
const STAFF: EmbedRoom = {roomId: 'STAFF', name: 'staff', type: 'p'};
const CHANNEL = 'channel/general';
const GROUP = 'group/staff';

const opened = (room: EmbedRoom): EmbedEvent => ({type: 'room-opened', room});
const total = (count: number): EmbedEvent => ({type: 'unread-changed', count, alert: false});
const inRoom = (roomId: string, count: number, userId?: string): EmbedEvent => ({
  type: 'unread-changed-by-subscription',
  unread: {roomId, name: roomId, count, alert: false},
  ...(userId !== undefined && {userId}),
});
const go = (path: string): EmbedCommand => ({
  externalCommand: 'go',
  path: `/${path}?layout=embedded`,
});
const token = ({authToken}: Credentials): EmbedCommand => ({
  externalCommand: 'login-with-token',
  token: authToken,
});

describe('EmbedSession', () => {
  let session: EmbedSession;
  let sent: Recorder<EmbedCommand>;
  let loads: Recorder<string>;
  let facts: Recorder<ChatFact>;

  const begin = (pace: EmbedPace): void => {
    ({session, sent, loads, facts} = recordEmbed(pace));
  };
  beforeEach(() => begin(PATIENT));
  afterEach(() => session.stop());

  const types = (): string[] =>
    facts.all.filter(({type}) => type !== 'phase').map(({type}) => type);
  const errors = (): PexipChatError[] =>
    facts.all.flatMap((fact) => (fact.type === 'error' ? [fact.error] : []));
  const failed = (): Promise<void> => facts.until(() => errors().length > 0);
  const commands = (name: EmbedCommand['externalCommand']): EmbedCommand[] =>
    sent.all.filter(({externalCommand}) => externalCommand === name);

  /** The page shows a room to a user: it tells of the user's subscriptions and of the room. */
  const enter = (room: EmbedRoom = GENERAL, {userId}: Credentials = ALICE): void => {
    session.receive(inRoom(room.roomId, 0, userId));
    session.receive(opened(room));
  };
  /** Shows the channel to Alice, who was signed in by token. */
  const showChannel = async (): Promise<void> => {
    session.start([CHANNEL], ALICE);
    session.frameLoaded();
    await sent.reaches(1);
    enter();
    loads.take();
    sent.take();
    facts.take();
  };
  /** Shows the channel to a person who has signed in by Rocket.Chat's own form. */
  const showChannelToSomebody = (): void => {
    session.start([CHANNEL], undefined);
    session.frameLoaded();
    session.receive(opened(GENERAL));
    loads.take();
    sent.take();
    facts.take();
  };

  it('is idle before it starts: nobody, no room, nothing unread', () => {
    expect(session.getState()).to.deep.equal({
      phase: 'idle',
      user: null,
      room: null,
      unread: {count: 0, alert: false, rooms: []},
    });
    expect(Object.isFrozen(session.getState())).to.equal(true);
  });

  describe('loading', () => {
    it('loads the page at the room, and sends nothing yet', () => {
      session.start([CHANNEL], ALICE);
      expect(loads.all).to.deep.equal([CHANNEL]);
      expect(session.getState().phase).to.equal('loading');
      expect(sent.all).to.deep.equal([]);
    });

    it('gives the token again to a page that starts once more, as it may have lost its session', async () => {
      await showChannel();
      session.receive({type: 'startup'});
      expect(sent.all).to.deep.equal([token(ALICE)]);
      expect(session.getState()).to.include({phase: 'ready'});
    });

    it('gives a page that begins to listen the token that has come in the place of the first', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      const fresh = {...ALICE, authToken: 'fresh-token-of-alice-0123456789'};
      session.renew(fresh);
      sent.take();
      session.receive({type: 'startup'});
      expect(sent.all).to.deep.equal([token(fresh)]);
    });

    it('leaves it to a person who signed in by the form to do so again', () => {
      showChannelToSomebody();
      session.receive({type: 'startup'});
      expect(sent.all).to.deep.equal([]);
    });

    it('signs in when the frame has loaded', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      expect(session.getState().phase).to.equal('authenticating');
      await sent.reaches(1);
      expect(sent.all[0]).to.deep.equal(token(ALICE));
    });

    it('takes a message of the page for its load', async () => {
      session.start([CHANNEL], ALICE);
      session.receive({type: 'startup'});
      expect(session.getState().phase).to.equal('authenticating');
      await sent.reaches(1);
    });

    it('asks for credentials once, however often the frame loads', async () => {
      const asks: CredentialsAsk[] = [];
      session.start([CHANNEL], async (ask) => {
        asks.push(ask);
        return ALICE;
      });
      session.frameLoaded();
      session.receive({type: 'startup'});
      session.frameLoaded();
      await sent.reaches(1);
      expect(asks).to.have.length(1);
      expect(asks[0]).to.include({surface: 'embed', reason: 'initial'});
    });

    it('is degraded if the page does not load', async () => {
      begin(PACE);
      session.start([CHANNEL], ALICE);
      await failed();
      expect(session.getState().phase).to.equal('degraded');
      expect(errors()[0]).to.include({code: 'embed-silent'});
      expect(sent.all).to.deep.equal([]);
    });
  });

  describe('signing in by token', () => {
    it('is ready when the room has opened: who, ready, room, in this order', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      facts.take();
      enter();
      const user = {userId: 'alice-id', username: 'alice'};
      expect(facts.all.filter(({type}) => type !== 'phase')).to.deep.equal([
        {type: 'logged-in', detail: user},
        {type: 'ready', detail: null},
        {type: 'room-opened', detail: GENERAL},
      ]);
      expect(session.getState()).to.include({phase: 'ready', room: GENERAL});
      expect(session.getState().user).to.deep.equal(user);
      expect(Object.isFrozen(session.getState().user)).to.equal(true);
    });

    it('sends the token until there is evidence, and then no more', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(3);
      session.receive(inRoom('GENERAL', 1));
      const count = sent.take().length;
      expect(count).to.equal(3);
      await tickOfAnotherSession();
      expect(sent.all).to.deep.equal([]);
    });

    it('sends the token again as soon as the page says that it has started', async () => {
      begin({...PATIENT, repeat: 60_000});
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.receive({type: 'startup'});
      expect(sent.all).to.deep.equal([token(ALICE), token(ALICE)]);
    });

    it('takes the unread count of a room for evidence, and a total of all rooms for none', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.receive(total(0));
      expect(session.getState().user).to.equal(null);
      session.receive(inRoom('GENERAL', 0));
      expect(session.getState().user).to.include({username: 'alice'});
      expect(session.getState().phase).to.equal('authenticating');
    });

    it('tells nothing unread of an older session, once it is known whose it was', async () => {
      let answer: (credentials: Credentials) => void = () => undefined;
      session.start([CHANNEL], () => new Promise((resolve) => (answer = resolve)));
      session.receive(inRoom('OTHER', 3, 'bob-id'));
      session.receive(total(3));
      expect(session.getState().unread.count).to.equal(0);
      answer(ALICE);
      await sent.reaches(1);
      session.receive(inRoom('GENERAL', 1, 'alice-id'));
      const {count, rooms} = session.getState().unread;
      expect(count).to.equal(1);
      expect(rooms.map(({roomId}) => roomId)).to.deep.equal(['GENERAL']);
    });

    it('takes a room that opens before the token is there for one of an older session', async () => {
      let answer: (credentials: Credentials) => void = () => undefined;
      session.start([CHANNEL], () => new Promise((resolve) => (answer = resolve)));
      session.receive(opened(GENERAL));
      session.receive(inRoom('GENERAL', 1));
      expect(session.getState()).to.include({user: null, room: null});
      answer(ALICE);
      await facts.until((all) => all.some(({type}) => type === 'room-opened'));
      expect(sent.all[0]).to.deep.equal(token(ALICE));
      expect(session.getState().user).to.include({username: 'alice'});
      expect(session.getState().phase).to.equal('ready');
    });

    it('takes a room for one of the user once the page has heard two tokens more', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.receive(opened(GENERAL));
      expect(session.getState()).to.include({user: null, room: null});
      await facts.until((all) => all.some(({type}) => type === 'room-opened'));
      expect(commands('login-with-token')).to.have.length(3);
      expect(session.getState().user).to.include({username: 'alice'});
    });

    it('shows no room that was opened for a user of before, however many tokens were sent', async () => {
      session.start(['direct/carol'], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.receive(inRoom('OTHER', 1, 'bob-id'));
      session.receive(opened({roomId: 'bobcarol', name: 'carol', type: 'd'}));
      await sent.reaches(5);
      expect(session.getState()).to.include({user: null, room: null});
      const mine: EmbedRoom = {roomId: 'alicecarol', name: 'carol', type: 'd'};
      session.receive(inRoom('alicecarol', 0, 'alice-id'));
      expect(session.getState()).to.deep.include({user: {userId: 'alice-id', username: 'alice'}});
      expect(session.getState().room).to.equal(null);
      session.receive(opened(mine));
      expect(session.getState()).to.deep.include({phase: 'ready', room: mine});
      expect(session.getState().unread.rooms.map(({roomId}) => roomId)).to.deep.equal([
        'alicecarol',
      ]);
    });

    it('shows a channel that was opened for a user of before, as it is the same for all', async () => {
      session.start([CHANNEL], ALICE);
      session.receive(inRoom('OTHER', 1, 'bob-id'));
      session.receive(opened(GENERAL));
      await sent.reaches(3);
      expect(session.getState()).to.include({user: null, room: null});
      session.receive(inRoom('GENERAL', 0, 'alice-id'));
      expect(session.getState()).to.include({phase: 'ready', room: GENERAL});
    });

    it('sends the token once where that room shows that the page listens', async () => {
      begin({...PATIENT, patience: 50});
      session.start([CHANNEL], async () => ALICE);
      enter();
      await facts.until((all) => all.some(({type}) => type === 'room-opened'));
      await tickOfAnotherSession();
      expect(sent.all).to.deep.equal([token(ALICE)]);
    });

    it('asks for a fresh token when one had no effect, and signs in with that', async () => {
      begin({...PATIENT, patience: 20});
      const reasons: string[] = [];
      session.start([CHANNEL], async ({reason}) => {
        reasons.push(reason);
        return reason === 'initial' ? ALICE : BOB;
      });
      session.frameLoaded();
      await sent.until((all) =>
        all.some((each) => 'token' in each && each.token === BOB.authToken),
      );
      enter(GENERAL, BOB);
      expect(reasons).to.deep.equal(['initial', 'rejected']);
      expect(session.getState().user).to.deep.equal({userId: 'bob-id'});
    });

    it('is degraded if no token has any effect', async () => {
      begin(PACE);
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await failed();
      expect(session.getState()).to.include({phase: 'degraded', user: null});
      expect(errors().map(({code}) => code)).to.deep.equal(['embed-silent']);
      expect(new Set(sent.all)).to.have.length.greaterThan(1);
    });

    it('is ready all the same if the room opens later', async () => {
      begin(PACE);
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await failed();
      session.receive(opened(GENERAL));
      expect(session.getState()).to.include({phase: 'ready', room: GENERAL});
    });

    it('names framing and events if nothing was heard, and only commands if the page was', async () => {
      begin(PACE);
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await failed();
      session.start([CHANNEL], ALICE);
      session.receive({type: 'startup'});
      await facts.until(() => errors().length === 2);
      expect(errors().map(({code}) => code)).to.deep.equal(['embed-silent', 'embed-silent']);
      expect(errors()[0]!.message).to.include('framed').and.include('events');
      expect(errors()[1]!.message).to.include('commands').and.not.include('framed');
    });

    it('signs in all the same on a page that starts only after that', async () => {
      begin(PACE);
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await failed();
      sent.take();
      session.receive({type: 'startup'});
      await sent.reaches(1);
      expect(sent.all[0]).to.deep.equal(token(ALICE));
      enter();
      expect(session.getState()).to.include({phase: 'ready', room: GENERAL});
    });

    it('asks auth no more on a page that starts after it has failed', async () => {
      let asks = 0;
      session.start([CHANNEL], () => {
        asks += 1;
        return Promise.reject(new Error('no session'));
      });
      session.frameLoaded();
      await failed();
      session.receive({type: 'startup'});
      expect(asks).to.equal(1);
      expect(session.getState().phase).to.equal('degraded');
    });

    it('loads the page anew when a room is asked for after that, whichever it is', async () => {
      begin(PACE);
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await failed();
      const before = loads.take().length + sent.take().length;
      expect(before).to.be.greaterThan(1);
      const room = session.open(['channel/x', 'group/x']);
      expect(loads.all).to.deep.equal(['channel/x']);
      expect(commands('go')).to.deep.equal([]);
      session.frameLoaded();
      await sent.reaches(1);
      enter(STAFF);
      expect(await room).to.deep.equal(STAFF);
    });

    it('takes a room for one of the user that opened before the last token had its time', async () => {
      begin({...PATIENT, repeat: 60_000, patience: 20});
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.receive(opened(GENERAL));
      await facts.until((all) => all.some(({type}) => type === 'room-opened'));
      expect(session.getState()).to.include({phase: 'ready', room: GENERAL});
      expect(errors()).to.deep.equal([]);
    });

    it('tells nothing of a session of before where auth has failed', async () => {
      session.start([CHANNEL], () => Promise.reject(new Error('no session')));
      session.frameLoaded();
      await failed();
      facts.take();
      session.receive(inRoom('OTHER', 3, 'bob-id'));
      session.receive(opened(GENERAL));
      expect(types()).to.deep.equal([]);
      expect(session.getState()).to.include({phase: 'degraded', user: null, room: null});
    });

    it('is degraded if auth fails, and tells that', async () => {
      const cause = new Error('no session');
      session.start([CHANNEL], () => Promise.reject(cause));
      session.frameLoaded();
      await failed();
      expect(session.getState().phase).to.equal('degraded');
      expect(errors()[0]).to.include({code: 'credentials-failed', cause});
      expect(sent.all).to.deep.equal([]);
    });

    it('tells of that alone, as the last error is what people see', async () => {
      await session.login(() => Promise.reject(new Error('no session')));
      const outcome = rejectionOf(session.open([CHANNEL]));
      session.frameLoaded();
      expect(await outcome).to.include({code: 'credentials-failed'});
      expect(errors().map(({code}) => code)).to.deep.equal(['credentials-failed']);
    });

    it('still settles what is asked for after auth has failed', async () => {
      begin(PACE);
      session.start([CHANNEL], () => Promise.reject(new Error('no session')));
      session.frameLoaded();
      await failed();
      expect(await rejectionOf(session.open([GROUP]))).to.be.instanceOf(PexipChatError);
    });

    it('never tells a token', async () => {
      begin(PACE);
      session.start([CHANNEL], async () => ALICE);
      session.frameLoaded();
      await failed();
      session.receive(opened(GENERAL));
      session.logout();
      const told = facts.all.map((fact) =>
        fact.type === 'error' ? `${fact.error.message} ${String(fact.error.cause)}` : fact,
      );
      expect(JSON.stringify([told, session.getState(), loads.all])).not.to.include(ALICE.authToken);
    });
  });

  /** Resolves when a token would have been sent several times since. */
  const tickOfAnotherSession = async (): Promise<void> => {
    const other = recordEmbed(PATIENT);
    other.session.start([CHANNEL], ALICE);
    other.session.frameLoaded();
    await other.sent.reaches(4);
    other.session.stop();
  };

  describe('without auth', () => {
    it("waits for the person, who signs in by Rocket.Chat's own form", async () => {
      begin(PACE);
      session.start([CHANNEL], undefined);
      session.frameLoaded();
      session.receive({type: 'startup'});
      await tickOfAnotherSession();
      await tickOfAnotherSession();
      expect(session.getState().phase).to.equal('authenticating');
      session.receive(opened(GENERAL));
      expect(types()).to.deep.equal(['logged-in', 'ready', 'room-opened']);
      expect(session.getState().user).to.deep.equal({});
      expect(sent.all).to.deep.equal([]);
    });

    it('is degraded if the page never says that it is there', async () => {
      begin(PACE);
      session.start([CHANNEL], undefined);
      session.frameLoaded();
      // The browser tells of the load of a page that it has refused, too.
      expect(session.getState().phase).to.equal('loading');
      await failed();
      expect(session.getState()).to.include({phase: 'degraded', user: null});
      expect(errors().map(({code}) => code)).to.deep.equal(['embed-silent']);
    });

    it('tries no other room on such a page', async () => {
      begin(PACE);
      session.start(['channel/x', 'group/x', 'direct/x'], undefined);
      session.frameLoaded();
      await failed();
      expect(loads.all).to.deep.equal(['channel/x']);
      expect(sent.all).to.deep.equal([]);
    });

    it('waits for the person again once that page is heard', async () => {
      begin(PACE);
      session.start([CHANNEL], undefined);
      session.frameLoaded();
      await failed();
      session.receive({type: 'startup'});
      expect(session.getState().phase).to.equal('authenticating');
      session.receive(opened(GENERAL));
      expect(session.getState()).to.include({phase: 'ready', room: GENERAL});
    });

    it('is degraded if that person cannot open the room', async () => {
      begin(PACE);
      session.start([CHANNEL], undefined);
      session.frameLoaded();
      session.receive(inRoom('OTHER', 0));
      await failed();
      expect(session.getState()).to.include({phase: 'degraded'});
      expect(errors()[0]).to.include({code: 'room-unconfirmed'});
    });
  });

  describe('rooms', () => {
    it('tries one path after the other until a room opens', async () => {
      begin({...PATIENT, room: 10});
      session.start(['channel/x', 'group/x', 'direct/x'], ALICE);
      expect(loads.all).to.deep.equal(['channel/x']);
      session.frameLoaded();
      session.receive({type: 'startup'});
      await sent.until(() => commands('go').length === 2);
      expect(commands('go')).to.deep.equal([go('group/x'), go('direct/x')]);
      session.receive(opened(STAFF));
      await facts.until((all) => all.some(({type}) => type === 'room-opened'));
      expect(session.getState()).to.include({phase: 'ready', room: STAFF});
      expect(loads.all).to.have.length(1);
    });

    it('is degraded if none opens although the user is signed in', async () => {
      begin({...PATIENT, room: 10});
      session.start(['channel/x', 'group/x', 'direct/x'], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.receive(inRoom('OTHER', 0));
      await failed();
      expect(session.getState()).to.include({phase: 'degraded'});
      expect(errors().map(({code}) => code)).to.deep.equal(['room-unconfirmed']);
    });

    it('opens another room, and resolves with it', async () => {
      await showChannel();
      const room = session.open([GROUP]);
      expect(sent.all).to.deep.equal([go(GROUP)]);
      session.receive(opened(STAFF));
      expect(await room).to.deep.equal(STAFF);
      expect(session.getState().room).to.deep.equal(STAFF);
      expect(types()).to.deep.equal(['room-opened']);
    });

    it('knows a room that was open before, of which the page does not tell again', async () => {
      await showChannel();
      const other = session.open([GROUP]);
      session.receive(opened(STAFF));
      await other;
      expect(await session.open([CHANNEL])).to.deep.equal(GENERAL);
      expect(session.getState().room).to.deep.equal(GENERAL);
      expect(sent.all).to.deep.equal([go(GROUP), go(CHANNEL)]);
    });

    it('loads the page at the room where the workspace takes no commands', async () => {
      begin({...PATIENT, room: 10});
      await showChannel();
      const room = session.open([GROUP]);
      await loads.reaches(1);
      expect(loads.all).to.deep.equal([GROUP]);
      expect(session.getState()).to.include({phase: 'loading', room: null});
      session.frameLoaded();
      await sent.until(() => commands('login-with-token').length > 0);
      enter(STAFF);
      expect(await room).to.deep.equal(STAFF);
    });

    it('rejects if the room does not open either way', async () => {
      begin(PACE);
      await showChannel();
      const outcome = rejectionOf(session.open([GROUP]));
      await loads.reaches(1);
      session.frameLoaded();
      await sent.until(() => commands('login-with-token').length > 0);
      session.receive(inRoom('OTHER', 0));
      expect(await outcome).to.include({code: 'room-unconfirmed'});
      expect(session.getState().phase).to.equal('degraded');
    });

    it('rejects when another room is asked for first', async () => {
      await showChannel();
      const first = rejectionOf(session.open([GROUP]));
      const second = session.open(['direct/bob']);
      expect(await first).to.include({code: 'disconnected'});
      session.receive(opened(STAFF));
      expect(await second).to.deep.equal(STAFF);
      expect(errors()).to.deep.equal([]);
    });

    it('follows a person who opens another room in the page', async () => {
      await showChannel();
      session.receive(opened(STAFF));
      expect(facts.all).to.deep.equal([{type: 'room-opened', detail: STAFF}]);
    });

    it('goes to the room that was asked for, though the person has opened another', async () => {
      await showChannel();
      session.receive(opened(STAFF));
      sent.take();
      const room = session.open([CHANNEL]);
      expect(sent.all).to.deep.equal([go(CHANNEL)]);
      session.receive(opened(GENERAL));
      expect(await room).to.deep.equal(GENERAL);
      expect(session.getState().room).to.deep.equal(GENERAL);
    });

    it('rejects when the frame is removed', async () => {
      await showChannel();
      const outcome = rejectionOf(session.open([GROUP]));
      session.stop();
      expect(await outcome).to.include({code: 'disconnected'});
      expect(session.getState()).to.include({phase: 'idle', user: null, room: null});
      expect(errors()).to.deep.equal([]);
    });

    it('loads and signs in anew after it was stopped', async () => {
      await showChannel();
      session.stop();
      session.start([GROUP], BOB);
      expect(loads.all).to.deep.equal([GROUP]);
      session.frameLoaded();
      await sent.reaches(1);
      expect(sent.all[0]).to.deep.equal(token(BOB));
      enter(STAFF, BOB);
      expect(session.getState().user).to.deep.equal({userId: 'bob-id'});
    });
  });

  describe('unread messages', () => {
    it('are told by room and in all', async () => {
      await showChannel();
      session.receive(inRoom('GENERAL', 2));
      session.receive(inRoom('STAFF', 1));
      expect(session.getState().unread).to.deep.include({count: 3, alert: true});
      session.receive(total(1));
      const {unread} = session.getState();
      expect(unread.count).to.equal(1);
      expect(unread.rooms.map(({roomId}) => roomId)).to.deep.equal(['GENERAL', 'STAFF']);
      expect(facts.all.at(-1)).to.deep.equal({type: 'unread-changed', detail: unread});
      expect(types()).to.have.length(3);
    });

    it('are told when they change, and not for each room that has none', async () => {
      await showChannel();
      for (const room of ['A', 'B', 'C']) session.receive(inRoom(room, 0));
      session.receive(total(0));
      expect(types()).to.deep.equal([]);
      session.receive(inRoom('B', 1));
      session.receive(inRoom('B', 1));
      session.receive(inRoom('C', 0));
      expect(types()).to.deep.equal(['unread-changed']);
      session.receive(inRoom('B', 0));
      expect(types()).to.deep.equal(['unread-changed', 'unread-changed']);
    });

    it('are not those of a user whom the token has yet to replace, nor evidence', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.receive(inRoom('GENERAL', 5, 'bob-id'));
      expect(session.getState()).to.deep.include({user: null});
      expect(session.getState().unread.count).to.equal(0);
      session.receive(inRoom('GENERAL', 2, 'alice-id'));
      expect(session.getState().user).to.include({username: 'alice'});
      expect(session.getState().unread.count).to.equal(2);
    });

    const lastTold = (): unknown => {
      const last = facts.all.findLast(({type}) => type === 'unread-changed');
      return last && 'detail' in last ? last.detail : undefined;
    };
    const NOTHING = {count: 0, alert: false, rooms: []};

    it('are forgotten when another user signs in', async () => {
      await showChannel();
      session.receive(inRoom('GENERAL', 2));
      session.login(BOB).catch(() => undefined);
      expect(session.getState().unread).to.deep.equal(NOTHING);
      session.frameLoaded();
      session.receive(total(1));
      expect(session.getState().unread).to.deep.equal(NOTHING);
      await sent.until(() => commands('login-with-token').length > 0);
      session.receive(inRoom('STAFF', 1, 'bob-id'));
      const {count, rooms} = session.getState().unread;
      expect(count).to.equal(1);
      expect(rooms.map(({roomId}) => roomId)).to.deep.equal(['STAFF']);
    });

    it('are told to be none when another user signs in', async () => {
      await showChannel();
      session.receive(inRoom('GENERAL', 2));
      session.login(BOB).catch(() => undefined);
      expect(lastTold()).to.deep.equal(NOTHING);
    });

    it('are told to be none when the frame is removed', async () => {
      await showChannel();
      session.receive(inRoom('GENERAL', 2));
      session.stop();
      expect(session.getState().unread).to.deep.equal(NOTHING);
      expect(lastTold()).to.deep.equal(NOTHING);
    });
  });

  describe('signing out', () => {
    it('asks the page to, and tells that nobody is there and nothing unread', async () => {
      await showChannel();
      session.receive(inRoom('GENERAL', 2));
      facts.take();
      session.logout();
      expect(sent.all).to.deep.equal([{externalCommand: 'logout'}]);
      expect(types()).to.deep.equal(['logged-out', 'unread-changed']);
      expect(session.getState()).to.deep.equal({
        phase: 'authenticating',
        user: null,
        room: null,
        unread: {count: 0, alert: false, rooms: []},
      });
    });

    it('hears that the person has signed out in the page', async () => {
      await showChannel();
      session.receive(inRoom('GENERAL', 2));
      facts.take();
      session.receive({type: 'logged-out'});
      expect(types()).to.deep.equal(['logged-out', 'unread-changed']);
      expect(session.getState()).to.include({phase: 'authenticating', user: null, room: null});
      expect(sent.all).to.deep.equal([]);
    });

    it('is told once, though the page tells it, too', async () => {
      await showChannel();
      session.logout();
      session.receive({type: 'logged-out'});
      expect(types().filter((type) => type === 'logged-out')).to.have.length(1);
    });

    it('is degraded if the page does not confirm it, as it may take no commands', async () => {
      begin(PACE);
      await showChannel();
      session.logout();
      await failed();
      expect(session.getState()).to.include({phase: 'degraded', user: null, room: null});
      expect(errors()[0]).to.include({code: 'embed-silent'});
      expect(errors()[0]!.message).to.include('sign-out');
    });

    it('is done when the page confirms it', async () => {
      begin(PACE);
      await showChannel();
      session.logout();
      session.receive({type: 'logged-out'});
      await tickOfAnotherSession();
      await tickOfAnotherSession();
      expect(session.getState().phase).to.equal('authenticating');
      expect(errors()).to.deep.equal([]);
    });

    it('is done when the page confirms it late', async () => {
      begin(PACE);
      await showChannel();
      session.logout();
      await failed();
      session.receive({type: 'logged-out'});
      expect(session.getState().phase).to.equal('authenticating');
    });

    it('does not undo the sign-in of the next user, which its confirmation finds under way', async () => {
      await showChannel();
      session.logout();
      const login = session.login(BOB);
      await sent.until(() => commands('login-with-token').length === 1);
      session.receive({type: 'logged-out'});
      // The page may have heard the token before it signed the user out.
      expect(commands('login-with-token')).to.deep.equal([token(BOB), token(BOB)]);
      enter(GENERAL, BOB);
      await login;
      expect(session.getState()).to.deep.include({phase: 'ready', user: {userId: BOB.userId}});
    });

    it('is told of nobody who was not signed in, but stops the token', async () => {
      session.start([CHANNEL], ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      session.logout();
      sent.take();
      await tickOfAnotherSession();
      expect(types()).to.deep.equal([]);
      expect(sent.all).to.deep.equal([]);
    });

    it('lets the next person sign in', async () => {
      await showChannel();
      session.logout();
      facts.take();
      // Still of the one before, who has not been signed out yet.
      session.receive(opened(GENERAL));
      expect(types()).to.deep.equal([]);
      session.receive({type: 'logged-out'});
      session.receive(opened(GENERAL));
      expect(types()).to.deep.equal(['logged-in', 'ready', 'room-opened']);
      expect(session.getState().user).to.deep.equal({});
    });
  });

  describe('login', () => {
    it('signs in where nobody is, without loading the page again', async () => {
      session.start([CHANNEL], undefined);
      session.frameLoaded();
      loads.take();
      const login = session.login(ALICE);
      await sent.reaches(1);
      enter();
      await login;
      expect(commands('login-with-token')).to.deep.equal([token(ALICE)]);
      expect(loads.all).to.deep.equal([]);
      expect(session.getState().user).to.include({username: 'alice'});
    });

    it('signs in again after signing out', async () => {
      await showChannel();
      session.logout();
      sent.take();
      session.login(BOB).catch(() => undefined);
      await sent.until(() => commands('login-with-token').length > 0);
      expect(commands('login-with-token')[0]).to.deep.equal(token(BOB));
    });

    it('tells if auth fails after signing out', async () => {
      begin(PACE);
      await showChannel();
      session.logout();
      session.login(() => Promise.reject(new Error('no session'))).catch(() => undefined);
      await failed();
      expect(errors()[0]).to.include({code: 'credentials-failed'});
    });

    it('rejects if the token has no effect after signing out', async () => {
      begin(PACE);
      await showChannel();
      session.logout();
      const outcome = rejectionOf(session.login(BOB));
      // If it loads the page to try again, that loads.
      void loads.reaches(1).then(() => session.frameLoaded());
      expect(await outcome).to.include({code: 'embed-silent'});
      expect(session.getState()).to.include({phase: 'degraded', user: null});
    });

    it('loads the page again for another user than the one signed in', async () => {
      await showChannel();
      const login = session.login(BOB);
      expect(session.getState()).to.include({phase: 'loading', user: null, room: null});
      expect(loads.all).to.deep.equal([CHANNEL]);
      session.frameLoaded();
      await sent.reaches(1);
      expect(sent.all[0]).to.deep.equal(token(BOB));
      enter(GENERAL, BOB);
      await login;
      expect(session.getState().user).to.deep.equal({userId: 'bob-id'});
    });

    it('loads it also where a person had signed in by the form', async () => {
      showChannelToSomebody();
      const login = session.login(BOB);
      expect(loads.all).to.deep.equal([CHANNEL]);
      session.stop();
      expect(await rejectionOf(login)).to.include({code: 'disconnected'});
    });

    it('rejects if it cannot sign in', async () => {
      begin(PACE);
      await showChannel();
      const outcome = rejectionOf(session.login(BOB));
      session.frameLoaded();
      expect(await outcome).to.include({code: 'embed-silent'});
    });

    it('takes one function for another, as frameworks make a new one at each render', async () => {
      session.start([CHANNEL], async () => ALICE);
      session.frameLoaded();
      await sent.reaches(1);
      enter();
      loads.take();
      await session.login(async () => ALICE);
      expect(loads.all).to.deep.equal([]);
      expect(session.getState().phase).to.equal('ready');
    });

    it('before it starts does nothing yet', async () => {
      await session.login(ALICE);
      expect(loads.all).to.deep.equal([]);
      expect(sent.all).to.deep.equal([]);
    });
  });
});
