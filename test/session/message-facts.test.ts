import {expect} from '@open-wc/testing';

import {parseChatMessage, type ChatMessage} from '../../src/protocol/chat-message.js';
import {messageDetail, messageFact} from '../../src/session/message-facts.js';

const TIME = Date.UTC(2026, 10, 22);
const message = (more: object = {}): ChatMessage =>
  parseChatMessage({
    _id: 'm1',
    rid: 'r1',
    msg: 'Hello <b>you</b>',
    ts: {$date: TIME},
    _updatedAt: {$date: TIME},
    u: {_id: 'u-bob', username: 'bob'},
    ...more,
  })!;

describe('messageFact', () => {
  it('tells a message of somebody else as received, as it was written', () => {
    expect(messageFact({type: 'new', message: message()}, 'r1', 'u-alice', ['bob'])).to.deep.equal({
      type: 'message-received',
      detail: {
        id: 'm1',
        roomId: 'r1',
        participants: ['bob'],
        text: 'Hello <b>you</b>',
        timestamp: new Date(TIME),
        sender: 'bob',
      },
    });
  });

  it("tells one's own as sent", () => {
    const fact = messageFact({type: 'new', message: message()}, 'r1', 'u-bob', []);
    expect(fact).to.have.property('type', 'message-sent');
  });

  it('tells nothing of what no person has written', () => {
    const joined = message({t: 'uj'});
    expect(messageFact({type: 'new', message: joined}, 'r1', 'u-alice', [])).to.equal(undefined);
  });

  it('tells an edit with the new text, and a deletion without any', () => {
    expect(messageFact({type: 'edited', message: message()}, 'r1', 'u-alice', [])).to.deep.equal({
      type: 'message-changed',
      detail: {id: 'm1', roomId: 'r1', change: 'edited', text: 'Hello <b>you</b>'},
    });
    expect(messageFact({type: 'deleted', id: 'm1'}, 'r1', 'u-alice', [])).to.deep.equal({
      type: 'message-changed',
      detail: {id: 'm1', roomId: 'r1', change: 'deleted'},
    });
  });
});

describe('messageDetail', () => {
  it("makes a message of what is known of one's own that the server has not told again", () => {
    const known = {text: 'Hi', time: TIME, sender: {username: 'alice'}};
    const detail = messageDetail('m2', 'r1', known, ['bob']);
    expect(detail).to.include({id: 'm2', roomId: 'r1', text: 'Hi', sender: 'alice'});
    expect(detail.timestamp.getTime()).to.equal(TIME);
  });
});
