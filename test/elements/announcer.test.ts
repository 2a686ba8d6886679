import {expect} from '@open-wc/testing';

import {Announcer} from '../../src/elements/native/announcer.js';
import {nativeWords} from '../../src/elements/native/native-words.js';
import {en} from '../../src/elements/strings/en.js';
import {Conversation} from '../../src/session/conversation.js';
import {roomSource} from '../../src/session/message-source.js';
import {FakeLiveSession, raw} from '../session/native-session.js';
import {FakeClock} from '../support/fake-socket.js';
import {place} from '../support/mount.js';
import {see} from '../support/visibility.js';

const ENGLISH = {tag: 'en', strings: en};
const MINUTE = 60_000;
/** As often as a screen reader is spoken to at most, ms. */
const PAUSE = 4_000;

/** How many messages are said by a number. */
const countOf = (text: string): number =>
  Number(text.replace(' new messages', '').replace(',', ''));

describe('what is said to screen readers', () => {
  let clock: FakeClock;
  let said: string[];
  let session: FakeLiveSession;
  let announcer: Announcer;
  let written: number;

  beforeEach(async () => {
    clock = new FakeClock();
    session = new FakeLiveSession();
    announcer = new Announcer({
      words: nativeWords,
      who: ({sender}) => sender.name,
      plain: ({text}) => text,
    });
    const region = place(document.createElement('p'));
    // At once, as a test's own time is not that of observers.
    said = [];
    Object.defineProperty(region, 'textContent', {
      get: () => said.at(-1) ?? '',
      set: (text: string) => void (text && said.push(text)),
    });
    const conversation = new Conversation(session, roomSource('room', 'c'));
    const follow = (): void => announcer.follow([conversation], region, 'u-me', ENGLISH);
    conversation.subscribe(follow);
    session.asked[0]!.answer({messages: [raw('before', 1)]});
    written = 1;
    await clock.pass(MINUTE);
  });
  afterEach(() => {
    announcer.stop();
    clock.restore();
  });

  /** Others write so many messages, one after the other, within a time. */
  const write = async (count: number, within = 0): Promise<void> => {
    for (let nth = 0; nth < count; nth++) {
      written++;
      session.put(raw(`m${written}`, written));
      if (within) await clock.pass(within / count);
    }
  };

  it('is a number every four seconds in a flood, of all messages and of each once', async () => {
    await write(5_000, MINUTE);
    await clock.pass(MINUTE);
    expect(said.length).to.be.within(2, 1 + MINUTE / PAUSE);
    expect(said.map(countOf).reduce((sum, each) => sum + each)).to.equal(5_000);
  });

  it('is nothing while the page is hidden, nor of then once it is seen again', async () => {
    see('hidden');
    await write(300, 10 * MINUTE);
    see('visible');
    await clock.pass(MINUTE);
    expect(said).to.deep.equal([]);
    await write(1);
    await clock.pass(PAUSE);
    expect(said).to.deep.equal([`Bob: text of m${written}`]);
  });

  it('is nothing of what came just before the page was hidden', async () => {
    await write(1);
    see('hidden');
    await clock.pass(MINUTE);
    see('visible');
    await clock.pass(MINUTE);
    expect(said).to.deep.equal([]);
  });

  it('is one number where the page slept, and all that was missed comes at once', async () => {
    see('hidden');
    see('visible');
    await write(300);
    await clock.pass(MINUTE);
    expect(said).to.deep.equal(['300 new messages']);
  });

  it('is nothing of what is loaded of the past, edited or deleted', async () => {
    session.put(raw('before', 1, {msg: 'Not so', _updatedAt: {$date: 9}}));
    session.remove('before');
    await clock.pass(MINUTE);
    expect(said).to.deep.equal([]);
  });
});
