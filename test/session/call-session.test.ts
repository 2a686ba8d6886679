import {expect} from '@open-wc/testing';

import {
  CallSession,
  sharedCalls,
  type CallFact,
  type CallState,
} from '../../src/session/call-session.js';
import {STREAM_PACE, type StreamSource} from '../../src/transport/event-stream.js';
import {FakeClock} from '../support/fake-socket.js';
import {FakeStreams} from '../support/fake-streams.js';
import {turn} from '../support/turn.js';
import {see} from '../support/visibility.js';

const sourceOf = (token: string): StreamSource => ({
  url: 'https://broker.example/v1/calls/events',
  credentials: 'omit',
  headers: async () => ({Authorization: `Bearer ${token}`}),
});

const callOf = (id: string, more: object = {}) => ({
  id,
  alias: `alias-${id}`,
  direction: 'incoming',
  status: 'dialing',
  participants: ['anna', 'bob'],
  callType: 'video',
  record: 'none',
  live: true,
  creationDate: '2026-01-10T11:40:00.000Z',
  ...more,
});

const RINGING = callOf('c-1');
const ANSWERED = callOf('c-1', {status: 'connected'});
const ENDED = callOf('c-1', {status: 'ended', result: 'answered'});

describe('CallSession', () => {
  const {random} = Math;
  let clock: FakeClock;
  let server: FakeStreams;
  let session: CallSession;
  let facts: CallFact[];
  let states: CallState[];

  beforeEach(() => {
    clock = new FakeClock();
    server = new FakeStreams();
    Math.random = () => 0;
    facts = [];
    states = [];
    session = new CallSession(sourceOf('jwt-1'));
    session.subscribe((state, fact) => {
      facts.push(fact);
      states.push(state);
    });
  });
  afterEach(async () => {
    session.stop();
    await turn();
    Math.random = random;
    server.restore();
    clock.restore();
  });

  const tell = (type: string, data: object): Promise<void> =>
    server.last.say(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
  /** Answers a request as the broker does: with a stream. */
  const answer = async (id: string, call?: object): Promise<void> => {
    await server.last.open();
    await tell('stream', {id, ...(call && {call})});
    if ((call as {status?: string} | undefined)?.status === 'dialing')
      await tell('incoming', {call});
  };
  /** Starts the session, and answers. */
  const open = async (id: string, call?: object): Promise<void> => {
    session.start();
    await turn();
    await answer(id, call);
  };
  /** The stream breaks off, and the next one is asked for. */
  const breakOff = async (): Promise<void> => {
    server.last.cut();
    await clock.pass(STREAM_PACE.retry);
  };
  const toldOf = (type: CallFact['type']): CallFact[] => facts.filter((each) => each.type === type);

  it('opens nothing before it is started', async () => {
    await turn();
    expect(server.all).to.deep.equal([]);
    expect(session.getState()).to.deep.equal({
      status: 'connecting',
      stream: undefined,
      call: undefined,
      end: undefined,
    });
  });

  it('knows the id of its stream, by which this tab answers', async () => {
    await open('s-1');
    expect(session.getState()).to.deep.include({status: 'live', stream: 's-1', call: undefined});
    await breakOff();
    expect(session.getState()).to.deep.include({status: 'recovering', stream: undefined});
    await open('s-2');
    expect(session.getState()).to.deep.include({status: 'live', stream: 's-2'});
  });

  it('tells a call from its ring to its end, each event once and as it came', async () => {
    await open('s-1');
    await tell('incoming', {call: RINGING});
    expect(session.getState().call).to.deep.equal(RINGING);
    await tell('answered', {call: ANSWERED, executor: 'bob'});
    await tell('started', {call: ANSWERED});
    expect(session.getState().call).to.deep.equal(ANSWERED);
    await tell('ended', {call: ENDED, executor: 'anna'});
    expect(session.getState().call).to.equal(undefined);
    expect(facts.slice(-4)).to.deep.equal([
      {type: 'incoming', call: RINGING},
      {type: 'answered', call: ANSWERED, executor: 'bob'},
      {type: 'started', call: ANSWERED},
      {type: 'ended', call: ENDED, executor: 'anna'},
    ]);
  });

  it('tells who declined and why, and that it was stopped', async () => {
    const declined = callOf('c-1', {status: 'ended', result: 'declined'});
    await open('s-1');
    await tell('incoming', {call: RINGING});
    await tell('declined', {call: declined, executor: 'bob', reason: 'do_not_disturb'});
    expect(facts.at(-1)).to.deep.equal({
      type: 'declined',
      call: declined,
      executor: 'bob',
      reason: 'do_not_disturb',
    });
    await tell('incoming', {call: callOf('c-2')});
    await tell('stopped', {call: callOf('c-2', {status: 'connected'}), executor: 'bob'});
    // Another tab of the user has answered.
    expect(session.getState().call?.status).to.equal('connected');
  });

  it('tells a ring once, also where the stream breaks off while it rings', async () => {
    await open('s-1', RINGING);
    await breakOff();
    await open('s-2', RINGING);
    expect(toldOf('incoming')).to.have.lengthOf(1);
    await tell('incoming', {call: callOf('c-2')});
    expect(toldOf('incoming')).to.have.lengthOf(2);
  });

  it('tells a ring that began while there was no stream', async () => {
    await open('s-1');
    await breakOff();
    await open('s-2', RINGING);
    expect(toldOf('incoming')).to.deep.equal([{type: 'incoming', call: RINGING}]);
  });

  it('tells what a call was before there was no stream, so that its end is not missed', async () => {
    await open('s-1', RINGING);
    await breakOff();
    expect(session.getState().call).to.deep.equal(RINGING);
    await open('s-2');
    expect(facts.at(-1)).to.deep.equal({type: 'stream', id: 's-2', before: RINGING});
    expect(session.getState().call).to.equal(undefined);
    await breakOff();
    await open('s-3', ANSWERED);
    expect(facts.at(-1)).to.deep.equal({
      type: 'stream',
      id: 's-3',
      call: ANSWERED,
      before: undefined,
    });
  });

  it('passes over what is none of its events', async () => {
    await open('s-1', RINGING);
    const {length} = facts;
    await tell('incoming', {call: {id: 7}});
    await tell('ringing', {call: RINGING});
    await server.last.say('event: ended\ndata: {\n\n: a comment\n\ndata: x\n\n');
    expect(facts).to.have.lengthOf(length);
    expect(session.getState()).to.deep.include({status: 'live', call: RINGING});
  });

  for (const reason of ['closing', 'expired'])
    it(`opens another stream after "${reason}"`, async () => {
      await open('s-1', RINGING);
      await tell('over', {reason});
      await server.last.end();
      await clock.pass(STREAM_PACE.retry);
      expect(server.all).to.have.lengthOf(2);
      expect(session.getState()).to.deep.include({end: undefined, call: RINGING});
    });

  it('shows the token of whoever has come last', async () => {
    await open('s-1');
    session.use(sourceOf('jwt-2'));
    await tell('over', {reason: 'expired'});
    await server.last.end();
    await clock.pass(STREAM_PACE.retry);
    expect(server.last.headers.get('authorization')).to.equal('Bearer jwt-2');
  });

  for (const reason of ['signed-out', 'disconnected'])
    it(`ends with "${reason}", until it is started`, async () => {
      await open('s-1');
      await tell('over', {reason});
      expect(session.getState()).to.deep.include({
        status: 'ended',
        end: reason,
        stream: undefined,
      });
      expect(facts.at(-2)).to.deep.equal({type: 'over', reason});
      await clock.pass(600_000);
      dispatchEvent(new Event('focus'));
      await turn();
      expect([server.all.length, server.alive.length]).to.deep.equal([1, 0]);
      await open('s-2');
      expect(session.getState()).to.deep.include({status: 'live', end: undefined, stream: 's-2'});
    });

  it('tells why a user is disconnected by force', async () => {
    await open('s-1');
    await tell('force_disconnect', {reason: 'user_disabled'});
    await tell('over', {reason: 'disconnected'});
    expect(toldOf('force_disconnect')).to.deep.equal([
      {type: 'force_disconnect', reason: 'user_disabled'},
    ]);
  });

  for (const type of ['focus', 'pointerdown', 'keydown'])
    it(`that gave way to other tabs comes back when this one is used: ${type}`, async () => {
      await open('s-1');
      await tell('over', {reason: 'too-many'});
      await clock.pass(600_000);
      dispatchEvent(new Event('online'));
      await turn();
      expect(server.all).to.have.lengthOf(1);
      document.body.dispatchEvent(new Event(type, {bubbles: type !== 'focus'}));
      await turn();
      expect(server.all).to.have.lengthOf(2);
      await answer('s-2');
      expect(session.getState()).to.deep.include({status: 'live', end: undefined, stream: 's-2'});
      document.body.dispatchEvent(new Event(type));
      await turn();
      expect(server.all).to.have.lengthOf(2);
    });

  it('that gave way, and was stopped, does not come back', async () => {
    await open('s-1');
    await tell('over', {reason: 'too-many'});
    session.stop();
    dispatchEvent(new Event('focus'));
    await turn();
    expect(server.all).to.have.lengthOf(1);
  });

  it('ends where the broker refuses it: it has no calls, or does not know the user', async () => {
    for (const status of [404, 403]) {
      session.start();
      await turn();
      await server.last.open({status});
      expect(session.getState()).to.deep.include({status: 'ended', end: 'refused'});
    }
    await open('s-1');
    expect(session.getState()).to.deep.include({status: 'live', end: undefined});
  });

  describe('that is refused', () => {
    /** The broker, or a proxy before it, refuses the stream, and the token in the place of the first, too. */
    const refuse = async (status: number): Promise<void> => {
      if (status === 401) await server.last.open({status});
      await server.last.open({status});
      expect(session.getState()).to.deep.include({status: 'ended', end: 'refused'});
    };
    const asked = async (): Promise<number> => {
      await turn();
      return server.all.length;
    };
    beforeEach(() => {
      session.start();
      return turn();
    });

    it('says what the broker has answered', async () => {
      await refuse(403);
      expect(facts.at(-1)).to.deep.equal({type: 'status', answer: 403});
    });

    for (const status of [400, 401, 403, 404])
      it(`with ${status} asks again after minutes, ever more seldom, until it is taken`, async () => {
        Math.random = () => 1;
        await refuse(status);
        for (const minutes of [2, 3, 5, 9, 11, 11]) {
          const {length} = server.all;
          await clock.pass(minutes * 60_000 - 1);
          expect(server.all).to.have.lengthOf(length);
          await clock.pass(1);
          expect(server.all).to.have.lengthOf(length + 1);
          await refuse(status);
        }
        await clock.pass(11 * 60_000);
        await answer('s-1');
        expect(session.getState()).to.deep.include({status: 'live', end: undefined, stream: 's-1'});
        server.last.cut();
        await clock.pass(2 * STREAM_PACE.retry);
        await refuse(status);
        const {length} = server.all;
        await clock.pass(2 * 60_000);
        expect(server.all).to.have.lengthOf(length + 1);
      });

    for (const [what, wake] of [
      ['is seen again', () => see('visible')],
      ['has its network back', () => dispatchEvent(new Event('online'))],
      ['gets the focus', () => dispatchEvent(new Event('focus'))],
    ] as const)
      it(`asks again when the tab ${what}, though not within half a minute`, async () => {
        await refuse(404);
        await clock.pass(29_999);
        wake();
        expect(await asked()).to.equal(1);
        await clock.pass(1);
        wake();
        expect(await asked()).to.equal(2);
        await answer('s-1');
        expect(session.getState()).to.deep.include({status: 'live', end: undefined});
        await clock.pass(30_000);
        expect(server.alive).to.have.lengthOf(1);
      });

    it('asks at once when it is started, and not once more for that', async () => {
      await refuse(401);
      session.start();
      expect(await asked()).to.equal(3);
      await answer('s-1');
      await clock.pass(STREAM_PACE.silence - 1);
      dispatchEvent(new Event('focus'));
      expect(await asked()).to.equal(3);
    });

    it('and stopped asks no more', async () => {
      await refuse(404);
      session.stop();
      await clock.pass(3_600_000);
      see('visible');
      expect(await asked()).to.equal(1);
      expect(clock.timers).to.equal(0);
    });
  });

  it('knows nothing more once it is stopped, and rings anew', async () => {
    await open('s-1', RINGING);
    session.stop();
    await turn();
    expect(server.alive).to.deep.equal([]);
    expect(session.getState()).to.deep.include({stream: undefined, call: undefined});
    await open('s-2', RINGING);
    expect(toldOf('incoming')).to.have.lengthOf(2);
  });

  it('keeps no token in what it tells', async () => {
    await open('s-1', RINGING);
    expect(JSON.stringify([facts, states])).not.to.include('jwt');
  });
});

describe('sharedCalls', () => {
  let clock: FakeClock;
  let server: FakeStreams;

  beforeEach(() => {
    clock = new FakeClock();
    server = new FakeStreams();
  });
  afterEach(() => {
    server.restore();
    clock.restore();
  });

  it('is one for all of a user, until some seconds after the last has let go', async () => {
    const one = sharedCalls('anna', sourceOf('a'));
    const other = sharedCalls('anna', sourceOf('b'));
    expect(other.value).to.equal(one.value);
    for (const each of [one, other]) each.hold().start();
    await turn();
    expect(server.all).to.have.lengthOf(1);
    one.letGo();
    await clock.pass(60_000);
    expect(server.alive).not.to.deep.equal([]);
    other.letGo();
    await clock.pass(60_000);
    expect(server.alive).to.deep.equal([]);
    const next = sharedCalls('anna', sourceOf('a'));
    expect(next.value).not.to.equal(one.value);
  });

  it('is another for each user', () => {
    const anna = sharedCalls('["https://broker.example/","anna"]', sourceOf('a'));
    const bob = sharedCalls('["https://broker.example/","bob"]', sourceOf('b'));
    expect(anna.value).not.to.equal(bob.value);
  });
});
