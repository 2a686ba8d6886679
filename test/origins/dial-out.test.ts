import {expect, oneEvent} from '@open-wc/testing';

import type {PexipChatError} from '../../src/errors.js';
import {setupCall, setupMeeting} from '../support/mount.js';

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

  it('can dial again after each of these', async () => {
    const {room} = await setupCall();
    await failure(room.dialOut(dial('never@example.com'), {timeout: 50}));
    await failure(room.dialOut(dial('refuse@example.com')));
    expect((await room.dialOut(dial('carol@example.com'))).uuid).to.be.a('string');
  });

  it('rejects dial-out-limited while another dial-out is under way', async () => {
    const {room} = await setupCall();
    const first = room.dialOut(dial('carol@example.com'));
    expect((await failure(room.dialOut(dial('bob@example.com')))).code).to.equal(
      'dial-out-limited',
    );
    await first;
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
