import {expect} from '@open-wc/testing';

import type {setupConversation} from '../support/conversation.js';
import {setupNative} from '../support/native.js';
import {restlessRules} from '../support/restless-rules.js';
import {waitUntil} from '../support/wait.js';
import {startWorkspace} from 'test-simulators';

type Conversation = Awaited<ReturnType<typeof setupConversation>>;

const SCROLLS = ['scroll', 'scrollTo', 'scrollBy', 'scrollIntoView'] as const;
const own = SCROLLS.map((name) => Element.prototype[name]);

/** How often something is scrolled smoothly, until the end of the test. */
const smoothScrolls = (): string[] => {
  const found: string[] = [];
  for (const [nth, name] of SCROLLS.entries())
    Element.prototype[name] = function (this: Element, ...args: readonly unknown[]) {
      if (args.some((each) => Object(each).behavior === 'smooth')) found.push(name);
      Reflect.apply(own[nth]!, this, args);
    };
  return found;
};
afterEach(() => {
  for (const [nth, name] of SCROLLS.entries()) Element.prototype[name] = own[nth]!;
});

describe('people who want less motion, in the native view', () => {
  it('meet no rule that moves something', async () => {
    const {page} = await setupNative({attributes: {'room-list': true}});
    expect(restlessRules(page.root)).to.deep.equal([]);
    // That of the composer is loaded later, and is among them.
    const rules = page.root.adoptedStyleSheets.flatMap(({cssRules}) => [...cssRules]);
    expect(rules.some(({cssText}) => cssText.includes('.composer'))).to.be.true;
  });

  it('are taken from place to place at once, and see nothing that moves by itself', async () => {
    const scrolled = smoothScrolls();
    const setup = {
      attributes: {style: 'block-size: 30rem'},
      before: ({workspace, room}: Conversation) => workspace.fill(room._id, 80),
    };
    // In a workspace of its own, as a deaf one hears nobody.
    const {page, workspace, write} = await setupNative(setup, 'c', await startWorkspace());
    const moved: string[] = [];
    for (const type of ['animationstart', 'transitionrun'])
      page.root.addEventListener(type, ({target}) => moved.push((target as Element).outerHTML));
    const list = page.find('.talk > rc-message-list > .scroll');
    const last = await page.shows('Message 80.');
    await waitUntil(() => last.querySelector('.actions'), 'it can be answered');
    list.scrollTop = 0;
    await waitUntil(() => page.root.querySelector('.newest'), 'there is a way back');
    page.find('.newest').click();
    await waitUntil(() => !page.root.querySelector('.newest'), 'it is gone back');
    await workspace.deafen();
    page.send('On my way');
    await page.shows('On my way');
    await workspace.deafen(false);
    const {_id} = await write('A question');
    page.press(await page.shows('A question'), 'Reply');
    await waitUntil(() => page.answers.length === 1, `the thread of ${_id} is open`);
    page.key('Escape', page.find('rc-thread textarea'));
    await waitUntil(() => !page.root.querySelector('rc-thread'), 'it is closed');
    expect(page.root.getAnimations()).to.deep.equal([]);
    expect(moved).to.deep.equal([]);
    expect(scrolled).to.deep.equal([]);
  });
});
