import type {Markdown} from './markdown.js';
import type {Message, Room} from './model.js';
import {randomId} from './random.js';
import {referenceOf} from './users.js';
import type {Workspace} from './workspace.js';

/** The ends of what was filled in, oldest and newest. */
export interface Filled {
  readonly oldest: Message;
  readonly newest: Message;
}

const MINUTE = 60_000;

// Between two messages, in ms, in turn: talk, and pauses in it; a day holds some 200 of them.
const PAUSES = [20_000, 45_000, 90_000, 4 * MINUTE, 30 * MINUTE];

/** Stands for the number of a message, so that the parser runs once for a text and not for each. */
const NUMBER = '7777777';

const SENTENCES = [
  'Good morning, shall we begin?',
  'The *results* from Tuesday are here, and they look _good_.',
  'Please bring the list of your medication, @alice.',
  'More on this at https://example.com/appointments?day=3 in the afternoon.',
  'The code is `A-17`, at the second door on the left.',
  'That is ~not~ quite right :smile:',
  'A longer sentence that goes on for a while, so that it takes more than one line in a narrow place such as a pane beside a meeting.',
  'Bonjour, ça va? 你好, こんにちは, مرحبا بالعالم',
  '> as was said before',
  '- one thing',
];

/** The texts in turn: 1 to 9 lines each, about a third with markup. */
const TEXTS = Array.from({length: 45}, (_, index) => {
  const lines = 1 + ((index * 4) % 9);
  const sentences = Array.from(
    {length: lines},
    (__, line) => SENTENCES[(index * 3 + line * 7) % SENTENCES.length],
  );
  return [`Message ${NUMBER}. ${sentences[0]}`, ...sentences.slice(1)].join('\n');
});

/** The text and the tree of the message of that number, which stands in the first line only. */
const wordsOf = (markdown: Markdown): ((number: number) => Pick<Message, 'md' | 'msg'>) => {
  const templates = TEXTS.map((text) => {
    const [head, ...tail] = markdown.of(text).md ?? [];
    return {text, head: head === undefined ? undefined : JSON.stringify(head), tail};
  });
  return (number) => {
    const {text = '', head, tail = []} = templates[number % templates.length] ?? {};
    const numbered = (each: string): string => each.replace(NUMBER, String(number));
    // What has no number is the same object in all, which spares hundreds of megabytes.
    return {
      msg: numbered(text),
      ...(head && {md: [JSON.parse(numbered(head)) as unknown, ...tail]}),
    };
  };
};

/**
 * Fills a room with `count` messages from all its members, older than any that it has: "Message 1. …"
 * is the oldest. It is as if they had been there from the start: nobody hears of them, and they are
 * read. 100,000 take a second or two, and some 500 days. Throws for less than one message.
 */
export const fillRoom = (workspace: Workspace, room: Room, count: number): Filled => {
  if (!Number.isInteger(count) || count < 1) throw new RangeError('A count is 1 or more.');
  const {timeline, users, markdown} = workspace;
  const authors = room.usernames.map((username) => referenceOf(users.named(username)));
  const words = wordsOf(markdown);
  const ids = randomId(10);
  const [first] = timeline.in(room._id).written.all;
  let time = (first ? Date.parse(first.ts) : Date.now()) - MINUTE;
  const messages: Message[] = [];
  for (let number = count; number > 0; number--) {
    const ts = new Date(time).toISOString();
    // Some speak more often than others, and now and then somebody writes several in a row.
    const u = authors[(number >> (number % 3)) % authors.length];
    if (!u) throw new Error('A room without members has no messages.');
    const _id = `${ids}${String(number).padStart(7, '0')}`;
    const base = {_id, rid: room._id, ts, u, mentions: [], _updatedAt: ts};
    messages.push({...base, ...words(number)});
    time -= PAUSES[number % PAUSES.length] ?? MINUTE;
  }
  timeline.addEarlier(room, messages);
  const [newest] = messages;
  const oldest = messages.at(-1);
  if (!oldest || !newest) throw new RangeError('A count is 1 or more.');
  return {oldest, newest};
};
