import {expect} from '@open-wc/testing';

import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import {foreignRequests} from '../support/foreign.js';
import {setupNative, type NativePage} from '../support/native.js';
import {uncaught} from '../support/uncaught.js';
import {waitUntil} from '../support/wait.js';

/** Would tell of itself if any of it became an element. */
const HTML =
  '<img src="https://evil.localhost/x.png" onerror="hacked=1"><script>hacked=1</script><iframe srcdoc="x">';

/** Whatever a person may have sent by a client of his own. */
const fields = (more: object): MessageFields => more as MessageFields;

/** Elements and attributes that the view never draws. */
const foreignElements = (page: NativePage): string[] =>
  [...page.find('rc-conversation').querySelectorAll('*')].flatMap((each) => [
    ...(each.matches('script, iframe, object, embed, form, base, meta, link, style, video, audio')
      ? [each.localName]
      : []),
    ...[...each.attributes].map(({name}) => name).filter((name) => /^on|^srcdoc$/.test(name)),
    ...(each.matches('img[src*=evil], :not(img)[src]') ? [each.outerHTML] : []),
  ]);

const links = (page: NativePage): string[] =>
  [...page.root.querySelectorAll<HTMLAnchorElement>('article a')].map(({href}) => href);

const nested = (depth: number, inner: object): object => {
  let node = inner;
  for (let i = 0; i < depth; i++) node = {type: i % 2 ? 'BOLD' : 'QUOTE', value: [node]};
  return node;
};

/** A pane in which all messages of a test are in the DOM. */
const TALL = {attributes: {style: 'block-size: 5000px'}};

const plain = (value: string): object => ({type: 'PLAIN_TEXT', value});
const line = (...value: readonly object[]): object => ({type: 'PARAGRAPH', value});

describe('what others have written, in the native view', () => {
  it('is text wherever it stands, and never HTML', async () => {
    const thrown = uncaught();
    const requests = foreignRequests();
    const {page, workspace, other, room} = await setupNative(TALL);
    const say = (text: string, more: object = {}) =>
      workspace.post(other.username, room._id, text, fields(more));
    await say(`${HTML} 1`);
    await say('2', {md: [line(plain(`${HTML} 2`))]});
    await say('Alias 3', {alias: HTML, u: {_id: other.userId, username: 'x', name: HTML}});
    await say('Names 4', {u: {_id: 'another', username: HTML, name: HTML}});
    await say('Reactions 5', {
      reactions: {[`:${HTML}:`]: {usernames: [HTML]}, [HTML]: {usernames: [HTML]}},
    });
    await say('Attached 6', {
      attachments: [
        {title: HTML, text: HTML, author_name: HTML, fields: [{title: HTML, value: HTML}]},
        {title: HTML, type: 'file', title_link: '/file-upload/a/b.html', description: HTML},
        {text: HTML, message_link: 'https://chat.example.com/channel/a?msg=b', author_name: HTML},
        {image_url: 'https://evil.localhost/x.png', title: HTML},
        {image_url: 'javascript:hacked=1', title: 'A script'},
        {title: HTML, type: 'removed-file'},
      ],
    });
    await say('', {t: 'room_changed_topic', msg: HTML, u: {_id: 'y', username: HTML, name: HTML}});
    await say('', {t: 'uj', u: {_id: 'y', username: HTML, name: HTML}});
    await say('The last');
    await page.shows('The last');
    await waitUntil(() => page.root.querySelector('.attached'));
    expect(page.texts[0]).to.equal(`${HTML} 1`);
    expect(page.texts[1]).to.equal(`${HTML} 2`);
    expect(page.message('Alias 3').querySelector('.author')!.textContent).to.equal(
      HTML.slice(0, 256).trim(),
    );
    expect(page.message('Attached 6').textContent.split('<script>').length).to.be.greaterThan(8);
    expect(foreignElements(page)).to.deep.equal([]);
    // The address in a text is a link, and no more.
    expect(new Set(links(page))).to.deep.equal(new Set(['https://evil.localhost/x.png']));
    expect(globalThis).to.not.have.property('hacked');
    expect(requests.now()).to.deep.equal([]);
    expect(thrown).to.deep.equal([]);
  });

  it('leads nowhere but to http, https and mail', async () => {
    const {page, workspace, other, room} = await setupNative(TALL);
    const link = (src: string): object =>
      line({type: 'LINK', value: {src: plain(src), label: [plain(`to ${src}`)]}});
    const bad = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:msgbox',
      'blob:https://evil.example/x',
      'https://user:secret@evil.example/',
    ];
    const good = ['https://example.com/', 'mailto:a@example.com'];
    const md = [...bad, ...good].map(link);
    await workspace.post(other.username, room._id, 'Links', fields({md}));
    await workspace.post(
      other.username,
      room._id,
      bad.filter((each) => !each.startsWith('blob')).join(' '),
      fields({md: 'none'}),
    );
    await page.shows('vbscript:msgbox');
    await page.shows('to https://example.com/');
    expect(links(page)).to.deep.equal(good);
    for (const each of page.root.querySelectorAll('article a'))
      expect(each.getAttribute('rel')).to.equal('noopener noreferrer');
  });

  it('is shown as far as it goes where its tree is none, of kinds that are unknown, or too deep', async () => {
    const thrown = uncaught();
    const {page, workspace, other, room} = await setupNative(TALL);
    const trees: readonly unknown[] = [
      'text',
      7,
      null,
      {},
      {length: 3},
      [null, 1, 'A string', [[['In arrays']]]],
      [{type: 'MARQUEE', value: [plain('Unknown')]}],
      [
        {type: '__proto__', value: 'Inherited'},
        {type: 'constructor', value: 'Made'},
      ],
      [{type: 'PARAGRAPH', value: {value: {value: 'Objects'}}}],
      [nested(1000, plain('Deep'))],
      [{type: 'LIST_ITEM'}, {type: 'TASKS', value: 5}, {type: 'CODE', value: [[[{}]]]}],
    ];
    for (const [i, md] of trees.entries())
      await workspace.post(other.username, room._id, `Tree ${i}.`, fields({md}));
    await workspace.post(other.username, room._id, 'The last');
    await page.shows('The last');
    expect(page.articles).to.have.lengthOf(trees.length + 1);
    for (const each of ['Tree 0.', 'Tree 1.', 'Tree 4.', 'A string', 'In arrays', 'Unknown'])
      await page.shows(each);
    await page.shows('Inherited');
    await page.shows('longer than what is shown'); // the end of what is too deep
    expect(foreignElements(page)).to.deep.equal([]);
    expect(thrown).to.deep.equal([]);
  });

  it('turns nothing that stands around it', async () => {
    const {page, workspace, other, room} = await setupNative(TALL);
    const OVER = '\u202e\u2067\u202e\u2066\u202e';
    const say = (text: string, more: object = {}) =>
      workspace.post(other.username, room._id, text, fields(more));
    await say(`${OVER}1 first`, {
      alias: `${OVER}evil`,
      reactions: {[`:${OVER}ab:`]: {usernames: [`${OVER}who`]}},
      attachments: [{title: `${OVER}title`, text: `${OVER}text`, author_name: `${OVER}x`}],
    });
    await say('2 second', {alias: 'good'});
    const turned = await page.shows('1 first');
    const straight = await page.shows('2 second');
    await waitUntil(() => turned.querySelector('.attached'));
    const all = [turned, ...turned.querySelectorAll('*')].flatMap((each) => [
      ...[...each.attributes].map(({value}) => value),
      ...[...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.nodeValue!),
    ]);
    expect(all.filter((each) => /[\u202a-\u202e]/.test(each))).to.deep.equal([]);
    const places = (message: HTMLElement): readonly boolean[] => {
      const rect = (selector: string) => message.querySelector(selector)!.getBoundingClientRect();
      return [
        rect('.author').left < rect('.head time').left,
        rect('.head').left < rect('time').left,
      ];
    };
    expect(places(turned)).to.deep.equal(places(straight));
  });

  it('has the name of the account where that of the person cannot be seen', async () => {
    const {page, workspace, other, room} = await setupNative(TALL);
    for (const [i, name] of ['\u200b\u200d\u2060', ' \u2800 ', '\ufeff', '\u{e0041}', ''].entries())
      await workspace.post(
        other.username,
        room._id,
        `Who ${i}?`,
        fields({alias: name, u: {_id: `id${i}`, username: other.username, name}}),
      );
    await page.shows('Who 4?');
    for (const each of page.articles)
      expect(each.querySelector('.author')!.textContent).to.equal(other.username);
  });

  it('and a room with a name and a topic of that kind, says both as text', async () => {
    const {page, pane, workspace, me, other} = await setupNative(TALL);
    const members = [other.username, me.username];
    const name = `${HTML}${me.username}`;
    const topic = `\u202e${HTML}`;
    const room = await workspace.createRoom({type: 'p', name, topic, members});
    await pane.open(`group/${room._id}`);
    await waitUntil(() => page.find('.bar h2').textContent.includes('<script>'));
    expect(page.find('.bar').textContent).to.contain('<img');
    expect(page.find('.bar').innerHTML).to.not.match(/[\u202a-\u202e]/);
    expect(foreignElements(page)).to.deep.equal([]);
  });
});
