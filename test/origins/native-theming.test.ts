import {expect} from '@open-wc/testing';

import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import {setupNative} from '../support/native.js';
import {waitUntil} from '../support/wait.js';

/** What each pair of custom properties colours. */
const COLOURED = {
  header: '.bar',
  'header-button': '.bar-button',
  body: '.talk',
  'message-sent': '.mine .bubble',
  'message-received': '.theirs .bubble',
} as const;

/** Where each part of the native view is. */
const PARTS: Readonly<Record<string, string>> = {
  header: '.bar',
  'room-header': '.conversation > .bar',
  'header-button': '.bar-button',
  body: '.talk',
  messages: '.scroll',
  message: 'article',
  'message-sent': '.mine .bubble',
  'message-received': '.theirs .bubble',
  'message-system': '.system',
  composer: '.composer',
  'composer-field': 'textarea',
  'composer-send': '.composer button[part]',
  thread: '.thread',
  newest: '.newest',
  unread: '.unread',
};

/** The parts of the pane, as the documentation lists them. */
const documentedParts = async (of = 'Native view.'): Promise<readonly string[]> => {
  const text = await (await fetch('/docs/attributes.md')).text();
  const [, table = ''] = text.split('generated: parts of rc-chat-pane -->');
  const rows = table
    .slice(0, table.indexOf('<!-- /generated'))
    .matchAll(/^\| `(.+?)` +\| (.+) \|$/gm);
  return [...rows].filter(([, , meaning]) => meaning!.includes(of)).map(([, part]) => part!);
};

/** A colour of its own for each, as computed styles write it. */
const colourOf = (index: number): string => `rgb(${index + 1}, 2, 3)`;

/** A style sheet of the page, as long as the test runs. */
const addStyles = (text: string): HTMLStyleElement => {
  const style = document.createElement('style');
  style.textContent = text;
  document.head.append(style);
  return style;
};

const setup = async () => {
  const placed = await setupNative({before: ({write}) => write('Theirs')});
  await placed.pane.send('Mine');
  await placed.page.shows('Mine');
  return placed;
};

/** A room in which all that has a part is in the DOM at once. */
const setupAllParts = async () => {
  const placed = await setupNative({
    attributes: {style: 'block-size: 30rem; inline-size: 60rem', 'room-list': true},
    before: async ({workspace, me, other, room}) => {
      await workspace.fill(room._id, 40);
      // Whoever writes has read what was before.
      await workspace.post(me.username, room._id, 'Mine');
      const now = Date.now();
      // Each in a millisecond of its own, or their ids would say which comes first.
      const say = (text: string, nth: number, more: MessageFields = {}) => ({
        command: 'post' as const,
        username: other.username,
        room: room._id,
        text,
        more: {...more, ts: new Date(now + nth).toISOString()},
      });
      await workspace.batch([
        say('A question', 1),
        say('', 2, {t: 'room-set-read-only'}),
        ...Array.from({length: 30}, (_, nth) => say(`Unread ${nth}`, nth + 3)),
      ]);
    },
  });
  const {page} = placed;
  const list = page.find('.talk > rc-message-list > .scroll');
  await waitUntil(() => {
    // Little by little, as the rows that come have heights of their own.
    list.scrollTop -= 100;
    return page.root.querySelector('.unread') && page.root.querySelector('.mine');
  }, 'the first that is unread is in sight');
  await waitUntil(() => page.message('A question').querySelector('.actions'), 'one can answer');
  page.press(page.message('A question'), 'Reply');
  const missing = (): string[] =>
    Object.values(PARTS).filter((each) => !page.root.querySelector(each));
  await waitUntil(() => !missing().length, 'all is there').catch(() => {
    throw new Error(`Nothing is ${missing().join(', ')}.`);
  });
  return placed;
};

describe('a page styles the native view', () => {
  let style: HTMLStyleElement | undefined;
  afterEach(() => style?.remove());

  it('by custom properties', async () => {
    const {page, pane} = await setup();
    const names = Object.keys(COLOURED);
    names.forEach((name, index) => {
      pane.style.setProperty(`--rc-chat-pane-${name}-background`, colourOf(index));
      pane.style.setProperty(`--rc-chat-pane-${name}-color`, colourOf(index + 100));
    });
    pane.style.setProperty('--rc-chat-pane-font-family', 'Courier');
    for (const [index, selector] of Object.values(COLOURED).entries()) {
      const {backgroundColor, color} = getComputedStyle(page.find(selector));
      expect([backgroundColor, color], selector).to.deep.equal([
        colourOf(index),
        colourOf(index + 100),
      ]);
    }
    for (const selector of ['article', '.bar h2', 'textarea'])
      expect(getComputedStyle(page.find(selector)).fontFamily, selector).to.equal('Courier');
  });

  it('by each part that is documented for it, in the right place', async () => {
    const {page, pane} = await setupAllParts();
    const documented = await documentedParts();
    expect(Object.keys(PARTS)).to.have.members(documented);
    style = addStyles(
      // A property for each part, as some elements have two.
      documented.map((part) => `rc-chat-pane::part(${part}) { --of-${part}: here }`).join('\n'),
    );
    for (const [part, selector] of Object.entries(PARTS)) {
      const found = page.find(selector);
      expect(getComputedStyle(found).getPropertyValue(`--of-${part}`), part).to.equal('here');
      expect(getComputedStyle(pane).getPropertyValue(`--of-${part}`), part).to.equal('');
    }
  });

  it('by no part that is not documented', async () => {
    const {page} = await setupAllParts();
    const documented = await documentedParts('');
    const parts = [...page.root.querySelectorAll('[part]')].flatMap((each) => [...each.part]);
    expect([...new Set(parts)].filter((part) => !documented.includes(part))).to.deep.equal([]);
  });
});
