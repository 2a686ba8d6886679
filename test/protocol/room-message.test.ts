import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseChatMessage} from '../../src/protocol/chat-message.js';
import {
  parseRoomMessage,
  ROOM_MESSAGE_LIMITS,
  type RoomMessage,
} from '../../src/protocol/room-message.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const TIME = Date.UTC(2026, 10, 21);
const LEAST = {
  _id: 'm-1',
  rid: 'GENERAL',
  msg: 'Hello',
  ts: {$date: TIME},
  u: {_id: 'u-alice', username: 'alice'},
};
const BARE = {
  reactions: [],
  moreReactions: 0,
  attachments: [],
  moreAttachments: 0,
  pinned: false,
  encrypted: false,
  alsoInRoom: false,
  unread: false,
  fromApp: false,
};
const read = (fields: object): RoomMessage => parseRoomMessage({...LEAST, ...fields})!;
const without = ODD_VALUES.filter((each) => !Array.isArray(each));

describe('parseRoomMessage', () => {
  it('is a chat message with nothing beside it, if that is all there is', () => {
    expect(parseRoomMessage(LEAST)).to.deep.equal({...parseChatMessage(LEAST), ...BARE});
  });

  it('is none if it is no chat message', () => {
    for (const odd of ODD_VALUES) expect(parseRoomMessage(odd)).to.equal(undefined);
    expect(parseRoomMessage({...LEAST, _hidden: true})).to.equal(undefined);
    expect(keepingPrototypes(() => parseRoomMessage(belowProto(LEAST)))).to.equal(undefined);
  });

  it('keeps the tree as it came, if it is one', () => {
    const md = [{type: 'PARAGRAPH', value: []}];
    expect(read({md}).md).to.equal(md);
    for (const odd of without) expect(read({md: odd})).not.to.have.property('md');
  });

  it('reads reactions in their order, with who reacted and how many', () => {
    const {reactions, moreReactions} = read({
      reactions: {':smile:': {usernames: ['alice', 'bob']}, ':+1:': {usernames: ['bob']}},
    });
    expect(reactions).to.deep.equal([
      {emoji: ':smile:', usernames: ['alice', 'bob'], count: 2},
      {emoji: ':+1:', usernames: ['bob'], count: 1},
    ]);
    expect(moreReactions).to.equal(0);
  });

  it('counts right where there are very many', () => {
    const usernames = Array.from({length: 5000}, (_, index) => `user-${index}`);
    const kinds = Object.fromEntries(
      Array.from({length: 10_000}, (_, index) => [
        `:e${index}:`,
        {usernames: index ? ['a'] : usernames},
      ]),
    );
    const {reactions, moreReactions} = read({reactions: kinds});
    expect(reactions).to.have.length(ROOM_MESSAGE_LIMITS.reactions);
    expect(moreReactions).to.equal(10_000 - ROOM_MESSAGE_LIMITS.reactions);
    expect(reactions[0]?.count).to.equal(5000);
    expect(reactions[0]?.usernames).to.have.length(ROOM_MESSAGE_LIMITS.names);
  });

  it('leaves out reactions that nobody made', () => {
    const reactions = {
      ':a:': {usernames: []},
      ':b:': null,
      ':c:': {usernames: [7, '', null]},
      '': 1,
    };
    expect(read({reactions}).reactions).to.deep.equal([]);
    expect(read({reactions: {':d:': {usernames: ['alice', 7]}}}).reactions[0]?.count).to.equal(1);
    for (const odd of ODD_VALUES) expect(read({reactions: odd}).reactions.length).to.equal(0);
    const named = JSON.parse('{"__proto__": {"usernames": ["alice"]}}') as unknown;
    expect(keepingPrototypes(() => read({reactions: named}).reactions[0]?.emoji)).to.equal(
      '__proto__',
    );
  });

  it('reads twenty attachments, and says how many more there are', () => {
    const {attachments, moreAttachments} = read({attachments: Array(10_000).fill({text: 'x'})});
    expect(attachments).to.have.length(20);
    expect(moreAttachments).to.equal(9980);
  });

  it('reads what was answered in its thread', () => {
    const thread = {tcount: 2, tlm: {$date: TIME + 1}};
    expect(read(thread).thread).to.deep.equal({count: 2, last: TIME + 1});
    for (const tcount of [0, -1, 1.5, '2', null])
      expect(read({...thread, tcount})).not.to.have.property('thread');
    expect(read({tcount: 1}).thread).to.deep.equal({count: 1});
  });

  it('reads a discussion that nobody has written in yet, and one with messages', () => {
    expect(read({drid: 'r-2'}).discussion).to.deep.equal({roomId: 'r-2', count: 0});
    expect(read({drid: 'r-2', dcount: 3}).discussion).to.deep.equal({roomId: 'r-2', count: 3});
    for (const drid of ['', 7, null, 'x'.repeat(129)])
      expect(read({drid})).not.to.have.property('discussion');
  });

  it('reads the name of an integration', () => {
    expect(read({alias: ' CI\u202e\u200b '}).alias).to.equal('CI');
    for (const alias of ['', '\u200b', 7]) expect(read({alias})).not.to.have.property('alias');
  });

  it('tells of an encrypted message by its kind, and of its other marks', () => {
    expect(read({t: 'e2e', msg: 'cipher'}).encrypted).to.equal(true);
    const marks = {pinned: true, tshow: true, unread: true, blocks: [{type: 'actions'}]};
    expect(read(marks)).to.include({pinned: true, alsoInRoom: true, unread: true, fromApp: true});
    for (const odd of ODD_VALUES.filter((each) => each !== true && !Array.isArray(each)))
      expect(read({pinned: odd, tshow: odd, unread: odd, blocks: odd})).to.deep.include(BARE);
  });

  it('never throws, and is bounded whatever it is given', () => {
    const names = [
      ...['md', 'reactions', 'attachments', 'tcount', 'tlm', 'drid', 'dcount'],
      ...['alias', 'pinned', 'tshow', 'unread', 'blocks', 't', 'msg'],
    ];
    const value = fc.oneof(
      anything(),
      fc.nat(),
      fc.array(objectWith(['username', 'text', 'title', 'image_url']), {maxLength: 30}),
      fc.dictionary(fc.string(), fc.record({usernames: fc.array(fc.string())})),
    );
    fc.assert(
      fc.property(objectWith(names, value), (fields) => {
        const message = keepingPrototypes(() => parseRoomMessage({...LEAST, ...fields}));
        expect(message).to.include({id: 'm-1', roomId: 'GENERAL', time: TIME});
        for (const {emoji, usernames, count} of message!.reactions) {
          expect(emoji).to.be.a('string');
          expect(count).to.be.at.least(usernames.length).and.at.least(1);
        }
        expect(message!.attachments.length).to.be.at.most(20);
        expect(message!.moreAttachments).to.be.at.least(0);
      }),
      HOSTILE_RUNS,
    );
  });
});
