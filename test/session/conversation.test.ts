import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import {Conversation} from '../../src/session/conversation.js';
import {roomSource, threadSource} from '../../src/session/message-source.js';
import {UnsentMessages} from '../../src/session/unsent-messages.js';
import {FakeLiveSession, raw} from './native-session.js';
import {turn} from '../support/turn.js';

const ids = (conversation: Conversation): string[] =>
  Array.from({length: conversation.size}, (_, index) => conversation.at(index).id);

/** A page as a server answers it, newest first. */
const page = (...messages: readonly object[]): object => ({messages: [...messages].reverse()});

/** Messages from one time to another, a ms apart. */
const span = (from: number, to: number): object[] =>
  Array.from({length: to - from + 1}, (_, nth) => raw(`m${from + nth}`, from + nth));

const setup = (source = roomSource('room', 'c')) => {
  const session = new FakeLiveSession();
  const unsent = new UnsentMessages();
  const conversation = new Conversation(session, source);
  conversation.keepUnsent(unsent);
  /** Sends a message. @returns its id */
  const send = (text: string): string => {
    conversation.send(text);
    return unsent.getState().pending.at(-1)!.id;
  };
  const answer = async (value: unknown): Promise<void> => {
    session.asked.at(-1)!.answer(value);
    await turn();
  };
  return {session, conversation, answer, unsent, send};
};

const opened = async (...messages: readonly object[]) => {
  const all = setup();
  await all.answer(page(...messages));
  return all;
};

describe('Conversation', () => {
  it('asks for the latest messages, and shows them oldest first', async () => {
    const {session, conversation, answer} = setup();
    expect(session.asked).to.have.lengthOf(1);
    expect(session.asked[0]).to.deep.include({
      method: 'loadHistory',
      params: ['room', null, 50, null, false],
    });
    expect(conversation.getState()).to.include({opened: false, older: 'loading'});
    await answer(page(...span(1, 3)));
    expect(ids(conversation)).to.deep.equal(['m1', 'm2', 'm3']);
    expect(conversation.getState()).to.include({opened: true, older: 'none'});
  });

  it('asks for older ones before the oldest that is there, once at a time, until there are none', async () => {
    const {session, conversation, answer} = await opened(...span(51, 100));
    expect(conversation.getState().older).to.equal('more');
    void conversation.loadOlder();
    void conversation.loadOlder();
    expect(session.asked).to.have.lengthOf(2);
    // The oldest one is asked for again, as another may be of the same millisecond.
    expect(session.asked[1]!.params).to.deep.equal(['room', {$date: 52}, 50, null, false]);
    await answer(page(...span(2, 51)));
    expect(ids(conversation)).to.have.lengthOf(99);
    void conversation.loadOlder();
    await answer(page(...span(1, 2)));
    expect(ids(conversation)[0]).to.equal('m1');
    expect(conversation.getState().older).to.equal('none');
    void conversation.loadOlder();
    expect(session.asked).to.have.lengthOf(3);
  });

  it('asks for more at once where a whole page is of one millisecond', async () => {
    const same = Array.from({length: 50}, (_, nth) => raw(`s${nth}`, 7));
    const {session, conversation, answer} = await opened(...same);
    void conversation.loadOlder();
    await answer(page(...same));
    expect(conversation.getState().older).to.equal('more');
    void conversation.loadOlder();
    expect(session.asked.at(-1)!.params[2]).to.equal(100);
    await answer(page(raw('first', 1), ...same));
    expect(ids(conversation)[0]).to.equal('first');
    expect(conversation.getState().older).to.equal('none');
  });

  it('adds what comes, and takes edits and deletions', async () => {
    const {session, conversation} = await opened(...span(1, 3));
    const {version} = conversation.getState();
    session.put(raw('m4', 4));
    session.put(raw('m2', 2, {msg: 'better', editedAt: {$date: 9}, _updatedAt: {$date: 9}}));
    session.remove('m1');
    expect(ids(conversation)).to.deep.equal(['m2', 'm3', 'm4']);
    expect(conversation.get('m2')).to.include({text: 'better', edited: 9});
    expect(conversation.getState().version).to.equal(version + 3);
    session.put(raw('m1', 1, {_updatedAt: {$date: 10}}));
    expect(ids(conversation), 'a deletion holds').to.deep.equal(['m2', 'm3', 'm4']);
  });

  it('leaves other rooms alone', async () => {
    const {session, conversation} = await opened(...span(1, 1));
    session.put(raw('foreign', 5, {rid: 'elsewhere'}));
    expect(ids(conversation)).to.deep.equal(['m1']);
  });

  it('shows what came before the first page in its place', async () => {
    const {session, conversation, answer} = setup();
    session.put(raw('m4', 4));
    session.put(raw('m2', 2, {msg: 'newer', _updatedAt: {$date: 20}}));
    session.remove('m3');
    expect(conversation.size).to.equal(0);
    await answer(page(...span(1, 3)));
    expect(ids(conversation)).to.deep.equal(['m1', 'm2', 'm4']);
    expect(conversation.get('m2')?.text).to.equal('newer');
  });

  it('shows what came before the first page of a room in which nothing was said before', async () => {
    const {session, conversation, answer} = setup();
    session.put(raw('m1', 1));
    await answer(page());
    expect(ids(conversation)).to.deep.equal(['m1']);
  });

  it('shows no message by itself before a gap, until history comes to it', async () => {
    const {session, conversation, answer} = await opened(...span(51, 100));
    session.put(raw('m3', 3, {reactions: {':heart:': {usernames: ['bob']}}}));
    expect(ids(conversation)[0]).to.equal('m51');
    void conversation.loadOlder();
    await answer(page(...span(1, 49)));
    expect(ids(conversation)[0]).to.equal('m1');
    session.put(raw('early', 0));
    expect(ids(conversation)[0], 'nothing can be missing before it').to.equal('early');
  });

  it('leaves answers in threads out of the room, unless they are shown there, too', async () => {
    const {session, conversation} = await opened(
      raw('first', 1),
      raw('answer', 2, {tmid: 'first'}),
      raw('shown', 3, {tmid: 'first', tshow: true}),
    );
    session.put(raw('late', 4, {tmid: 'first'}));
    expect(ids(conversation)).to.deep.equal(['first', 'shown']);
  });

  it('asks once more with the next connection where the first page did not come', async () => {
    const {session, conversation} = setup();
    session.asked[0]!.fail(new Error('gone'));
    await turn();
    expect(conversation.getState()).to.include({opened: false, older: 'failed'});
    session.connect(false);
    expect(session.asked).to.have.lengthOf(1);
    session.connect(true);
    expect(session.asked).to.have.lengthOf(2);
    session.asked[1]!.answer(page(raw('m1', 1)));
    await turn();
    expect(ids(conversation)).to.deep.equal(['m1']);
  });

  it('asks for nothing without a connection, and begins with the first', async () => {
    const session = new FakeLiveSession();
    session.connect(false);
    const conversation = new Conversation(session, roomSource('room', 'd'));
    expect(session.asked).to.have.lengthOf(0);
    expect(conversation.getState().older).to.equal('unknown');
    session.connect(true);
    expect(session.asked).to.have.lengthOf(1);
  });

  it('hears of nothing once it is closed', async () => {
    const {session, conversation} = await opened(raw('m1', 1));
    conversation.close();
    expect(session.listeners).to.equal(0);
  });

  describe("one's own messages", () => {
    const refused = new PexipChatError('message-refused', 'Not this one.');

    it('are there at once, after all others, and are given to the session with their id', async () => {
      const {session, conversation, send} = await opened(...span(1, 2));
      const id = send('Hello');
      expect(ids(conversation)).to.deep.equal(['m1', 'm2', id]);
      expect(conversation.at(2)).to.deep.include({sent: false, id});
      expect(session.given[0]).to.include({text: 'Hello', id, threadId: undefined});
      session.put(raw('m9', 9));
      expect(ids(conversation)).to.deep.equal(['m1', 'm2', 'm9', id]);
    });

    it('are the message that the server has as soon as it tells, in their place', async () => {
      const {session, conversation, send} = await opened(...span(1, 2));
      const id = send('Hello');
      session.put(raw(id, 5, {msg: 'Hello'}));
      expect(conversation.at(2)).to.deep.include({sent: true, id});
      expect(conversation.size).to.equal(3);
      expect(conversation.isPending(id)).to.equal(false);
    });

    it('stay with the reason where they were refused, and can be sent again with the same id', async () => {
      const {session, conversation, send} = await opened();
      const id = send('Hello');
      session.given[0]!.refuse(refused);
      await turn();
      expect(conversation.at(0).message).to.include({text: 'Hello', error: refused});
      conversation.retry(id);
      expect(conversation.at(0).message).to.not.have.property('error');
      expect(session.given.map((each) => each.id)).to.deep.equal([id, id]);
    });

    it('are not sent again while they are on their way', async () => {
      const {session, conversation, send} = await opened();
      conversation.retry(send('Hello'));
      expect(session.given).to.have.lengthOf(1);
    });

    it('can be taken back, with their text', async () => {
      const {session, conversation, send} = await opened();
      const id = send('Hello');
      session.given[0]!.refuse(refused);
      await turn();
      expect(conversation.drop(id)).to.equal('Hello');
      expect(conversation.size).to.equal(0);
      expect(conversation.drop(id)).to.equal(undefined);
    });

    it('are there again with their state when the conversation is', async () => {
      const {session, conversation, send, unsent} = await opened();
      const [one, other] = ['One', 'Other'].map(send);
      conversation.close();
      session.given[0]!.refuse(refused);
      await turn();
      const again = new Conversation(session, roomSource('room', 'c'));
      again.keepUnsent(unsent);
      expect(ids(again)).to.deep.equal([one, other]);
      expect(again.unsent).to.deep.equal([one]);
      session.asked.at(-1)!.answer(page(raw(other!, 5)));
      await turn();
      expect(ids(again)).to.deep.equal([other, one]);
      expect(again.at(0).sent).to.equal(true);
    });

    it('tell so at once where they are kept, in each conversation that shows them', async () => {
      const {session, conversation, send, unsent} = await opened();
      const beside = new Conversation(session, roomSource('room', 'c'));
      beside.keepUnsent(unsent);
      const {version} = beside.getState();
      const id = send('Hello');
      expect(beside.getState().version).to.equal(version + 1);
      expect(beside.isPending(id)).to.equal(true);
      conversation.drop(id);
      expect(beside.size).to.equal(0);
    });

    it('that arrived are not marked as refused by a late answer', async () => {
      const {session, conversation, send} = await opened();
      const id = send('Hello');
      session.put(raw(id, 5));
      session.given[0]!.refuse(refused);
      await turn();
      expect(conversation.at(0)).to.deep.include({sent: true, id});
      expect(conversation.size).to.equal(1);
    });
  });

  describe('of a thread', () => {
    const thread = () => setup(threadSource('room', 'first'));

    it('has the message that was answered, and the answers', async () => {
      const {session, conversation, answer} = thread();
      expect(session.asked[0]).to.deep.include({
        method: 'getThreadMessages',
        params: [{tmid: 'first', limit: 50}],
      });
      await answer([raw('first', 1), raw('b', 3, {tmid: 'first'}), raw('a', 2, {tmid: 'first'})]);
      expect(ids(conversation)).to.deep.equal(['first', 'a', 'b']);
      session.put(raw('c', 4, {tmid: 'first'}));
      session.put(raw('elsewhere', 5));
      expect(ids(conversation)).to.deep.equal(['first', 'a', 'b', 'c']);
    });

    it('has the message that is answered from the start, as of one without answers a server tells nothing', async () => {
      const {conversation} = await opened(raw('first', 1));
      const session = new FakeLiveSession();
      const source = threadSource('room', 'first');
      const begun = new Conversation(session, source, conversation.get('first'));
      expect(ids(begun)).to.deep.equal(['first']);
      session.asked[0]!.answer([]);
      await turn();
      expect(ids(begun)).to.deep.equal(['first']);
      expect(begun.getState()).to.include({opened: true, older: 'none'});
    });

    it('has the answers that came while a new one was asked for', async () => {
      const {session, conversation, answer} = thread();
      session.put(raw('a', 2, {tmid: 'first'}));
      await answer([raw('first', 1)]);
      expect(ids(conversation)).to.deep.equal(['first', 'a']);
    });

    it('may have more answers where a page of them comes without the first message', async () => {
      const {conversation, answer} = thread();
      await answer(span(51, 100).map((each) => ({...each, tmid: 'first'})));
      expect(conversation.getState().older).to.equal('more');
    });

    it('has none before a page that is not full, whether or not the first message comes with it', async () => {
      const answers = span(52, 100).map((each) => ({...each, tmid: 'first'}));
      for (const all of [answers, [raw('first', 1), ...answers]]) {
        const {conversation, answer} = thread();
        await answer(all);
        expect(conversation.getState().older).to.equal('none');
      }
    });

    it('goes back by how many answers are there', async () => {
      const {session, conversation, answer} = thread();
      const answers = span(51, 100).map((each) => ({...each, tmid: 'first'}));
      await answer([raw('first', 1), ...answers.reverse()]);
      expect(conversation.getState().older).to.equal('more');
      void conversation.loadOlder();
      expect(session.asked[1]!.params).to.deep.equal([{tmid: 'first', limit: 50, skip: 50}]);
      await answer([raw('first', 1), raw('m2', 2, {tmid: 'first'})]);
      expect(ids(conversation).slice(0, 3)).to.deep.equal(['first', 'm2', 'm51']);
      expect(conversation.getState().older).to.equal('none');
    });

    it('sends answers into it', async () => {
      const {session, conversation, answer} = thread();
      await answer([raw('first', 1)]);
      conversation.send('An answer');
      expect(session.given[0]).to.include({text: 'An answer', threadId: 'first'});
    });
  });
});
