import {expect, waitUntil} from '@open-wc/testing';

import {violationsIn} from '../support/axe.js';
import {makeLivePane} from '../support/live-pane.js';
import {place} from '../support/mount.js';
import {setupConversation} from '../support/conversation.js';
import {setupNative} from '../support/native.js';

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

/** What a room looks like, one after the other in the same room. */
const STATES: Readonly<Record<string, (placed: Placed) => Promise<unknown> | void>> = {
  'nothing said': () => undefined,
  'text of every kind': async ({page, workspace, other, me, room}) => {
    const texts = [...MARKUP, `@${me.username}, hello`];
    const step = {command: 'post', username: other.username, room: room._id} as const;
    await workspace.batch(texts.map((text) => ({...step, text})));
    await page.shows('hello');
    await waitUntil(() => page.articles.at(-1)?.querySelector('.actions button'));
  },
  'edited, answered, with reactions': async ({page, workspace, other, room, me, write}) => {
    const {_id} = await write('First');
    await workspace.edit(other.username, room._id, _id, 'Second');
    await workspace.react(other.username, room._id, _id, ':tada:');
    await workspace.react(me.username, room._id, _id, ':heart:');
    await workspace.post(other.username, room._id, 'An answer', {tmid: _id});
    await waitUntil(() => page.root.querySelectorAll('.reaction').length === 2);
    await waitUntil(() => page.root.querySelector('.thread-button'));
  },
  'a thread beside it': async ({page}) => {
    await waitUntil(() => page.root.querySelector('.thread-button'));
    page.find('.thread-button').click();
    await waitUntil(() => page.answers.length === 2);
  },
  'a remark of Rocket.Chat': async ({page, workspace, other, room}) => {
    page.key('Escape', page.find('rc-thread textarea'));
    await waitUntil(() => !page.root.querySelector('rc-thread'));
    await workspace.post(other.username, room._id, '', {t: 'room-set-read-only'});
    await waitUntil(() => page.root.querySelector('.system'));
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
  'the question whether to delete': async ({page}) => {
    page.message('Mine').querySelector<HTMLElement>('.actions > button:last-child')!.click();
    await waitUntil(() => page.root.querySelector('.ask'));
  },
  'a message on its way, and the list left': async ({page, workspace}) => {
    page.key('Escape', page.find('.ask > button'));
    await workspace.deafen();
    page.send('On my way');
    await page.shows('On my way');
    await workspace.deafen(false);
    await waitUntil(() => !page.root.querySelector('.sending'), 'sent', {timeout: 8000});
  },
  'a message that is edited': async ({page}) => {
    page.key('ArrowUp');
    await waitUntil(() => page.field.value === 'On my way');
  },
  'the way to the newest message': async ({page}) => {
    page.key('Escape');
    page.find('.scroll').scrollTop = 0;
    await waitUntil(() => page.root.querySelector('.newest'));
  },
  'nobody may write': async ({page, workspace, room}) => {
    await workspace.archive(room._id);
    await waitUntil(() => page.root.querySelector('.composer-blocked'));
  },
};

const LOOKS = {
  'in light': {scheme: 'light', width: '46rem', language: 'en'},
  'in dark': {scheme: 'dark', width: '46rem', language: 'en'},
  'in Arabic, 320 px wide': {scheme: 'light', width: '320px', language: 'ar'},
} as const;

describe('axe finds nothing in the native view', function () {
  this.timeout(60_000);

  for (const [look, {scheme, width, language}] of Object.entries(LOOKS))
    it(`in any of its states, ${look}`, async () => {
      const placed = await setupNative({attributes: {language}});
      const {pane, page} = placed;
      pane.style.cssText = `color-scheme: ${scheme}; inline-size: ${width}; block-size: 40rem`;
      const violations: Record<string, string[]> = {};
      for (const [state, enter] of Object.entries(STATES)) {
        await enter(placed);
        for (const each of pane.shadowRoot!.getAnimations()) each.finish();
        const found = await violationsIn(pane);
        if (found.length) violations[state] = found;
      }
      expect(violations).to.deep.equal({});
      expect(page.find('.conversation').lang).to.equal(language);
    });

  it('while it loads', async () => {
    const conversation = await setupConversation();
    const pane = makeLivePane(conversation, {view: 'native'});
    pane.auth = () => new Promise(() => undefined);
    place(pane);
    await waitUntil(() => pane.shadowRoot?.querySelector('rc-conversation section'));
    expect(await violationsIn(pane)).to.deep.equal([]);
  });

  it('where the room is encrypted', async () => {
    const {page, pane, workspace, other, room} = await setupNative();
    await workspace.encrypt(room._id);
    await workspace.post(other.username, room._id, 'Secret');
    await waitUntil(() => page.root.querySelector('.composer-blocked'));
    expect(await violationsIn(pane)).to.deep.equal([]);
  });
});
