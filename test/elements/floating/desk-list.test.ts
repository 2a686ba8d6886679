import {expect} from '@open-wc/testing';

import {DeskChats} from '../../../src/elements/floating/desk-chats.js';
import {DeskMemory} from '../../../src/elements/floating/desk-memory.js';
import {DeskReads} from '../../../src/elements/floating/desk-reads.js';
import {previewOf} from '../../../src/elements/floating/desk-latest.js';
import type {DeskNames} from '../../../src/elements/floating/desk-names.js';
import {DeskWait} from '../../../src/elements/floating/desk-wait.js';
import {parseChatMessage} from '../../../src/protocol/chat-message.js';
import {parseMembership, parseRoomFacts} from '../../../src/protocol/chat-room.js';
import type {LiveFact} from '../../../src/session/live-state.js';
import type {LiveSession} from '../../../src/session/live-session.js';
import {RoomDirectory} from '../../../src/session/room-directory.js';

/** Chats of the user `me`, by what the server has told of them. */
const setup = (membership: object, room?: object) => {
  const directory = new RoomDirectory();
  directory.put(parseMembership({_id: 's', rid: 'room', unread: 0, alert: false, ...membership})!);
  const facts = room && parseRoomFacts({_id: 'room', ...room});
  if (facts) directory.putFacts(facts);
  const session = {directory, getState: () => ({rooms: directory.rooms})};
  const names = {
    username: 'me',
    alias: (each: string) => `alias of ${each}`,
    known: (each: string) => `alias of ${each}`,
    person: (name: string) => ({name: name === 'hidden' ? '\u200b' : `Name of ${name}`}),
    statusOf: () => undefined,
  };
  const chats = new DeskChats(session as unknown as LiveSession, names as unknown as DeskNames);
  const entry = () => chats.entry(chats.rooms[0]!);
  const detail = () => chats.detail(chats.rooms[0]!);
  return {chats, directory, entry, detail};
};
const message = (id: string, time: number, fields: object = {}) => ({
  _id: id,
  rid: 'room',
  msg: `text of ${id}`,
  ts: {$date: time},
  _updatedAt: {$date: time},
  u: {_id: 'other', username: 'bob'},
  ...fields,
});
const put = (...made: Parameters<typeof message>): LiveFact => ({
  type: 'put',
  message: parseChatMessage(message(...made))!,
});

describe('a chat of the list', () => {
  it('without a name is called by its id, and one whose name nobody sees, too', () => {
    expect(setup({t: 'p'}).entry().name).to.equal('room');
    expect(setup({t: 'p', fname: '\u200b \u202e'}).entry().name).to.equal('room');
    expect(setup({t: 'd', name: 'hidden'}).entry().name).to.equal('hidden');
  });

  it('is of two people before the room itself was told', () => {
    const {chats, entry} = setup({t: 'd', name: 'bob'});
    expect(chats.people('room')).to.deep.equal(['me', 'bob']);
    expect(entry().other).to.equal('alias of bob');
    expect(chats.isTold('room')).to.equal(false);
  });

  it('of more than two has no other person, and the name of the room', () => {
    const {chats, entry} = setup(
      {t: 'd', name: 'bob, carol', fname: 'Bob, Carol'},
      {t: 'd', usernames: ['bob', 'me', 'carol']},
    );
    expect(chats.people('room')).to.deep.equal(['me', 'bob', 'carol']);
    expect([entry().other, entry().name]).to.deep.equal([undefined, 'Bob, Carol']);
    expect(setup({t: 'd', name: 'bob, carol'}).chats.people('room')).to.deep.equal([]);
  });

  it('with oneself has no other person', () => {
    const {chats, entry} = setup({t: 'd', name: 'me'}, {t: 'd', usernames: ['me']});
    expect(chats.people('room')).to.deep.equal(['me']);
    expect(entry().other).to.equal(undefined);
  });

  it('takes nothing that is none for its latest message, its maker or its time', () => {
    for (const lastMessage of [
      7,
      'text',
      null,
      [],
      {},
      message('x', 1, {rid: 'another'}),
      message('x', 1, {u: 7}),
    ]) {
      const {entry, detail} = setup(
        {t: 'p', ts: {$date: 5}},
        {t: 'p', lastMessage, u: {username: 7}, ts: 'then'},
      );
      expect(entry().preview).to.equal('');
      expect(detail()).to.deep.equal({
        chat: 'room',
        participants: [],
        unreadMessages: 0,
        dateCreated: new Date(5),
      });
    }
  });

  it('was made by nobody and at no time, where nothing of it is told', () => {
    const made = setup({t: 'p'}, {t: 'p'}).detail();
    expect(made).to.deep.equal({chat: 'room', participants: [], unreadMessages: 0});
  });

  it('has the same entry until something of it is another, and so have all others', () => {
    const {chats, directory} = setup({t: 'p'}, {t: 'p'});
    for (let at = 0; at < 1_000; at += 1)
      directory.put(
        parseMembership({_id: `s${at}`, rid: `r${at}`, t: 'p', unread: 0, alert: false})!,
      );
    const entries = () => chats.rooms.map((room) => chats.entry(room));
    const before = new Set(entries());
    const others = () => entries().filter((each) => !before.has(each));
    expect(others()).to.deep.equal([]);
    chats.latest.hear(put('a', 10));
    expect(others().map(({preview}) => preview)).to.deep.equal(['text of a']);
    directory.put(parseMembership({_id: 's7', rid: 'r7', t: 'p', unread: 2, alert: true})!);
    expect(others().map(({roomId, count}) => `${roomId} ${count}`)).to.have.members([
      'r7 2',
      'room 0',
    ]);
  });

  it('has the latest message, as the list tells it or as it comes', () => {
    const {chats, entry, directory} = setup({t: 'p'}, {t: 'p', lastMessage: message('a', 10)});
    expect(entry().preview).to.equal('text of a');
    chats.latest.hear(put('b', 20));
    expect(entry().preview).to.equal('text of b');
    chats.latest.hear(put('older', 5));
    expect(entry().preview).to.equal('text of b');
    chats.latest.hear(put('in-thread', 30, {tmid: 'a'}));
    expect(entry().preview).to.equal('text of b');
    chats.latest.hear(put('shown', 40, {tmid: 'a', tshow: true}));
    expect(entry().preview).to.equal('text of shown');
    const detail = {id: 'shown', roomId: 'room', change: 'deleted'} as const;
    chats.latest.hear({type: 'message-changed', detail});
    expect(entry().preview).to.equal('text of a');
    directory.putFacts(
      parseRoomFacts({_id: 'room', lastMessage: message('c', 50), _updatedAt: {$date: 60}})!,
    );
    expect(entry().preview).to.equal('text of c');
  });

  it('tells no remark of Rocket.Chat as its latest message', () => {
    const {chats, entry, detail} = setup(
      {t: 'p'},
      {t: 'p', lastMessage: message('a', 10, {t: 'uj'})},
    );
    expect([entry().preview, detail().lastMessage]).to.deep.equal(['', undefined]);
    chats.latest.hear(put('e', 20, {t: 'e2e'}));
    expect(entry().preview).to.equal('');
  });

  it('keeps what a person said last behind a remark of Rocket.Chat, until that is deleted', () => {
    const {chats, entry, detail, directory} = setup({t: 'p'}, {t: 'p'});
    const list = (time: number, ...made: Parameters<typeof message>): void =>
      void directory.putFacts(
        parseRoomFacts({_id: 'room', lastMessage: message(...made), _updatedAt: {$date: time}})!,
      );
    chats.latest.hear(put('heard', 10));
    chats.latest.hear(put('topic', 20, {t: 'room_changed_topic'}));
    expect(entry().preview).to.equal('text of heard');
    list(30, 'topic', 20, {t: 'room_changed_topic'});
    expect(detail().lastMessage?.message).to.equal('text of heard');
    list(40, 'listed', 40);
    expect(entry().preview).to.equal('text of listed');
    list(50, 'topic', 50, {t: 'room_changed_topic'});
    expect(entry().preview).to.equal('text of listed');
    // Where the workspace shows that a message was deleted.
    chats.latest.hear(put('listed', 40, {t: 'rm'}));
    expect(entry().preview).to.equal('text of heard');
    const gone = {id: 'heard', roomId: 'room', change: 'deleted'} as const;
    chats.latest.hear({type: 'message-changed', detail: gone});
    expect([entry().preview, detail().lastMessage]).to.deep.equal(['', undefined]);
  });

  it('forgets what was said in a room that is gone', () => {
    const {chats, directory, entry} = setup({t: 'p'});
    chats.latest.hear(put('a', 10));
    expect(entry().preview).to.equal('text of a');
    directory.remove('room');
    chats.latest.hear({type: 'rooms'});
    expect(chats.latest.of('room')).to.equal(undefined);
  });
});

describe('previewOf', () => {
  const shown = (fields: object): string => previewOf(parseChatMessage(message('x', 1, fields))!);

  it('is one line without quotes, labels and looks', () => {
    expect(shown({msg: '[ ](https://chat.example.com/x?msg=y) yes'})).to.equal('yes');
    expect(shown({msg: '# Title\n```js\nlet a;\n```'})).to.equal('Title let a;');
    expect(shown({msg: '~gone~ **both** `code`'})).to.equal('gone both code');
    expect(shown({msg: 'a\u2028b\tc'})).to.equal('a b c');
  });

  it('takes no time over a text made to take some', () => {
    const begun = performance.now();
    for (const part of ['[', '*', '](', '`a', '_ _', '[x](']) shown({msg: part.repeat(50_000)});
    expect(performance.now() - begun).to.be.lessThan(1_000);
  });

  it('names a file where nothing was written', () => {
    expect(shown({msg: '', file: {name: 'a\u202e.pdf'}})).to.equal('a.pdf');
    expect(shown({msg: ' ', attachments: [{title: 'b.png'}]})).to.equal('b.png');
    for (const attachments of [7, [7], [{title: 7}], [{}], {}])
      expect(shown({msg: '', attachments})).to.equal('');
  });
});

describe('DeskWait', () => {
  it('resolves at once what holds, and what comes to hold when it is looked at', async () => {
    const wait = new DeskWait();
    await wait.until(() => true);
    let holds = false;
    let done = false;
    const later = wait.until(() => holds).then(() => (done = true));
    wait.look();
    await Promise.resolve();
    expect(done).to.equal(false);
    holds = true;
    wait.look();
    await later;
    expect(done).to.equal(true);
  });

  it('rejects what never will, and what is waited for afterwards is not', async () => {
    const wait = new DeskWait();
    const never = wait.until(() => false).catch((error: Error) => error.message);
    wait.fail(new Error('over'));
    expect(await never).to.equal('over');
    let holds = false;
    const later = wait.until(() => holds);
    holds = true;
    wait.look();
    await later;
  });

  it('looks no more at what took too long', async () => {
    const wait = new DeskWait();
    let looks = 0;
    const never = (): boolean => {
      looks += 1;
      return false;
    };
    await wait.until(never, 1);
    wait.look();
    wait.look();
    expect(looks).to.equal(1);
    // Its end is not that of the others.
    const late = wait.until(() => looks > 1, 60_000);
    looks = 2;
    wait.look();
    await late;
  });
});

describe('what is read', () => {
  it('is told without a reader where nobody says who it was', () => {
    const memory = new DeskMemory('me');
    const told: unknown[] = [];
    const session = {api: undefined} as unknown as LiveSession;
    const chats = {other: () => undefined} as unknown as DeskChats;
    const reads = new DeskReads(session, chats, memory, (...read) => told.push(read));
    const sent = {id: 'm', roomId: 'room', text: '', timestamp: new Date(5)};
    const detail = {...sent, participants: [], sender: 'me'};
    reads.hear({type: 'put', message: parseChatMessage(message('m', 5, {unread: true}))!});
    reads.hear({type: 'message-sent', detail});
    const stream = 'stream-notify-room';
    const args = [{until: {$date: 6}}];
    const change = {type: 'changed', stream, event: 'room/messagesRead', args} as const;
    reads.hear({type: 'heard', change});
    expect(told).to.deep.equal([[detail, undefined]]);
  });
});
