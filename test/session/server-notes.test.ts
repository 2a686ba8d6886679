import {expect} from '@open-wc/testing';

import type {LiveSession} from '../../src/session/live-session.js';
import {followNotes} from '../../src/session/server-notes.js';
import {FakeLiveSession} from './native-session.js';
import {turn} from '../support/turn.js';

const OF_USER = 'stream-notify-user';

const setup = () => {
  const session = new FakeLiveSession();
  const told: string[] = [];
  const end = followNotes(session as unknown as LiveSession, 'room', (text) => told.push(text));
  const says = (note: unknown, event = 'u-me/message', stream = OF_USER): void =>
    session.hear({stream, event, args: [note]});
  return {session, told, end, says};
};

describe('what the server says to a user alone', () => {
  it('is told, as a text that turns nothing round', () => {
    const {told, says} = setup();
    says({rid: 'room', msg: 'You have been muted'});
    says({rid: 'room', msg: ' \u202ero\u0000om '});
    expect(told).to.deep.equal(['You have been muted', 'room']);
  });

  it('is of this room, of this user, and a text', () => {
    const {told, says} = setup();
    says({rid: 'another', msg: 'x'});
    says({rid: 'room', msg: 'x'}, 'other/message');
    says({rid: 'room', msg: 'x'}, 'u-me/notification');
    says({rid: 'room', msg: 'x'}, 'u-me/message', 'stream-notify-room');
    for (const note of [undefined, null, 7, 'x', [], {}, {rid: 'room'}, {rid: 'room', msg: 7}])
      says(note);
    says({rid: 'room', msg: ' \u202e '});
    expect(told).to.deep.equal([]);
  });

  it('is no longer than a text may be', () => {
    const {told, says} = setup();
    says({rid: 'room', msg: 'x'.repeat(1_000_000)});
    expect(told[0]).to.have.lengthOf(1024);
  });

  it('is not heard any more where its end comes before the answer', async () => {
    const {session, end} = setup();
    end();
    await turn();
    expect(session.unsubscribed).to.deep.equal(['1']);
  });

  it('is asked for on each connection, until its end', async () => {
    const {session, end, told, says} = setup();
    await turn();
    session.connect(false);
    session.connect(true);
    await turn();
    expect(session.subscribed).to.deep.equal([
      `${OF_USER} u-me/message`,
      `${OF_USER} u-me/message`,
    ]);
    end();
    expect(session.unsubscribed).to.deep.equal(['2']);
    says({rid: 'room', msg: 'too late'});
    expect(told).to.deep.equal([]);
    expect(session.listeners).to.equal(0);
  });
});
