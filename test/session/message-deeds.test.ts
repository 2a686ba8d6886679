import {expect} from '@open-wc/testing';

import {parseRoomMessage, type RoomMessage} from '../../src/protocol/room-message.js';
import type {LiveSession} from '../../src/session/live-session.js';
import {MessageDeeds} from '../../src/session/message-deeds.js';
import {ConnectionLost, DdpRefusal} from '../../src/transport/ddp-connection.js';
import {FakeLiveSession, raw} from './native-session.js';
import {rejectionOf} from './recorders.js';

const MESSAGE: RoomMessage = parseRoomMessage(raw('m', 1))!;

const setup = () => {
  const session = new FakeLiveSession();
  return {session, deeds: new MessageDeeds(session as unknown as LiveSession)};
};

describe('MessageDeeds', () => {
  it('edits, deletes and reacts by the methods of Rocket.Chat', async () => {
    const {session, deeds} = setup();
    const done = [
      deeds.edit(MESSAGE, 'better'),
      deeds.remove(MESSAGE),
      deeds.react(MESSAGE, ':heart:', false),
    ];
    expect(session.asked.map(({method, params}) => [method, params])).to.deep.equal([
      ['updateMessage', [{_id: 'm', rid: 'room', msg: 'better'}]],
      ['deleteMessage', [{_id: 'm'}]],
      ['setReaction', [':heart:', 'm', false]],
    ]);
    session.asked.forEach(({answer}) => answer(undefined));
    expect(await Promise.all(done)).to.deep.equal([undefined, undefined, undefined]);
  });

  it('finds out whether a message was deleted; where the server does not tell, it is not', async () => {
    const {session, deeds} = setup();
    const answers = [undefined, {_id: 'm', t: 'rm'}, {_id: 'm', msg: 'here'}];
    const gone = [...answers, 'refused'].map(() => deeds.isGone('m'));
    expect(session.asked[0]).to.deep.include({method: 'getSingleMessage', params: ['m']});
    answers.forEach((answer, i) => session.asked[i]!.answer(answer));
    session.asked[3]!.fail(new DdpRefusal({code: 'error-not-allowed', reason: ''}));
    session.connect(false);
    gone.push(deeds.isGone('m'));
    expect(await Promise.all(gone)).to.deep.equal([true, true, false, false, false]);
  });

  it('rejects with action-refused and the code of the server, without its words', async () => {
    const {session, deeds} = setup();
    const refused = rejectionOf(deeds.remove(MESSAGE));
    session.asked[0]!.fail(new DdpRefusal({code: 'error-action-not-allowed', reason: 'of bob'}));
    const error = (await refused) as Error;
    expect(error).to.include({code: 'action-refused'});
    expect(error.message).to.contain('error-action-not-allowed').and.not.contain('of bob');
  });

  it('knows a refusal of REST by its status', async () => {
    const {session, deeds} = setup();
    const refused = rejectionOf(deeds.edit(MESSAGE, 'x'));
    session.asked[0]!.fail(Object.assign(new Error('HTTP 400'), {status: 400}));
    expect(await refused).to.include({code: 'action-refused'});
  });

  it('rejects with disconnected where there is no connection, or it went before the answer', async () => {
    const {session, deeds} = setup();
    const lost = rejectionOf(deeds.edit(MESSAGE, 'x'));
    session.asked[0]!.fail(new ConnectionLost());
    expect(await lost).to.include({code: 'disconnected'});
    session.connect(false);
    expect(await rejectionOf(deeds.edit(MESSAGE, 'x'))).to.include({code: 'disconnected'});
    expect(session.asked).to.have.lengthOf(1);
  });
});
