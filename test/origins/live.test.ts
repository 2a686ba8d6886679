import {expect, oneEvent} from '@open-wc/testing';

import type {Credentials} from '../../src/protocol/credentials.js';
import {setupConversation} from '../support/conversation.js';
import {
  isLive,
  makeLivePane,
  setupLive,
  showLive,
  tokenWorks,
  untilUnread,
} from '../support/live-pane.js';
import {fence, showWitness} from '../support/fence.js';
import {frameIn, place, record} from '../support/mount.js';
import {startProxied, startWorkspace} from 'test-simulators';

/** Collects the details of events, in their order. */
const collect = (target: EventTarget, ...types: readonly string[]): {type: string}[] => {
  const seen: {type: string}[] = [];
  for (const type of types)
    target.addEventListener(type, (event) =>
      seen.push({...(event as CustomEvent<object>).detail, type}),
    );
  return seen;
};

const MESSAGES = ['rc-message-received', 'rc-message-sent', 'rc-message-changed'];

describe('the live connection of <rc-chat-pane>', () => {
  it('is told by rc-connection-changed, to a pane that comes later, too', async () => {
    const {pane, ...conversation} = await setupLive();
    const second = makeLivePane(conversation);
    const told = collect(second, 'rc-connection-changed');
    await showLive(second);
    expect(told).to.deep.equal([{type: 'rc-connection-changed', status: 'live'}]);
    expect(pane.rooms.length).to.be.greaterThan(0);
  });

  it('is one for all panes of a user, and another for another user', async () => {
    const {workspace, ...conversation} = await setupConversation(
      'c',
      await startWorkspace({Unread_Count: 'all_messages'}),
    );
    // The frames of the simulator have no socket of their own.
    await Promise.all([1, 2, 3].map(() => showLive(makeLivePane(conversation))));
    expect((await workspace.sockets()).ever).to.equal(1);
    const {other, server, name} = conversation;
    const theirs = {server, name, auth: () => workspace.token(other.username)};
    await showLive(makeLivePane(theirs));
    expect((await workspace.sockets()).ever).to.equal(2);
  });

  it('fires rc-message-received once for a message of somebody else, in any room of the user', async () => {
    const {pane, workspace, me, other, write, room} = await setupLive();
    const elsewhere = await workspace.createRoom({
      type: 'p',
      name: `elsewhere-${room.name}`,
      members: [other.username, me.username],
    });
    const seen = collect(pane, ...MESSAGES);
    const received = oneEvent(pane, 'rc-message-received');
    const here = await write('The X-ray is here.');
    // What was missed in the room that is shown may still be asked for: another room's news overtakes it.
    await received;
    const there = await workspace.post(other.username, elsewhere._id, 'And the lab values.');
    await untilUnread(pane, ({rooms}) =>
      rooms.some((each) => each.roomId === elsewhere._id && each.alert),
    );
    await fence(pane, write);
    expect(seen.pop()).to.include({type: 'rc-message-received'});
    expect(seen).to.have.lengthOf(2);
    expect(seen[0]).to.deep.equal({
      type: 'rc-message-received',
      id: here._id,
      roomId: room._id,
      participants: [],
      text: 'The X-ray is here.',
      timestamp: new Date(here.ts),
      sender: other.username,
    });
    expect(seen[1]).to.include({id: there._id, roomId: elsewhere._id});
  });

  it('names the people of a direct message as participants', async () => {
    const {pane, me, other, write} = await setupLive({}, 'd');
    const received = oneEvent(pane, 'rc-message-received');
    await write('Just for you.');
    expect([...(await received).detail.participants].sort()).to.deep.equal(
      [me.username, other.username].sort(),
    );
  });

  it('fires rc-message-sent once for what the user writes in the frame', async () => {
    const {pane, workspace, write} = await setupLive();
    const page = workspace.frame(await frameIn(pane));
    await page.until(({screen}) => screen === 'room');
    const seen = collect(pane, ...MESSAGES);
    const sent = oneEvent(pane, 'rc-message-sent');
    await page.type('From the frame');
    expect((await sent).detail).to.include({text: 'From the frame'});
    await pane.send('From the page');
    await fence(pane, write);
    const [one, two] = ['rc-message-sent', 'rc-message-received'];
    expect(seen.map(({type}) => type)).to.deep.equal([one, one, two]);
  });

  it('fires rc-message-changed for an edit, with the new text, and for a deletion', async () => {
    const {pane, workspace, other, write, room} = await setupLive();
    const received = oneEvent(pane, 'rc-message-received');
    const {_id: id} = await write('At nine');
    // What was missed in the room may still be asked for, and would bring the edited text as a new one.
    await received;
    const seen = collect(pane, 'rc-message-changed');
    const roomId = room._id;
    const edited = oneEvent(pane, 'rc-message-changed');
    await workspace.edit(other.username, roomId, id, 'At ten');
    await edited;
    const deleted = oneEvent(pane, 'rc-message-changed');
    await workspace.remove(other.username, roomId, id);
    await deleted;
    await fence(pane, write);
    const type = 'rc-message-changed';
    expect(seen).to.deep.equal([
      {type, id, roomId, change: 'edited', text: 'At ten'},
      {type, id, roomId, change: 'deleted'},
    ]);
  });
});

describe('send() of <rc-chat-pane>', () => {
  it('sends to the room that is shown, and resolves with the message', async () => {
    const {pane, workspace, me, room} = await setupLive();
    const sent = await pane.send('I am on my way.');
    expect(sent).to.include({roomId: room._id, text: 'I am on my way.', sender: me.username});
    const messages = await workspace.messages(room._id);
    expect(messages.map(({_id, msg}) => [_id, msg])).to.deep.equal([[sent.id, 'I am on my way.']]);
  });

  it('sends into a thread', async () => {
    const {pane, workspace, write, room} = await setupLive();
    const {_id} = await write('Questions?');
    await pane.send('One.', {threadId: _id});
    const [, reply] = await workspace.messages(room._id);
    expect(reply).to.deep.include({msg: 'One.', tmid: _id});
  });

  it('resolves with the message where its answer was lost, and the server does not answer it again', async () => {
    const proxied = await startProxied();
    const conversation = await setupConversation('c', proxied.origin, proxied.direct);
    const pane = await showLive(makeLivePane(conversation));
    await proxied.fault('loseReplies');
    const sent = pane.send('Once only');
    const {workspace, room} = conversation;
    while (!(await workspace.messages(room._id)).length);
    const back = isLive(pane);
    await proxied.fault('loseReplies', {on: false});
    await back;
    const {id, text} = await sent;
    const messages = await workspace.messages(room._id);
    expect(messages.map(({_id, msg}) => [_id, msg])).to.deep.equal([[id, text]]);
  });

  it('rejects invalid-argument for no text, and message-refused with what Rocket.Chat says', async () => {
    const {pane} = await setupLive();
    const blank = await pane.send('  ').catch((error) => error);
    expect(blank.code).to.equal('invalid-argument');
    const long = await pane.send('x'.repeat(6000)).catch((error) => error);
    expect(long.code).to.equal('message-refused');
    expect(long.message).not.to.include('xxx');
  });
});

describe('what is unread in <rc-chat-pane>', () => {
  it('is right although the frame tells nothing', async () => {
    const server = await startWorkspace({Iframe_Integration_send_enable: false});
    const conversation = await setupConversation('c', server);
    const pane = makeLivePane(conversation);
    const live = isLive(pane);
    place(pane);
    await live;
    await conversation.write('Plain');
    const alert = await untilUnread(pane, (unread) => unread.alert);
    expect(alert.count).to.equal(0);
    await conversation.write(`@${conversation.me.username} look`);
    const counted = await untilUnread(pane, ({count}) => count > 0);
    const {_id: roomId} = conversation.room;
    expect(counted.rooms.find((room) => room.roomId === roomId)).to.include({
      count: 1,
      alert: true,
    });
    await pane.markRead();
    expect(await untilUnread(pane, (unread) => !unread.alert)).to.include({count: 0, alert: false});
  });

  it('adds up the rooms', async () => {
    const {pane, workspace, me, other, write} = await setupLive();
    await write(`@${me.username} one`);
    const direct = await workspace.createRoom({type: 'd', members: [other.username, me.username]});
    await workspace.post(other.username, direct._id, 'two');
    await workspace.post(other.username, direct._id, 'three');
    const {rooms, count} = await untilUnread(pane, (unread) => unread.count === 3);
    expect(count).to.equal(3);
    expect(rooms.find(({roomId}) => roomId === direct._id)).to.include({count: 2});
  });
});

describe('logout() of <rc-chat-pane>', () => {
  it('ends the tokens of the frame and of the connection, in all panes of the user', async () => {
    const conversation = await setupConversation();
    const tokens: Credentials[] = [];
    const auth = async () => {
      const credentials = await conversation.auth();
      tokens.push(credentials);
      return credentials;
    };
    const pane = await showLive(makeLivePane({...conversation, auth}));
    const second = await showLive(makeLivePane({...conversation, auth}));
    const witness = await showWitness(conversation);
    const out = [oneEvent(pane, 'rc-logged-out'), oneEvent(second, 'rc-logged-out')];
    await Promise.all([pane.logout(), ...out]);
    const seen = [pane, second].flatMap((each) => [
      record(each, 'rc-message-received', 'rc-unread-changed', 'rc-error', 'rc-logged-in'),
    ]);
    expect(tokens).to.have.lengthOf(2);
    for (const token of tokens) expect(await tokenWorks(conversation.server, token)).to.be.false;
    await conversation.write('These do not hear this.');
    await fence(witness, conversation.write);
    expect(seen).to.deep.equal([[], []]);
    for (const {user, rooms} of [pane, second])
      expect({user, rooms}).to.deep.equal({user: null, rooms: []});
  });
});
