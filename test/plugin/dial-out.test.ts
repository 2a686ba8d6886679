import {expect} from '@open-wc/testing';

import type {DialOutAnswer} from '../../plugin/src/call.js';
import {DialOut} from '../../plugin/src/dial-out.js';
import {checkDialRequest, type DialRequest} from '../../src/protocol/dial-request.js';
import {turn} from '../support/turn.js';
import {fakeEvents} from './fakes.js';

const REQUEST: DialRequest = {role: 'GUEST', destination: 'alice@example.com', protocol: 'sip'};
const LONG = 600_000;
const ALICE = {uuid: 'u-1', displayName: 'Alice', serviceType: 'conference'};
const ringing = (...result: string[]) => ({status: 200, data: {status: 'success', result}});

describe('DialOut', () => {
  let dialled: {request: DialRequest; reply: (value: unknown) => void; fail: () => void}[];
  let hungUp: string[];
  let answers: DialOutAnswer[];
  let web: ReturnType<typeof fakeEvents>;
  let dialOut: DialOut;
  let controller: AbortController;
  let answered: () => void;

  beforeEach(() => {
    dialled = [];
    hungUp = [];
    answers = [];
    answered = () => undefined;
    web = fakeEvents();
    controller = new AbortController();
    dialOut = new DialOut({
      events: web.events,
      dial: (request) =>
        new Promise((reply, fail) => {
          dialled.push({request, reply, fail: () => fail(new Error('lost'))});
        }),
      hangUp: (uuid) => hungUp.push(uuid),
      answer: (message) => {
        answers.push(message);
        answered();
      },
      signal: controller.signal,
    });
  });
  // Ends the calls under way, and their timers with them.
  afterEach(() => web.emit('userInitiatedDisconnect'));

  const start = (requestId?: string, timeout = LONG, data: unknown = REQUEST): void =>
    dialOut.start({
      type: 'dial-out',
      dial: checkDialRequest(data),
      timeout,
      ...(requestId && {requestId}),
    });
  const reply = async (value: unknown, index = dialled.length - 1): Promise<void> => {
    dialled[index]?.reply(value);
    await turn();
  };
  const joins = (participant: object = ALICE): void =>
    web.emit('participantJoined', {id: 'main', participant});
  const activity = (type: 0 | 1 | 2, participant: object = ALICE): void =>
    web.emit('participantsActivities', [{roomId: 'main', activity: {type, participant}}]);
  const nextAnswer = (): Promise<void> => new Promise((resolve) => (answered = resolve));
  const codes = (): (string | undefined)[] =>
    answers.map((answer) => (answer.type === 'dial-out-error' ? answer.code : answer.type));

  describe('succeeds', () => {
    const success = {type: 'dial-out-success', uuid: 'u-1', displayName: 'Alice'};

    it('when the person joins, told in either way, once', async () => {
      start();
      await reply(ringing('u-1'));
      expect(answers).to.deep.equal([]);
      joins();
      activity(0);
      expect(answers).to.deep.equal([success]);
    });

    it('when the join is told as an activity alone', async () => {
      start();
      await reply(ringing('u-1'));
      activity(0);
      expect(answers).to.deep.equal([success]);
    });

    it('when the join is told before the reply to the dial', async () => {
      start();
      joins();
      await reply(ringing('u-1'));
      expect(answers).to.deep.equal([success]);
    });

    it('when the person has joined and left before that reply', async () => {
      start();
      joins();
      activity(1);
      await reply(ringing('u-1'));
      expect(answers).to.deep.equal([success]);
      expect(hungUp).to.deep.equal([]);
    });

    it('not while the phone still rings', async () => {
      start();
      await reply(ringing('u-1'));
      joins({...ALICE, serviceType: 'connecting'});
      activity(0, {...ALICE, serviceType: 'connecting'});
      expect(answers).to.deep.equal([]);
      activity(2);
      expect(answers).to.deep.equal([success]);
    });

    it('when the person has answered and waits in the lobby, once', async () => {
      start();
      await reply(ringing('u-1'));
      activity(0, {...ALICE, isWaiting: true, serviceType: 'waiting_room'});
      expect(answers).to.deep.equal([success]);
      activity(2);
      expect(answers).to.deep.equal([success]);
    });

    it('not when somebody else joins', async () => {
      start();
      await reply(ringing('u-1'));
      joins({uuid: 'u-2', displayName: 'Bob'});
      expect(answers).to.deep.equal([]);
    });

    it('without a display name if there is none, and hangs nobody up', async () => {
      start();
      await reply(ringing('u-1'));
      joins({uuid: 'u-1'});
      expect(answers).to.deep.equal([{type: 'dial-out-success', uuid: 'u-1'}]);
      activity(1);
      expect(answers).to.have.length(1);
      expect(hungUp).to.deep.equal([]);
    });

    it('for the right one of two calls at once', async () => {
      start('r-1');
      start('r-2');
      await reply(ringing('u-2'), 1);
      await reply(ringing('u-1'), 0);
      joins({uuid: 'u-2'});
      joins({uuid: 'u-1'});
      expect(answers).to.deep.equal([
        {type: 'dial-out-success', uuid: 'u-2', requestId: 'r-2'},
        {type: 'dial-out-success', uuid: 'u-1', requestId: 'r-1'},
      ]);
    });
  });

  describe('fails', () => {
    it('with the field that is wrong, without dialling', () => {
      start('r-1', LONG, {...REQUEST, protocol: 'tel'});
      expect(answers).to.deep.equal([
        {
          type: 'dial-out-error',
          message: 'dial-out: protocol is missing or wrong.',
          code: 'invalid-argument',
          field: 'protocol',
          requestId: 'r-1',
        },
      ]);
      expect(dialled).to.deep.equal([]);
    });

    for (const guest of [{isHost: false, role: 'chair'}, {role: 'guest'}]) {
      it(`for a guest ${JSON.stringify(guest)}, without dialling`, () => {
        web.emit('me', {id: 'main', participant: {uuid: 'me', ...guest}});
        start();
        expect(codes()).to.deep.equal(['dial-out-forbidden']);
        expect(dialled).to.deep.equal([]);
      });
    }

    it('no longer for a guest who was made host', () => {
      web.emit('me', {id: 'main', participant: {uuid: 'me', isHost: false, role: 'guest'}});
      activity(2, {uuid: 'me', isHost: true, role: 'chair'});
      start();
      expect(dialled).to.have.length(1);
    });

    for (const [what, value] of [
      [
        'a text, which it passes on',
        {status: 403, data: {status: 'failed', result: 'Invalid role'}},
      ],
      ['an empty list', ringing()],
      ['nothing', undefined],
      ['no ids', {data: {result: [1, '', null]}}],
    ] as const) {
      it(`when the meeting answers with ${what}`, async () => {
        start();
        await reply(value);
        expect(codes()).to.deep.equal(['dial-out-refused']);
        const [answer] = answers;
        const told = answer?.type === 'dial-out-error' ? answer.message : '';
        expect(told.includes('Invalid role')).to.equal(what.startsWith('a text'));
      });
    }

    it('when the dial itself fails', async () => {
      start();
      dialled[0]?.fail();
      await turn();
      expect(codes()).to.deep.equal(['dial-out-refused']);
    });

    it('when the call is declined', async () => {
      start();
      await reply(ringing('u-1'));
      activity(1);
      web.emit('participantLeft', {id: 'main', participant: ALICE});
      expect(codes()).to.deep.equal(['dial-out-refused']);
    });

    it('when the last of several phones has stopped ringing', async () => {
      start();
      await reply(ringing('u-1', 'u-2'));
      activity(1, {uuid: 'u-1'});
      expect(answers).to.deep.equal([]);
      activity(1, {uuid: 'u-2'});
      expect(codes()).to.deep.equal(['dial-out-refused']);
    });

    it('when the phone has stopped ringing before the reply to the dial', async () => {
      start('r-1');
      activity(1);
      await reply(ringing('u-1'));
      expect(answers).to.deep.equal([
        {
          type: 'dial-out-error',
          message: 'The call ended before it was answered.',
          code: 'dial-out-refused',
          requestId: 'r-1',
        },
      ]);
      expect(hungUp).to.deep.equal([]);
    });

    it('when one phone has stopped ringing before that reply, and the other after it', async () => {
      start();
      activity(1, {uuid: 'u-1'});
      await reply(ringing('u-1', 'u-2'));
      expect(answers).to.deep.equal([]);
      activity(1, {uuid: 'u-2'});
      expect(codes()).to.deep.equal(['dial-out-refused']);
    });

    it('not when the person was gone before that reply, but is back', async () => {
      start();
      activity(1);
      joins();
      await reply(ringing('u-1'));
      expect(codes()).to.deep.equal(['dial-out-success']);
      expect(hungUp).to.deep.equal([]);
    });

    it('though many others have gone before that reply', async () => {
      start();
      for (let other = 0; other < 99; other++) activity(1, {uuid: `other-${other}`});
      activity(1);
      for (let other = 100; other < 199; other++) activity(1, {uuid: `other-${other}`});
      await reply(ringing('u-1'));
      expect(codes()).to.deep.equal(['dial-out-refused']);
    });

    for (const end of ['disconnected', 'userInitiatedDisconnect'] as const) {
      it(`when the user leaves (${end})`, async () => {
        start('r-1');
        start('r-2');
        await reply(ringing('u-1'), 0);
        web.emit(end, {error: 'e', errorCode: 'c'});
        expect(codes()).to.deep.equal(['dial-out-refused', 'dial-out-refused']);
      });
    }

    it('for an id that is in use, without touching the call before', async () => {
      start('r-1');
      start('r-1');
      expect(answers).to.deep.equal([
        {
          type: 'dial-out-error',
          message: 'dial-out: requestId is in use.',
          code: 'invalid-argument',
          field: 'requestId',
        },
      ]);
      await reply(ringing('u-1'));
      joins();
      expect(codes()).to.deep.equal(['invalid-argument', 'dial-out-success']);
    });
  });

  describe('times out', () => {
    it('when nobody answers, and hangs up', async () => {
      const timedOut = nextAnswer();
      start('r-1', 1);
      dialled[0]?.reply(ringing('u-1'));
      await timedOut;
      await turn();
      expect(answers).to.deep.equal([
        {
          type: 'dial-out-error',
          message: 'Nobody answered within 0.001 s.',
          code: 'dial-out-timeout',
          requestId: 'r-1',
        },
      ]);
      expect(hungUp).to.deep.equal(['u-1']);
    });

    it('when Web App 3 never replies, and hangs up as soon as it does', async () => {
      const timedOut = nextAnswer();
      start('r-1', 1);
      await timedOut;
      expect(codes()).to.deep.equal(['dial-out-timeout']);
      expect(hungUp).to.deep.equal([]);
      await reply(ringing('u-1'));
      expect(hungUp).to.deep.equal(['u-1']);
    });

    it('once: a late join is hung up and not told', async () => {
      const timedOut = nextAnswer();
      start('r-1', 1);
      await timedOut;
      await reply(ringing('u-1'));
      hungUp.length = 0;
      joins();
      expect(hungUp).to.deep.equal(['u-1']);
      expect(answers).to.have.length(1);
    });

    it('after 60 s by default', () => {
      const {setTimeout: original} = window;
      const waits: (number | undefined)[] = [];
      window.setTimeout = ((_: () => void, ms?: number) =>
        waits.push(ms)) as unknown as typeof setTimeout;
      dialOut.start({type: 'dial-out', dial: {request: REQUEST}});
      window.setTimeout = original;
      expect(waits).to.deep.equal([60_000]);
    });
  });

  describe('cancels', () => {
    it('a phone that rings, and hangs it up', async () => {
      start('r-1');
      await reply(ringing('u-1'));
      dialOut.cancel('r-1');
      dialOut.cancel('r-1');
      expect(codes()).to.deep.equal(['dial-out-refused']);
      expect(new Set(hungUp)).to.deep.equal(new Set(['u-1']));
    });

    it('a dial that has no reply yet, and hangs up when it comes', async () => {
      start('r-1');
      dialOut.cancel('r-1');
      await reply(ringing('u-1'));
      expect(hungUp).to.deep.equal(['u-1']);
      expect(answers).to.have.length(1);
    });

    it('a dial that has no reply yet, and hangs up nobody who is gone by then', async () => {
      start('r-1');
      dialOut.cancel('r-1');
      activity(1, {uuid: 'u-1'});
      await reply(ringing('u-1', 'u-2'));
      expect(hungUp).to.deep.equal(['u-2']);
    });

    it('a call whose participant has just joined, and hangs up', async () => {
      start('r-1');
      await reply(ringing('u-1'));
      joins();
      dialOut.cancel('r-1');
      expect(codes()).to.deep.equal(['dial-out-success']);
      expect(hungUp).to.deep.equal(['u-1']);
    });

    it('the one call it names', async () => {
      start('r-1');
      start('r-2');
      await reply(ringing('u-1'), 0);
      await reply(ringing('u-2'), 1);
      dialOut.cancel('r-2');
      dialOut.cancel('unknown');
      expect(hungUp).to.deep.equal(['u-2']);
      joins();
      expect(answers.at(-1)).to.deep.equal({
        type: 'dial-out-success',
        uuid: 'u-1',
        displayName: 'Alice',
        requestId: 'r-1',
      });
    });
  });

  it('bears any payload of Web App 3', async () => {
    start();
    await reply(ringing('u-1'));
    for (const payload of [undefined, null, 1, {}, {participant: null}, {participants: 1}]) {
      web.emit('me', payload);
      web.emit('participants', payload);
      web.emit('participantJoined', payload);
      web.emit('participantLeft', payload);
      web.emit('participantsActivities', [payload]);
    }
    expect(answers).to.deep.equal([]);
  });
});
