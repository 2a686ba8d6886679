import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {PexipChatError} from '../../src/errors.js';
import {record, setupCall, setupMeeting} from '../support/mount.js';
import {waitUntil} from '../support/wait.js';
import {simulators, startBrokerFor} from 'test-simulators';

const dial = (destination: string) => ({role: 'GUEST', destination, protocol: 'sip'}) as const;
const failure = (promise: Promise<unknown>): Promise<PexipChatError> =>
  promise.then(
    () => Promise.reject(new Error('It was answered.')),
    (error) => error,
  );

describe('dialOut() in a real meeting', () => {
  it('resolves with the participant once it has joined, and fires pexip-dial-out-succeeded', async () => {
    const {room, meeting} = await setupCall();
    const succeeded = oneEvent(room, 'pexip-dial-out-succeeded');
    const result = await room.dialOut(dial('carol@example.com'));
    expect(result.uuid).to.be.a('string').that.is.not.empty;
    expect((await succeeded).detail).to.deep.equal(result);
    expect((await meeting.state()).participants).to.have.length(2);
  });

  it('rejects dial-out-refused when the other side refuses, and fires pexip-dial-out-failed', async () => {
    const {room} = await setupCall();
    const failed = oneEvent(room, 'pexip-dial-out-failed');
    const error = await failure(room.dialOut(dial('refuse@example.com')));
    expect(error.code).to.equal('dial-out-refused');
    expect((await failed).detail).to.include({code: 'dial-out-refused', message: error.message});
  });

  it('rejects dial-out-timeout when nobody answers, and stops the ringing', async () => {
    const {room, meeting} = await setupCall();
    const dialled = failure(room.dialOut(dial('never@example.com'), {timeout: 300}));
    await meeting.until(({ringing}) => ringing.length === 1);
    expect((await dialled).code).to.equal('dial-out-timeout');
    await meeting.until(({ringing}) => ringing.length === 0);
  });

  it('rejects dial-out-timeout where Web App 3 itself never answers', async () => {
    const {room} = await setupCall();
    expect((await failure(room.dialOut(dial('hang@example.com'), {timeout: 300}))).code).to.equal(
      'dial-out-timeout',
    );
  });

  it("rejects with the signal's reason when aborted, and stops the ringing", async () => {
    const {room, meeting} = await setupCall();
    const call = new AbortController();
    const dialled = failure(room.dialOut(dial('never@example.com'), {signal: call.signal}));
    await meeting.until(({ringing}) => ringing.length === 1);
    call.abort(new Error('changed my mind'));
    expect((await dialled).message).to.equal('changed my mind');
    await meeting.until(({ringing}) => ringing.length === 0);
  });

  it("tells the room's broker what was dialled and how it ended, for its audit log", async () => {
    const broker = await startBrokerFor(simulators.rocketChat);
    const remote = new BrokerRemote(broker);
    const {room} = await setupCall();
    room.broker = broker;
    room.accessToken = () => remote.accessToken('alice');
    await room.dialOut(dial('carol@example.com'));
    await failure(room.dialOut(dial('refuse@example.com')));
    const told = async (): Promise<number> =>
      (await remote.requests()).filter(({line}) => line.startsWith('POST /v1/dial-outs ')).length;
    await waitUntil(async () => (await told()) === 4, 'all four are told');
  });

  it('succeeds without a broker that answers', async () => {
    const broker = await startBrokerFor(simulators.rocketChat);
    await new BrokerRemote(broker).fail('hang');
    const {room} = await setupCall();
    room.broker = broker;
    expect((await room.dialOut(dial('carol@example.com'))).uuid).to.be.a('string');
  });

  it('can dial again after each of these', async () => {
    const {room} = await setupCall();
    await failure(room.dialOut(dial('never@example.com'), {timeout: 50}));
    await failure(room.dialOut(dial('refuse@example.com')));
    expect((await room.dialOut(dial('carol@example.com'))).uuid).to.be.a('string');
  });

  it('has several dial-outs under way at once, and tells their ends apart', async () => {
    const {room, meeting} = await setupCall();
    const waiting = failure(room.dialOut(dial('never@example.com')));
    const [refused, carol, bob] = await Promise.all([
      failure(room.dialOut(dial('refuse@example.com'))),
      room.dialOut(dial('carol@example.com')),
      room.dialOut(dial('bob@example.com')),
    ]);
    expect(refused.code).to.equal('dial-out-refused');
    expect([carol.displayName, bob.displayName]).to.deep.equal(['carol', 'bob']);
    expect((await meeting.state()).ringing).to.deep.equal(['never']);
    await meeting.leave();
    expect((await waiting).code).to.equal('disconnected');
  });

  it('hangs up only the one whose signal is aborted', async () => {
    const {room, meeting} = await setupCall();
    const call = new AbortController();
    const first = failure(room.dialOut(dial('never-a@example.com'), {signal: call.signal}));
    const second = room.dialOut(dial('never-b@example.com'));
    await meeting.until(({ringing}) => ringing.length === 2);
    call.abort();
    expect((await first).name).to.equal('AbortError');
    const {ringing} = await meeting.until((state) => state.ringing.length === 1);
    expect(ringing).to.deep.equal(['never-b']);
    await meeting.answer();
    expect((await second).displayName).to.equal('never-b');
  });

  it('rejects dial-out-limited past four at once, and dials no more than these', async () => {
    const {room, meeting} = await setupCall();
    const calls = Array.from({length: 1000}, () =>
      failure(room.dialOut(dial('never@example.com'))),
    );
    const limited = await Promise.all(calls.slice(4));
    expect(new Set(limited.map(({code}) => code))).to.deep.equal(new Set(['dial-out-limited']));
    const {dials} = await meeting.until(({ringing}) => ringing.length === 4);
    expect(dials).to.have.length(4);
    room.remove();
    for (const {code} of await Promise.all(calls.slice(0, 4)))
      expect(code).to.equal('disconnected');
  });

  it('dials what the request said when it was called, whatever the page does with it after', async () => {
    const {room, meeting} = await setupCall();
    const request = {...dial('carol@example.com'), destination: 'carol@example.com'};
    const first = room.dialOut(request);
    request.destination = 'bob@example.com';
    const second = room.dialOut(request);
    const names = (await Promise.all([first, second])).map(({displayName}) => displayName);
    expect(names).to.deep.equal(['carol', 'bob']);
    expect((await meeting.state()).dials).to.have.length(2);
  });

  it('keeps to the limits of the page', async () => {
    const {room} = await setupCall();
    room.dialOutLimits = {perMeeting: 1};
    await room.dialOut(dial('carol@example.com'));
    const error = await failure(room.dialOut(dial('bob@example.com')));
    expect(error.code).to.equal('dial-out-limited');
    expect(error.message).to.contain('dialOutLimits.perMeeting');
    room.dialOutLimits = {perMeeting: 2};
    await room.dialOut(dial('bob@example.com'));
  });

  it('fires pexip-dial-out-request before each, with the request and who asks', async () => {
    const {room} = await setupCall();
    const seen = record(
      document,
      'pexip-dial-out-request',
      'pexip-dial-out-succeeded',
      'pexip-dial-out-failed',
    );
    const requested = oneEvent(room, 'pexip-dial-out-request');
    const {requestId} = await room.dialOut(dial('carol@example.com'));
    expect((await requested).detail).to.deep.equal({
      request: dial('carol@example.com'),
      requestId,
      origin: 'page',
    });
    expect(seen).to.deep.equal(['pexip-dial-out-request', 'pexip-dial-out-succeeded']);
  });

  it('dials nobody when the page cancels pexip-dial-out-request', async () => {
    const {room, meeting} = await setupCall();
    room.addEventListener('pexip-dial-out-request', (event) => event.preventDefault());
    const failed = oneEvent(room, 'pexip-dial-out-failed');
    const error = await failure(room.dialOut(dial('carol@example.com')));
    expect(error.code).to.equal('dial-out-refused');
    expect((await failed).detail.code).to.equal('dial-out-refused');
    expect((await meeting.state()).dials).to.deep.equal([]);
  });

  it('dials all the same when a listener of the page throws', async () => {
    const {room} = await setupCall();
    const thrown = new Promise((resolve) => {
      const {onerror} = window;
      window.onerror = (message) => {
        window.onerror = onerror;
        resolve(message);
        return true;
      };
    });
    room.addEventListener('pexip-dial-out-request', () => {
      throw new Error('a listener of the page');
    });
    expect((await room.dialOut(dial('carol@example.com'))).displayName).to.equal('carol');
    expect(await thrown).to.contain('a listener of the page');
  });

  // The list of facts on toll fraud: what could lead elsewhere than to a participant.
  const DESTINATIONS = [
    '',
    '   ',
    'x'.repeat(4096),
    'a@b\r\nX: y',
    'a@b;transport=tls',
    'javascript:1',
    'sip:+882131234@x',
    'tel:0900..',
    '０９００１２３',
    'rtmp://evil/live',
    '../../',
    '\0',
    'a\0b@example.com',
  ];
  it('refuses destinations that are more than whom to call, and the next call works', async () => {
    const {room, meeting} = await setupCall();
    for (const destination of DESTINATIONS) {
      const error = await failure(room.dialOut(dial(destination)));
      expect(error.code, JSON.stringify(destination)).to.equal('invalid-argument');
      expect(error.message).to.contain('"destination"');
    }
    for (const dtmf_sequence of ['1'.repeat(65), '1;2', 'E', '']) {
      const error = await failure(room.dialOut({...dial('carol@example.com'), dtmf_sequence}));
      expect(error.message).to.contain('"dtmf_sequence"');
    }
    expect((await meeting.state()).dials).to.deep.equal([]);
    expect((await room.dialOut(dial('carol@example.com'))).displayName).to.equal('carol');
  });

  it('rejects dial-out-forbidden for a guest, without asking Web App 3', async () => {
    const {room, meeting} = await setupCall({guest: true});
    expect((await failure(room.dialOut(dial('carol@example.com')))).code).to.equal(
      'dial-out-forbidden',
    );
    expect((await meeting.state()).dials).to.deep.equal([]);
  });

  it('rejects disconnected when the meeting ends first', async () => {
    const {room, meeting} = await setupCall();
    const dialled = failure(room.dialOut(dial('never@example.com')));
    await meeting.until(({ringing}) => ringing.length === 1);
    await meeting.leave();
    expect((await dialled).code).to.equal('disconnected');
  });

  it('rejects disconnected when the plugin starts again or the room is removed', async () => {
    const {room, meeting} = await setupCall();
    const first = failure(room.dialOut(dial('never@example.com')));
    await meeting.until(({ringing}) => ringing.length === 1);
    await meeting.reloadPlugin();
    expect((await first).code).to.equal('disconnected');
    const second = failure(room.dialOut(dial('hang@example.com')));
    await meeting.until(({dials}) => dials.length === 2);
    room.remove();
    expect((await second).code).to.equal('disconnected');
  });

  it('rejects not-connected before the person has joined', async () => {
    const {room} = await setupMeeting();
    expect((await failure(room.dialOut(dial('carol@example.com')))).code).to.equal('not-connected');
  });

  const WRONG: Readonly<Record<string, object>> = {
    role: {role: 'KING'},
    destination: {destination: ' '},
    protocol: {protocol: 'smoke'},
    call_type: {call_type: 'hologram'},
    streaming: {streaming: true},
    dtmf_sequence: {dtmf_sequence: 'hello'},
    text: {text: 'a\r\nb'},
    keep_conference_alive: {keep_conference_alive: 'yes'},
  };
  it('refuses a wrong field by its name before anything is sent', async () => {
    const {room, meeting} = await setupCall();
    for (const [name, fields] of Object.entries(WRONG)) {
      const error = await failure(room.dialOut({...dial('carol@example.com'), ...fields}));
      expect(error.code).to.equal('invalid-argument');
      expect(error.message).to.contain(`"${name}"`);
    }
    expect((await meeting.state()).dials).to.deep.equal([]);
  });

  it('refuses what cannot be sent at all, and throws nothing else', async () => {
    const {room} = await setupCall();
    const odd = [
      null,
      undefined,
      {...dial('x'), destination: () => 'x'},
      {...dial('x'), destination: Symbol('x')},
      {
        get role(): string {
          throw new Error('no');
        },
      },
    ];
    for (const request of odd) {
      const error = await failure(room.dialOut(request as never));
      expect(error.code).to.equal('invalid-argument');
    }
  });
});
