import {expect} from '@open-wc/testing';

import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import {setupNative, type NativePage} from '../support/native.js';
import {uncaught} from '../support/uncaught.js';
import {waitUntil} from '../support/wait.js';

const range = <T>(count: number, make: (index: number) => T): readonly T[] =>
  Array.from({length: count}, (_, index) => make(index));

const plain = (value: string): object => ({type: 'PLAIN_TEXT', value});

/** Messages with far too much of one thing, each with what is said of the rest. */
const MANY: Readonly<Record<string, {text?: string; more?: object; says: string}>> = {
  'a megabyte of words': {
    text: `Words ${'word '.repeat(200_000)}`,
    says: 'longer than what is shown',
  },
  'a megabyte without a space': {
    text: `Words ${'x'.repeat(1_000_000)}`,
    says: 'longer than what is shown',
  },
  'a megabyte of links': {
    text: `Words ${'https://a.example/ '.repeat(50_000)}`,
    says: 'longer than what is shown',
  },
  'a megabyte of marks of direction': {
    text: `Words ${'\u2067\u202e\u200b\ud800'.repeat(250_000)}`,
    says: 'longer than what is shown',
  },
  '10,000 attachments': {
    more: {attachments: range(10_000, (i) => ({title: `File ${i}`, text: 'x'.repeat(100)}))},
    says: '9,980 more attachments',
  },
  '10,000 kinds of reactions': {
    more: {
      reactions: Object.fromEntries(
        range(10_000, (i) => [`:kind_${i}:`, {usernames: ['somebody', `user.${i}`]}]),
      ),
    },
    says: '9,980 more reactions',
  },
  '10,000 people who reacted alike': {
    more: {reactions: {':tada:': {usernames: range(10_000, (i) => `user.${i}`)}}},
    says: '10,000',
  },
  '20 times 10,000 of them': {
    more: {
      reactions: Object.fromEntries(
        range(20, (k) => [`:kind_${k}:`, {usernames: range(10_000, (i) => `user.${i}`)}]),
      ),
    },
    says: '10,000',
  },
  '500 mentions': {
    more: {
      md: [
        {
          type: 'PARAGRAPH',
          value: range(500, (i) => ({type: 'MENTION_USER', value: plain(`user.${i}`)})),
        },
      ],
      mentions: range(500, (i) => ({_id: `u${i}`, username: `user.${i}`})),
    },
    says: '@user.499',
  },
  '2,000 lines': {text: `Words ${range(2000, (i) => `line ${i}`).join('\n')}`, says: 'line 1999'},
  'a tree of 100,000 parts': {
    more: {
      md: [
        {
          type: 'PARAGRAPH',
          value: range(100_000, (i) => ({type: 'BOLD', value: [plain(`b${i} `)]})),
        },
      ],
    },
    says: 'longer than what is shown',
  },
};

const atEnd = (page: NativePage): boolean => {
  const {scrollTop, scrollHeight, clientHeight} = page.find('.talk > rc-message-list > .scroll');
  return scrollHeight - scrollTop - clientHeight < 2;
};

/** Resolves when it is shown, which takes its time where there is so much of it. */
const comes = (page: NativePage, text: string): Promise<void> =>
  waitUntil(
    () => page.articles.some((each) => each.textContent.includes(text)),
    `"${text}" is shown`,
  );

describe('a message of the native view', function () {
  this.timeout(90_000);

  for (const [name, {text = 'Words', more = {}, says}] of Object.entries(MANY))
    it(`with ${name} is shown as far as it goes, says that there is more, and leaves the page as it was`, async () => {
      const thrown = uncaught();
      const {page, workspace, other, room, write} = await setupNative({
        attributes: {style: 'block-size: 30rem'},
      });
      await write('Before');
      await page.shows('Before');
      const elements = page.root.querySelectorAll('*').length;
      const fields = more as MessageFields;
      await workspace.post(other.username, room._id, text, fields);
      await comes(page, says);
      await waitUntil(() => atEnd(page), 'the list is at its end');
      const shown = page.message(says);
      expect(page.root.querySelectorAll('*').length - elements).to.be.lessThan(3000);
      expect(shown.textContent.length).to.be.lessThan(60_000);
      await write('After');
      await comes(page, 'After');
      await waitUntil(() => atEnd(page), 'the list follows');
      page.write('I can still write');
      page.key('Enter');
      await page.shows('I can still write');
      await waitUntil(() => atEnd(page), 'the list follows me');
      const list = page.find('.talk > rc-message-list > .scroll');
      list.scrollTop = 0;
      await page.shows('Before');
      expect(thrown).to.deep.equal([]);
    });
});
