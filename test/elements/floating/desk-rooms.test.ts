import {expect} from '@open-wc/testing';

import type {PexipChatError} from '../../../src/errors.js';
import {DeskRooms} from '../../../src/elements/floating/desk-rooms.js';
import type {ChatApi} from '../../../src/session/chat-api.js';
import type {LiveSession} from '../../../src/session/live-session.js';
import {RoomDirectory} from '../../../src/session/room-directory.js';
import {parseMembership} from '../../../src/protocol/chat-room.js';
import {ConnectionLost, DdpRefusal} from '../../../src/transport/ddp-connection.js';
import {HttpFailure} from '../../../src/transport/http-failure.js';

type Answer = (method: string, params: readonly unknown[]) => unknown;

/** Rooms of a user whose workspace answers like this, with what it was asked. */
const setup = (answer: Answer, {open = true, live = true} = {}) => {
  const asked: unknown[] = [];
  const directory = new RoomDirectory();
  const data = {_id: 's', rid: 'room', t: 'd', name: 'bob', open, unread: 0, alert: false};
  directory.put(parseMembership(data)!);
  const rest = {
    post: async (route: string, body: object) => {
      asked.push([route, body]);
      return {room: {rid: 'by-rest'}};
    },
  };
  const api = {
    ask: async (
      method: string,
      params: readonly unknown[],
      byRest: (client: object) => unknown,
    ) => {
      asked.push([method, ...params]);
      const told = await answer(method, params);
      return told === 'rest' ? byRest(rest) : told;
    },
  };
  const session = {directory, api: live ? (api as unknown as ChatApi) : undefined};
  return {rooms: new DeskRooms(session as unknown as LiveSession), asked};
};
const failing = (error: Error): Answer => {
  return () => {
    throw error;
  };
};
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'resolved',
    ({code}: PexipChatError) => code,
  );
const refusal = (code: string): DdpRefusal => new DdpRefusal({code, reason: 'because <b>'});

describe('DeskRooms', () => {
  it('finds a direct message that is known, hidden or not, without asking', async () => {
    const {rooms, asked} = setup(() => undefined, {open: false});
    expect((await rooms.find('bob')).roomId).to.equal('room');
    expect(rooms.isListed('room')).to.equal(false);
    expect(asked).to.deep.equal([]);
  });

  it('makes one that is not known', async () => {
    const {rooms, asked} = setup(() => ({_id: 'new', rid: 'new'}));
    expect(await rooms.find('carol')).to.deep.equal({roomId: 'new', path: 'direct/new'});
    expect(asked).to.deep.equal([['createDirectMessage', 'carol']]);
  });

  it('takes an address for nothing but a name', () => {
    const {rooms} = setup(() => undefined);
    for (const name of ['bob/../x', '%2e', 'room\u0000', '/bob'])
      expect(rooms.with(name)).to.equal(undefined);
  });

  for (const answer of [undefined, null, {}, {rid: 7}, {_id: ''}, 'room'])
    it(`takes ${JSON.stringify(answer)} for no room`, async () => {
      const {rooms} = setup(() => answer);
      expect(await codeOf(rooms.find('carol'))).to.equal('disconnected');
    });

  it('asks by REST where the workspace knows the methods no longer', async () => {
    const {rooms, asked} = setup(() => 'rest');
    expect((await rooms.find('carol')).roomId).to.equal('by-rest');
    await rooms.hide('room');
    await rooms.erase('room');
    const hidden = setup(() => 'rest', {open: false});
    await hidden.rooms.show('room');
    expect([...asked, ...hidden.asked].filter((_, at) => at % 2)).to.deep.equal([
      ['im.create', {username: 'carol'}],
      ['rooms.hide', {roomId: 'room'}],
      ['im.delete', {roomId: 'room'}],
      ['rooms.open', {roomId: 'room'}],
    ]);
  });

  it('hides what is listed only, and shows what is hidden only', async () => {
    const listed = setup(() => 1);
    await listed.rooms.show('room');
    await listed.rooms.show('just-made');
    await listed.rooms.hide('just-made');
    expect(listed.asked).to.deep.equal([]);
    const hidden = setup(() => 1, {open: false});
    await hidden.rooms.hide('room');
    expect(hidden.asked).to.deep.equal([]);
  });

  it('tells what the workspace refuses, without its words', async () => {
    const {rooms} = setup(failing(refusal('error-not-allowed')));
    const error = await rooms.erase('room').catch((each: PexipChatError) => each);
    expect((error as PexipChatError).code).to.equal('action-refused');
    expect((error as PexipChatError).message)
      .to.contain('error-not-allowed')
      .and.not.contain('<b>');
    const byRest = setup(failing(new HttpFailure(403)));
    expect(await codeOf(byRest.rooms.hide('room'))).to.equal('action-refused');
  });

  it('tells that the workspace knows nobody of this name', async () => {
    const {rooms} = setup(failing(refusal('error-invalid-user')));
    expect(await codeOf(rooms.find('carol'))).to.equal('user-not-found');
    // Of another deed it says something else.
    expect(await codeOf(rooms.erase('room'))).to.equal('action-refused');
  });

  it('tells that it was not done where the connection goes, or has gone', async () => {
    const {rooms} = setup(failing(new ConnectionLost()));
    expect(await codeOf(rooms.find('carol'))).to.equal('disconnected');
    const gone = setup(() => undefined, {live: false});
    expect(await codeOf(gone.rooms.erase('room'))).to.equal('disconnected');
  });
});
