import {expect, oneEvent} from '@open-wc/testing';

import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {RcComposerElement} from '../../src/elements/native/composer.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from '../support/conversation.js';
import {makeLivePane} from '../support/live-pane.js';
import {place, setAttributes} from '../support/mount.js';
import {fileOf, NativeFiles} from '../support/native-files.js';
import {NativePage} from '../support/native.js';
import {withLoginAlone} from '../support/unknown-methods.js';
import {waitUntil} from '../support/wait.js';
import {startBrokerFor, startWorkspace} from 'test-simulators';

/** By which way the routes are asked in place of the methods. */
const WAYS = {
  'the workspace itself': true,
  'the broker': false,
} as const;

const PATHS = {c: 'channel', p: 'group', d: 'direct'} as const;
type Kind = keyof typeof PATHS;
type Conversation = Awaited<ReturnType<typeof setupConversation>>;

interface Options {
  readonly kind?: Kind;
  /** What happens in the room before it is shown. */
  readonly before?: (conversation: Conversation) => Promise<unknown>;
}

/** The pane of somebody in a workspace that knows no method but the one that signs in. */
const makePane = async (conversation: Conversation, straight: boolean) => {
  if (straight) return makeLivePane(conversation);
  const broker = await startBrokerFor(conversation.server);
  const pane: RcChatPaneElement = document.createElement('rc-chat-pane');
  setAttributes(pane, {broker});
  pane.accessToken = () => new BrokerRemote(broker).accessToken(conversation.me.username);
  return pane;
};

const setup = async (straight: boolean, {kind = 'c', before}: Options = {}) => {
  // Where pages of other origins may not ask, nothing but the broker is left.
  const server = await startWorkspace({API_Enable_CORS: straight});
  const conversation = await setupConversation(kind, server);
  await before?.(conversation);
  const {workspace, room} = conversation;
  withLoginAlone();
  const pane = await makePane(conversation, straight);
  setAttributes(pane, {view: 'native', room: `${PATHS[kind]}/${room._id}`});
  pane.style.blockSize = '30rem';
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  const page = new NativePage(pane);
  await waitUntil(() => page.root.querySelector('rc-composer textarea'), 'one can write');
  /** How often the workspace was asked for a route, whoever has asked. */
  const asked = async (route: string): Promise<number> =>
    (await workspace.requests()).filter(({line}) =>
      new RegExp(`^(GET|POST) /api/v1/${route}\\b`).test(line),
    ).length;
  return {...conversation, pane, page, asked};
};

for (const [way, straight] of Object.entries(WAYS))
  describe(`the native view of a workspace that knows no methods, by REST of ${way}`, () => {
    for (const [kind, route] of Object.entries({c: 'channels', p: 'groups', d: 'im'}))
      it(`shows what was said in a room of the kind "${kind}", and what is said next`, async () => {
        const {page, other, workspace, room, asked} = await setup(straight, {
          kind: kind as Kind,
          before: ({workspace, room}) => workspace.fill(room._id, 20),
        });
        await page.shows('Message 20.');
        await workspace.post(other.username, room._id, 'Right now');
        await page.shows('Right now');
        expect(await asked(`${route}.history`)).to.be.at.least(1);
      });

    it('loads older messages as somebody scrolls up, to the first one', async () => {
      const {page, asked} = await setup(straight, {
        before: ({workspace, room}) => workspace.fill(room._id, 120),
      });
      await page.shows('Message 120.');
      await waitUntil(() => {
        page.find('.talk > rc-message-list > .scroll').scrollTop = 0;
        return page.articles.some((each) => each.textContent.includes('Message 1.'));
      }, 'the first one is there');
      expect(await asked('channels.history')).to.equal(3);
    });

    it('sends a message once', async () => {
      const {page, pane, workspace, room, asked} = await setup(straight);
      const sent = oneEvent(pane, 'rc-message-sent');
      page.send('By REST');
      expect((await sent).detail.text).to.equal('By REST');
      const message = await page.shows('By REST');
      await waitUntil(() => !message.querySelector('.sending'), 'it is sent');
      expect(page.texts).to.deep.equal(['By REST']);
      expect((await workspace.messages(room._id)).map(({msg}) => msg)).to.deep.equal(['By REST']);
      expect(await asked('chat.sendMessage')).to.equal(1);
    });

    it('edits and deletes what one has written', async () => {
      const {page, pane, workspace, room, asked} = await setup(straight);
      await pane.send('A typo hree');
      await page.shows('A typo hree');
      page.key('ArrowUp');
      await waitUntil(() => page.field.value === 'A typo hree', 'it can be edited');
      page.send('A typo here');
      const message = await page.shows('A typo here');
      await waitUntil(() => message.textContent.includes('edited'), 'it says so');
      page.press(message, 'Delete');
      await waitUntil(() => page.root.querySelector('.ask'), 'it is asked');
      page.press(page.find('.ask'), 'Delete');
      await page.hides('A typo here');
      expect(await workspace.messages(room._id)).to.deep.equal([]);
      expect(await Promise.all(['chat.update', 'chat.delete'].map(asked))).to.deep.equal([1, 1]);
    });

    it('adds a reaction, and takes it back', async () => {
      const {page, me, other, workspace, room, write, asked} = await setup(straight);
      const {_id} = await write('Well done');
      const message = await page.shows('Well done');
      await workspace.react(other.username, room._id, _id, ':tada:');
      const chip = (): HTMLElement => message.querySelector('.reaction')!;
      const isPressed = (wanted: boolean): Promise<void> =>
        waitUntil(() => chip()?.ariaPressed === String(wanted), `pressed: ${wanted}`);
      const names = async () =>
        (await workspace.messages(room._id))[0]!.reactions![':tada:']!.usernames;
      await isPressed(false);
      chip().click();
      await isPressed(true);
      expect(await names()).to.have.members([me.username, other.username]);
      chip().click();
      await isPressed(false);
      expect(await names()).to.deep.equal([other.username]);
      expect(await asked('chat.react')).to.equal(2);
    });

    it('opens a thread, loads the earlier answers in it, and answers', async () => {
      const {page, asked} = await setup(straight, {
        before: async ({workspace, other, room, write}) => {
          const {_id} = await write('A question');
          const now = Date.now();
          // Each in a millisecond of its own, or their ids would say which comes first.
          const answers = Array.from({length: 60}, (_, nth) => ({
            command: 'post' as const,
            username: other.username,
            room: room._id,
            text: `Answer ${nth + 1}.`,
            more: {tmid: _id, ts: new Date(now + nth).toISOString()},
          }));
          await workspace.batch(answers);
        },
      });
      const isThere = (text: string): boolean =>
        page.answers.some((each) => each.textContent.includes(text));
      const question = await page.shows('A question');
      await waitUntil(() => question.querySelector('.thread-button'), 'it can be opened');
      page.press(question, 'Open the thread');
      await waitUntil(() => isThere('Answer 60.'), 'the latest answer is there');
      page.send('Mine', page.find('rc-thread textarea'));
      await waitUntil(() => isThere('Mine'), 'mine is there');
      await waitUntil(() => page.message('A question').textContent.includes('61 replies'));
      await waitUntil(() => {
        page.find('rc-thread .scroll').scrollTop = 0;
        return isThere('Answer 1.');
      }, 'the first answer is there');
      expect(await asked('chat.getThreadMessages')).to.equal(2);
    });

    it('completes the names of people', async () => {
      const {page, other, asked} = await setup(straight);
      page.write(`@${other.username.slice(0, -2)}`);
      const offered = (): HTMLElement[] => [
        ...page.root.querySelectorAll<HTMLElement>('[role=option]'),
      ];
      await waitUntil(() => offered()[0]?.textContent.includes(other.username), 'it is offered');
      page.key('Enter');
      await waitUntil(() => page.field.value === `@${other.username} `, 'it is put in');
      expect(await asked('spotlight')).to.be.at.least(1);
    });

    it('begins a direct message', async () => {
      const {page, pane, workspace, asked} = await setup(straight);
      const {username} = await workspace.createUser('somebody-new');
      await pane.open(`@${username}`);
      await waitUntil(() => page.find('.bar h2').textContent === username, 'it is shown');
      page.send('Nice to meet you');
      await page.shows('Nice to meet you');
      expect(await asked('im.create')).to.equal(1);
    });

    it('marks as read what is in sight', async () => {
      const {page, pane, me, write, asked} = await setup(straight);
      const text = `@${me.username}, have you read this?`;
      const read = oneEvent(pane, 'rc-message-read');
      await write(text);
      await page.shows('have you read this?');
      window.dispatchEvent(new Event('focus'));
      expect((await read).detail).to.include({text, reader: me.username});
      await waitUntil(() => !pane.unread.count && !pane.unread.alert, 'nothing is unread');
      expect(await asked('subscriptions.read')).to.be.at.least(1);
      expect(await asked('subscriptions.get')).to.be.at.least(1);
    });

    it('knows what the workspace allows, and sends a file', async () => {
      const {page, workspace, room, asked} = await setup(straight, {
        before: ({workspace}) => workspace.setting('Message_MaxAllowedSize', 4000),
      });
      const files = new NativeFiles(page);
      page.field.focus();
      const composer = page.find<RcComposerElement>('.conversation > rc-composer');
      await waitUntil(() => composer.limits.text === 4000, 'the limits are known');
      await files.send([fileOf('report.txt')], 'Look at this');
      await page.shows('report.txt');
      await page.shows('Look at this');
      await files.gone();
      expect((await workspace.messages(room._id)).map(({file}) => file?.name)).to.deep.equal([
        'report.txt',
      ]);
      expect(await asked('settings.public')).to.equal(1);
    });
  });
