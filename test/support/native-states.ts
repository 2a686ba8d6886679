import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import {fileOf, NativeFiles} from './native-files.js';
import type {setupNative} from './native.js';
import {otherClient} from './other-client.js';
import {withoutMethods} from './unknown-methods.js';
import {waitUntil as wait} from './wait.js';

type Placed = Awaited<ReturnType<typeof setupNative>>;

/** One text of each kind of markup. */
const MARKUP = [
  'Some *bold*, _italic_, ~struck~ and `code`, https://example.com/a?b=c and [named](https://example.com/)',
  '```\nconst a = 1;\n```',
  '- one\n- two',
  '1. one\n2. two',
  '- [x] done\n- [ ] to do',
  '> said before',
  '# A heading',
  'It is ||hidden|| here :smile:',
  '![a picture](https://example.com/picture.png)',
  '@all and #general',
];

const ATTACHMENTS = [
  {title: 'plan.pdf', title_link: '/file-upload/a/plan.pdf', type: 'file', size: 3000},
  {title: 'x.png', image_url: '/file-upload/b/x.png', image_type: 'image/png'},
  {
    author_name: 'Someone',
    text: 'Quoted words',
    ts: '2024-05-01T10:00:00.000Z',
    message_link: 'https://chat.example.com/channel/x?msg=abc',
  },
  {title: 'A card', text: 'of an app', fields: [{title: 'Ward', value: '7'}]},
];

/** Looked at often, as there is much to wait for. */
const waitUntil = (holds: () => unknown, what?: string): Promise<void> =>
  wait(holds, what, {interval: 10});

const there = (page: Placed['page'], selector: string): Promise<void> =>
  waitUntil(() => page.root.querySelector(selector), `${selector} is there`);

const gone = (page: Placed['page'], selector: string): Promise<void> =>
  waitUntil(() => !page.root.querySelector(selector), `${selector} is gone`);

/** Opens another room, in which the user is no more than a member. */
const openOther = async ({page, pane, workspace, me, other}: Placed, what: string, count = 1) => {
  const name = `${what}-${me.username}`;
  const members = [other.username, me.username];
  const room = await workspace.createRoom({type: 'p', name, members});
  await workspace.fill(room._id, count);
  await pane.open(`group/${name}`);
  await page.shows(`Message ${count}.`);
  return room;
};

/**
 * What a conversation looks like, one after the other: each begins with what the one before has left, and has
 * as much in it as can be seen at once. For a workspace of its own that pages of other origins may send files
 * to, as they change its settings.
 */
export const NATIVE_STATES: Readonly<Record<string, (placed: Placed) => Promise<unknown> | void>> =
  {
    'nothing said': () => undefined,
    'messages of every kind': async ({page, pane, workspace, other, me, room, write}) => {
      pane.style.blockSize = '120rem';
      const post = (text: string, more: MessageFields = {}) =>
        workspace.post(other.username, room._id, text, more);
      const step = {command: 'post', username: other.username, room: room._id} as const;
      const texts = [...MARKUP, `@${me.username}, hello`];
      await workspace.batch(texts.map((text) => ({...step, text})));
      await post('', {t: 'room-set-read-only'});
      await post('Look', {attachments: ATTACHMENTS});
      const {_id} = await write('First');
      await workspace.edit(other.username, room._id, _id, 'Second');
      await workspace.react(other.username, room._id, _id, ':tada:');
      await workspace.react(me.username, room._id, _id, ':heart:');
      await post('An answer', {tmid: _id});
      await page.shows('A card');
      await there(page, '.thread-button');
      await waitUntil(() => page.root.querySelectorAll('.reaction').length === 2);
      await waitUntil(() => page.articles.at(-1)?.querySelector('.actions button'));
    },
    'a thread beside it': async ({page, pane}) => {
      // What was seen before need not be looked at again.
      pane.style.blockSize = '28rem';
      page.find('.thread-button').click();
      await waitUntil(() => page.answers.length === 2);
    },
    'the search for a reaction, and the question whether to delete': async ({page, pane}) => {
      page.key('Escape', page.find('rc-thread textarea'));
      await gone(page, 'rc-thread');
      for (const text of ['Mine', 'To be deleted']) {
        await pane.send(text);
        await page.shows(text);
        await waitUntil(() => page.message(text).querySelector('.actions'));
      }
      const actions = (text: string): HTMLElement => page.message(text).querySelector('.actions')!;
      actions('Mine').querySelector<HTMLElement>('.quick ~ :not(.quick)')!.click();
      actions('To be deleted').querySelector<HTMLElement>('button:last-child')!.click();
      await there(page, '.picked > button');
      await there(page, '.ask');
    },
    'the tools of a message, one on its way, and somebody who writes': async (placed) => {
      const {page, workspace, server, other, room} = placed;
      page.key('Escape', page.find('.ask > button'));
      page.key('Escape', page.find('.picker input'));
      await gone(page, '.picker');
      const client = await otherClient(server, await workspace.token(other.username));
      const activity = `${room._id}/user-activity`;
      await client.call('stream-notify-room', activity, other.username, ['user-typing'], {});
      await waitUntil(() => page.find('.typing').textContent !== '');
      client.end();
      await workspace.deafen();
      page.send('On my way');
      await page.shows('On my way');
      await there(page, '.sending');
      page.message('Mine').focus();
    },
    'one that was not sent, one that is edited, and the list that completes a name': async ({
      page,
      workspace,
      other,
    }) => {
      await workspace.deafen(false);
      await gone(page, '.sending');
      await workspace.setting('Message_MaxAllowedSize', 5);
      page.send('Too long for it');
      await there(page, '.unsent > button');
      page.key('ArrowUp');
      await waitUntil(() => page.field.value === 'On my way');
      page.write(`@${other.username.slice(0, -1)}`);
      await there(page, '[role=option]');
    },
    'files that are sent, wait and were not sent, and the way to the newest message': async ({
      page,
      workspace,
    }) => {
      // Closes the list, and ends editing.
      page.key('Escape');
      page.key('Escape');
      const files = new NativeFiles(page);
      await workspace.failUploads({cutAfter: 1_000});
      await files.send([fileOf('cut.bin', '', 300_000)]);
      await there(page, '[data-state=failed]');
      await workspace.failUploads({bytesPerSecond: 10_000});
      await files.send(['first.bin', 'next.bin'].map((name) => fileOf(name, '', 300_000)));
      await there(page, 'progress[value]');
      await waitUntil(() => {
        page.find('.scroll').scrollTop = 0;
        return page.root.querySelector('.newest');
      }, 'there is a way back');
    },
    'what the server did not do, in a room of somebody else': async (placed) => {
      const {page, pane, workspace} = placed;
      await waitUntil(() => {
        page.root.querySelector<HTMLElement>('.composer-chip button:last-child')?.click();
        return !page.root.querySelector('.composer-chip');
      }, 'no file is left');
      await openOther(placed, 'news');
      for (const name of ['Message_AllowEditing', 'Message_AllowDeleting'] as const)
        await workspace.setting(name, false);
      await pane.send('Mine');
      const message = await page.shows('Mine');
      page.key('ArrowUp');
      await waitUntil(() => page.field.value === 'Mine');
      page.send('Ours');
      await there(page, '.composer-notice[data-kind=failed]');
      message.querySelector<HTMLElement>('.actions > button:last-child')!.click();
      await there(page, '.ask');
      page.find('.ask > button').click();
      await there(page, '.complaint:not(:empty)');
    },
    'a room that is read-only': async ({page, workspace, me}) => {
      await workspace.readOnly(`news-${me.username}`);
      await there(page, '.composer-blocked');
    },
    'older messages that did not load': async (placed) => {
      const {page, workspace, me} = placed;
      const {_id} = await openOther(placed, 'long', 60);
      // By REST it is refused.
      withoutMethods('loadHistory');
      await workspace.removeMember(_id, me.username);
      await there(page, '.composer-blocked');
      await waitUntil(() => {
        page.find('.scroll').scrollTop = 0;
        return page.root.querySelector('.list-status > button');
      }, 'it says so');
    },
    'nobody signed in any more': async ({page, pane, workspace, me}) => {
      pane.auth = () => Promise.resolve(null as never);
      await workspace.revoke(me.username);
      await waitUntil(() => pane.state === 'failed', 'it has failed');
      await waitUntil(
        () =>
          [...page.root.querySelectorAll('.line button')].some((each) => each.checkVisibility()),
        'one can sign in again',
      );
    },
  };
