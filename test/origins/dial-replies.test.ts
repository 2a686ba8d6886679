import {expect} from '@open-wc/testing';

import {setupHandWrittenPage} from '../support/hand-written-page.js';
import {setupCall} from '../support/mount.js';

/** The time limit of dial-outs that nobody will answer, in ms. */
const PATIENCE = 300;
/** How long a telephone rings here, in ms; `late` ten times as long. */
const RING = 60;
/** As good as for ever. */
const LONG = 60_000;

const dial = (destination: string, name = destination) =>
  ({
    role: 'GUEST',
    destination: `${destination}@example.com`,
    protocol: 'sip',
    remote_display_name: name,
  }) as const;

interface Reply {
  /** What Web App 3 does, in words. */
  readonly does: string;
  /** The word of the simulator. */
  readonly word: string;
  /** What becomes of the promise: the dialled participant, or a code. */
  readonly outcome: 'joined' | 'dial-out-refused' | 'dial-out-timeout';
  /** The time limit of this dial-out, in ms. */
  readonly timeout?: number;
  /** How long the telephone rings, in ms. */
  readonly ring?: number;
  /** What the error says. */
  readonly says?: RegExp;
  /** Who is in the meeting in the end, beside the person who dialled. */
  readonly there?: readonly string[];
}

const ENDED = /The call ended before it was answered\./;

/** Every odd reply that plugin-api meets in the field; words as in docs/dial-out.md. */
const REPLIES: readonly Reply[] = [
  {does: 'replies with an empty list', word: 'refuse', outcome: 'dial-out-refused'},
  {
    does: 'replies with a text in place of the list, on status 200',
    word: 'text',
    outcome: 'dial-out-refused',
    says: /Invalid role/,
  },
  {does: 'replies with nothing', word: 'blank', outcome: 'dial-out-refused'},
  {
    does: 'throws at status 403 and gives no reply',
    word: 'forbidden',
    outcome: 'dial-out-timeout',
    timeout: PATIENCE,
  },
  {does: 'gives no reply', word: 'hang', outcome: 'dial-out-timeout', timeout: PATIENCE},
  {
    does: 'replies with a participant who never joins',
    word: 'never',
    outcome: 'dial-out-timeout',
    timeout: PATIENCE,
  },
  {
    does: 'replies with two participants who never join',
    word: 'several-never',
    outcome: 'dial-out-timeout',
    timeout: PATIENCE,
  },
  {
    does: 'replies with a participant who would join too late',
    word: 'late',
    outcome: 'dial-out-timeout',
    timeout: PATIENCE,
    ring: LONG,
  },
  {
    does: 'replies with a participant who joins late, but in time',
    word: 'late',
    outcome: 'joined',
    there: ['late'],
  },
  {
    does: 'replies with a participant who joins and leaves at once',
    word: 'leave',
    outcome: 'joined',
  },
  {
    does: 'tells of the participant before it replies',
    word: 'early',
    outcome: 'joined',
    there: ['early'],
  },
  {
    does: 'replies with two participants, one of whom joins',
    word: 'several',
    outcome: 'joined',
    there: ['several'],
  },
  {
    does: 'replies with a participant who declines',
    word: 'decline',
    outcome: 'dial-out-refused',
    says: ENDED,
  },
  {
    does: 'replies with two participants who decline',
    word: 'several-decline',
    outcome: 'dial-out-refused',
    says: ENDED,
  },
  {
    does: 'replies with a participant who has stopped ringing before',
    word: 'gone',
    outcome: 'dial-out-refused',
    says: ENDED,
  },
  {
    does: 'replies with two participants who have stopped ringing before',
    word: 'several-gone',
    outcome: 'dial-out-refused',
    says: ENDED,
  },
];

describe('dialOut() where Web App 3', () => {
  for (const reply of REPLIES) {
    const {does, word, outcome, timeout, ring = RING, says = /./, there = []} = reply;
    const ending = outcome === 'joined' ? 'resolves' : `rejects ${outcome}`;
    it(`${does} ${ending}, leaves nobody ringing, and can dial again`, async () => {
      const {room, meeting} = await setupCall();
      await meeting.setRing(ring);
      const result = await room.dialOut(dial(word), timeout ? {timeout} : {}).then(
        ({displayName}) => ({ended: 'joined', text: displayName}),
        ({code, message}) => ({ended: code, text: message}),
      );
      expect(result.ended).to.equal(outcome);
      expect(result.text).to.match(outcome === 'joined' ? new RegExp(`^${word}$`) : says);
      await meeting.until(({ringing}) => ringing.length === 0);

      await meeting.setRing(RING);
      await room.dialOut(dial('carol'));
      const {participants} = await meeting.until(({ringing}) => ringing.length === 0);
      expect(participants.slice(1)).to.deep.equal([...there, 'carol']);
    });
  }
});

describe('our plugin with a page that has said hello', () => {
  /** The person has joined, and ids are understood. */
  const setupGreeted = async () => {
    const page = await setupHandWrittenPage();
    const {next, send, meeting} = page;
    const greeted = next('ready', {version: 1});
    send('hello', {version: 1});
    await greeted;
    const connected = next('connected');
    await meeting.join();
    await connected;
    await meeting.setRing(RING);
    const answers = () =>
      page.inbox
        .filter(({action}) => String(action).includes('/dial-out-'))
        .map(({requestId, code, uuid}) => ({requestId, ended: uuid ? 'joined' : code}));
    const call = (requestId: string, destination: string, timeout = 60_000): void =>
      send('dial-out', {...dial(destination), requestId, timeout});
    return {...page, answers, call};
  };

  it('answers several dial-outs in the order in which they end, each with its own id', async () => {
    const {next, answers, call, meeting} = await setupGreeted();
    const others = Promise.all([
      next('dial-out-success', {requestId: 'second'}),
      next('dial-out-error', {requestId: 'first'}),
    ]);
    call('third', 'never-anna');
    // Before the one who is to join after it: a busy machine may take longer to ask than a ring lasts.
    call('first', 'refuse');
    call('second', 'carol');
    const [carol] = await others;
    const joined = next('dial-out-success', {requestId: 'third'});
    await meeting.answer();
    const anna = await joined;
    expect(answers()).to.deep.equal([
      {requestId: 'first', ended: 'dial-out-refused'},
      {requestId: 'second', ended: 'joined'},
      {requestId: 'third', ended: 'joined'},
    ]);
    expect([anna['displayName'], carol['displayName']]).to.deep.equal(['never-anna', 'carol']);
  });

  it('hangs up only the call that is cancelled', async () => {
    const {next, answers, call, send, meeting} = await setupGreeted();
    call('first', 'never-anna');
    call('second', 'never-bert');
    call('third', 'never-cleo');
    await meeting.until(({ringing}) => ringing.length === 3);
    const cancelled = next('dial-out-error', {requestId: 'second'});
    send('dial-out-cancel', {requestId: 'second'});
    await cancelled;
    const {ringing} = await meeting.until((state) => state.ringing.length < 3);
    expect(ringing).to.deep.equal(['never-anna', 'never-cleo']);
    const joined = next('dial-out-success', {requestId: 'third'});
    await meeting.answer();
    await joined;
    expect(answers()).to.deep.equal([
      {requestId: 'second', ended: 'dial-out-refused'},
      {requestId: 'first', ended: 'joined'},
      {requestId: 'third', ended: 'joined'},
    ]);
    expect((await meeting.state()).participants.slice(1)).to.deep.equal([
      'never-anna',
      'never-cleo',
    ]);
  });

  it('hangs up a call that is cancelled before Web App 3 has replied, and no other', async () => {
    const {next, call, send, meeting} = await setupGreeted();
    const cancelled = next('dial-out-error', {requestId: 'first'});
    call('first', 'never-anna');
    send('dial-out-cancel', {requestId: 'first'});
    call('second', 'never-bert');
    await cancelled;
    await meeting.until(({dials, ringing}) => dials.length === 2 && ringing.length === 1);
    expect((await meeting.state()).ringing).to.deep.equal(['never-bert']);
  });

  it('refuses an id that is in use, without dialling, and leaves the call before alone', async () => {
    const {next, answers, call, meeting} = await setupGreeted();
    call('same', 'never-anna');
    await meeting.until(({ringing}) => ringing.length === 1);
    const refused = next('dial-out-error', {code: 'invalid-argument'});
    call('same', 'never-bert');
    expect(await refused).to.include({field: 'requestId'});
    expect((await meeting.state()).dials).to.have.length(1);
    const joined = next('dial-out-success', {requestId: 'same'});
    await meeting.answer();
    await joined;
    expect(answers()).to.deep.equal([
      {requestId: undefined, ended: 'invalid-argument'},
      {requestId: 'same', ended: 'joined'},
    ]);
  });

  it('takes an id again once its call has ended', async () => {
    const {next, answers, call} = await setupGreeted();
    const refused = next('dial-out-error', {requestId: 'same'});
    call('same', 'refuse');
    await refused;
    const joined = next('dial-out-success', {requestId: 'same'});
    call('same', 'carol');
    await joined;
    expect(answers().map(({ended}) => ended)).to.deep.equal(['dial-out-refused', 'joined']);
  });

  it('settles each of twenty at once exactly once', async () => {
    const {next, answers, call, meeting} = await setupGreeted();
    const replies = REPLIES.filter(({ring}) => !ring);
    const calls = Array.from({length: 20}, (_, index) => ({
      ...replies[index % replies.length]!,
      requestId: `call-${index}`,
    }));
    const ends = calls.map(({requestId, outcome}) =>
      next(outcome === 'joined' ? 'dial-out-success' : 'dial-out-error', {requestId}),
    );
    for (const {requestId, word, timeout} of calls) call(requestId, word, timeout);
    await Promise.all(ends);
    await meeting.until(({ringing}) => ringing.length === 0);
    // Whatever was still open would be settled by the end of the meeting, and told before it.
    const left = next('disconnected');
    await meeting.leave();
    await left;
    const sorted = answers().sort((one, other) =>
      String(one.requestId).localeCompare(String(other.requestId), 'en', {numeric: true}),
    );
    expect(sorted).to.deep.equal(
      calls.map(({requestId, outcome}) => ({requestId, ended: outcome})),
    );
  });
});
