import {fileOf, NativeFiles} from './native-files.js';
import type {setupNative} from './native.js';
import {otherClient} from './other-client.js';
import {withoutMethods} from './unknown-methods.js';
import {waitUntil} from './wait.js';

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
 * What a conversation looks like, one after the other: each begins with what the one before has left. For
 * a workspace of its own that pages of other origins may send files to, as they change its settings.
 */
export const NATIVE_STATES: Readonly<Record<string, (placed: Placed) => Promise<unknown> | void>> =
  {
    'nothing said': () => undefined,
    'text of every kind': async ({page, pane, workspace, other, me, room}) => {
      pane.style.blockSize = '60rem';
      const texts = [...MARKUP, `@${me.username}, hello`];
      const step = {command: 'post', username: other.username, room: room._id} as const;
      await workspace.batch(texts.map((text) => ({...step, text})));
      await page.shows('hello');
      await waitUntil(() => page.articles.at(-1)?.querySelector('.actions button'));
    },
    'edited, answered, with reactions': async (placed) => {
      const {page, pane, workspace, other, room, me, write} = placed;
      // What was seen before need not be looked at again.
      pane.style.blockSize = '';
      const {_id} = await write('First');
      await workspace.edit(other.username, room._id, _id, 'Second');
      await workspace.react(other.username, room._id, _id, ':tada:');
      await workspace.react(me.username, room._id, _id, ':heart:');
      await workspace.post(other.username, room._id, 'An answer', {tmid: _id});
      await waitUntil(() => page.root.querySelectorAll('.reaction').length === 2);
      await there(page, '.thread-button');
    },
    'a thread beside it': async ({page}) => {
      page.find('.thread-button').click();
      await waitUntil(() => page.answers.length === 2);
    },
    'a remark of Rocket.Chat': async ({page, workspace, other, room}) => {
      page.key('Escape', page.find('rc-thread textarea'));
      await gone(page, 'rc-thread');
      await workspace.post(other.username, room._id, '', {t: 'room-set-read-only'});
      await there(page, '.system');
    },
    'files, pictures and quotes': async ({page, workspace, other, room}) => {
      await workspace.post(other.username, room._id, 'Look', {
        attachments: [
          {title: 'plan.pdf', title_link: '/file-upload/a/plan.pdf', type: 'file', size: 3000},
          {title: 'x.png', image_url: '/file-upload/b/x.png', image_type: 'image/png'},
          {
            author_name: 'Someone',
            text: 'Quoted words',
            ts: '2024-05-01T10:00:00.000Z',
            message_link: 'https://chat.example.com/channel/x?msg=abc',
          },
          {title: 'A card', text: 'of an app', fields: [{title: 'Ward', value: '7'}]},
        ],
      });
      await page.shows('A card');
    },
    'the tools of a message': async ({page, pane}) => {
      await pane.send('Mine');
      const message = await page.shows('Mine');
      await waitUntil(() => message.querySelector('.actions button'));
      message.focus();
    },
    'the search for a reaction': async ({page}) => {
      page.find('.message:focus-within .quick ~ :not(.quick)').click();
      await there(page, '.picked > button');
    },
    'the question whether to delete': async ({page}) => {
      page.key('Escape', page.find('.picker input'));
      await gone(page, '.picker');
      page.message('Mine').querySelector<HTMLElement>('.actions > button:last-child')!.click();
      await there(page, '.ask');
    },
    'a message on its way': async ({page, workspace}) => {
      page.key('Escape', page.find('.ask > button'));
      await workspace.deafen();
      page.send('On my way');
      await page.shows('On my way');
      await there(page, '.sending');
    },
    'a message that was sent': async ({page, workspace}) => {
      await workspace.deafen(false);
      await gone(page, '.sending');
    },
    'a message that is edited': async ({page}) => {
      page.key('ArrowUp');
      await waitUntil(() => page.field.value === 'On my way');
    },
    'a message that was not sent': async ({page, workspace}) => {
      page.key('Escape');
      await workspace.setting('Message_MaxAllowedSize', 5);
      page.send('Too long for it');
      await there(page, '.unsent > button');
    },
    'the list that completes a name': async ({page, other}) => {
      page.write(`@${other.username.slice(0, -1)}`);
      await there(page, '[role=option]');
    },
    'somebody who writes': async ({page, workspace, server, other, room}) => {
      page.key('Escape');
      page.write('');
      const client = await otherClient(server, await workspace.token(other.username));
      const activity = `${room._id}/user-activity`;
      await client.call('stream-notify-room', activity, other.username, ['user-typing'], {});
      await waitUntil(() => page.find('.typing').textContent !== '');
      client.end();
    },
    'a file on its way, and one after it': async ({page, workspace}) => {
      await workspace.failUploads({bytesPerSecond: 1_000_000});
      await new NativeFiles(page).send([
        fileOf('large.bin', 'application/zip', 40_000_000),
        fileOf('next.bin', 'application/zip', 200_000),
      ]);
      await there(page, 'progress[value]');
    },
    'a file that was not sent': async ({page, workspace}) => {
      await workspace.failUploads({cutAfter: 100_000});
      page.find('[data-state=sending] button').click();
      await there(page, '[data-state=failed]');
    },
    'the way to the newest message': async ({page}) => {
      page.find('[data-state=failed] button:last-child').click();
      await gone(page, '.composer-chip');
      page.find('.scroll').scrollTop = 0;
      await there(page, '.newest');
    },
    'a room that is archived': async ({page, workspace, room}) => {
      await workspace.archive(room._id);
      await there(page, '.composer-blocked');
    },
    'what the server did not do, in a room of somebody else': async (placed) => {
      const {page, pane, workspace} = placed;
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
