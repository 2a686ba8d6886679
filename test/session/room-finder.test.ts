import {expect} from '@open-wc/testing';

import {parseMembership} from '../../src/protocol/chat-room.js';
import {roomPaths} from '../../src/protocol/chat-room-reference.js';
import {RoomDirectory} from '../../src/session/room-directory.js';
import {findRoom, ownRoom} from '../../src/session/room-finder.js';
import {ConnectionLost, DdpRefusal} from '../../src/transport/ddp-connection.js';
import {FakeLiveSession} from './native-session.js';
import {rejectionOf} from './recorders.js';
import {turn} from '../support/turn.js';

const directoryOf = (...subscriptions: readonly object[]): RoomDirectory => {
  const directory = new RoomDirectory();
  for (const each of subscriptions) {
    const membership = parseMembership({unread: 0, alert: false, open: true, ...each});
    if (membership) directory.put(membership);
  }
  return directory;
};

const search = (room: string, directory = directoryOf()) => {
  const session = new FakeLiveSession();
  return {session, found: findRoom(session.api!, directory, roomPaths(room))};
};
const refused = (): DdpRefusal => new DdpRefusal({code: 'error-invalid-room', reason: ''});

describe('findRoom', () => {
  it("takes one of the user's own rooms without a question", async () => {
    const directory = directoryOf(
      {_id: 's1', rid: 'r1', t: 'c', name: 'general'},
      {_id: 's2', rid: 'r2', t: 'p', name: 'AbC', fname: 'Follow-up', prid: 'r1'},
    );
    expect(ownRoom(directory, roomPaths('#general'))).to.deep.equal({
      roomId: 'r1',
      name: 'general',
      type: 'c',
      kind: 'c',
    });
    const {session, found} = search('r2', directory);
    expect(await found).to.deep.equal({
      roomId: 'r2',
      name: 'Follow-up',
      type: 'discussion',
      kind: 'p',
    });
    expect(session.asked).to.have.lengthOf(0);
  });

  it('asks for a channel that the user has not joined', async () => {
    const {session, found} = search('#news');
    expect(session.asked[0]).to.deep.include({
      method: 'getRoomByTypeAndName',
      params: ['c', 'news'],
    });
    const room = {_id: 'r9', t: 'c', name: 'news', fname: 'News', ro: true};
    session.asked[0]!.answer(room);
    expect(await found).to.deep.equal({
      roomId: 'r9',
      name: 'News',
      type: 'c',
      kind: 'c',
      raw: room,
    });
  });

  it('begins a direct message that there is none of', async () => {
    const {session, found} = search('@bob');
    expect(session.asked[0]).to.deep.include({method: 'createDirectMessage', params: ['bob']});
    session.asked[0]!.answer({rid: 'd1', t: 'd', usernames: ['me', 'bob']});
    expect(await found).to.deep.equal({roomId: 'd1', name: 'bob', type: 'd', kind: 'd'});
  });

  it('tries each kind of a bare name in turn, as long as the server refuses', async () => {
    const {session, found} = search('case');
    session.asked[0]!.fail(refused());
    await turn();
    expect(session.asked[1]!.params).to.deep.equal(['p', 'case']);
    session.asked[1]!.answer({_id: 'r', t: 'p', name: 'case'});
    expect(await found).to.include({roomId: 'r', kind: 'p'});
    expect(session.asked).to.have.lengthOf(2);
  });

  it('has found none where the server refuses all, or answers no room', async () => {
    const {session, found} = search('#none');
    session.asked[0]!.fail(refused());
    expect(await found).to.equal(undefined);
    const odd = search('#none');
    odd.session.asked[0]!.answer({_id: 7, t: 'c'});
    expect(await odd.found).to.equal(undefined);
  });

  it('rejects where the connection went, as the room may well be there', async () => {
    const {session, found} = search('#news');
    const lost = new ConnectionLost();
    session.asked[0]!.fail(lost);
    expect(await rejectionOf(found)).to.equal(lost);
  });
});
