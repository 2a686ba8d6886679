import {expect} from '@open-wc/testing';

import type {MessageFields} from '../../demo/simulators/rocket-chat/simulator.js';
import {setupNative, type NativePage} from '../support/native.js';
import {fileOf, NativeFiles, pictureOf, setupBrokerNative} from '../support/native-files.js';
import {foreignRequests} from '../support/foreign.js';
import {uncaught} from '../support/uncaught.js';
import {waitUntil} from '../support/wait.js';
import {simulators, startProxied} from 'test-simulators';

type Settings = NonNullable<Parameters<typeof startProxied>[0]>;

/** The native view in a page of the workspace's own site: both are at localhost. */
const setupSameSite = async (settings: Settings = {}) => {
  const cors = {API_Enable_CORS: true, ...settings};
  const {direct} = await startProxied(cors, {publicHost: 'localhost'});
  const scene = await setupNative({}, 'c', direct);
  return {...scene, files: new NativeFiles(scene.page)};
};

const attachments = (...list: readonly object[]): MessageFields => ({attachments: [...list]});

const pictureIn = (message: HTMLElement): HTMLImageElement | null =>
  message.querySelector('img.picture');

/** Resolves when a picture is drawn. */
const drawn = (message: HTMLElement): Promise<void> =>
  waitUntil(() => pictureIn(message)?.naturalWidth === 60, 'the picture is drawn');

const says = (page: NativePage, text: string): Promise<void> =>
  waitUntil(() => page.root.textContent.includes(text), `it says "${text}"`);

/** The addresses of all that the page has asked for. */
const asked = (): readonly string[] =>
  performance.getEntriesByType('resource').map(({name}) => name);

describe('files in the messages of the native view', () => {
  // The page of a test loads more files than a browser keeps in mind by itself.
  before(() => performance.setResourceTimingBufferSize(10_000));

  it('are pictures at once where page and workspace are of one site', async () => {
    const {page, files, server} = await setupSameSite({FileUpload_ProtectFiles: false});
    await files.send([await pictureOf('arm.png')]);
    await waitUntil(() => page.articles[0]?.querySelector('img.picture'));
    const message = page.articles[0]!;
    await drawn(message);
    expect(pictureIn(message)!.src).to.contain(`${server}/file-upload/`);
    expect(pictureIn(message)!.alt).to.equal('Picture arm.png');
  });

  it('are links to where they are, if nothing can be fetched', async () => {
    const {page, files, server} = await setupSameSite();
    await files.send([fileOf('report.txt')]);
    const message = await page.shows('report.txt');
    const link = message.querySelector<HTMLAnchorElement>('.file a')!;
    expect(link.href).to.contain(`${server}/file-upload/`);
    expect([link.target, link.rel, link.ariaLabel]).to.deep.equal([
      '_blank',
      'noopener noreferrer',
      'Download report.txt',
    ]);
  });

  it('are fetched by the broker, with the token in a header, and shown of the page itself', async () => {
    const {page, files, broker, lent} = await setupBrokerNative();
    await files.send([await pictureOf('arm.png')]);
    const message = await page.shows('arm.png');
    page.press(message, 'Show the picture arm.png');
    await drawn(message);
    expect(pictureIn(message)!.src).to.match(/^blob:/);
    expect(asked().some((url) => url.startsWith(`${broker}/v1/rc/file-upload/`))).to.equal(true);
    const html = page.root.innerHTML;
    for (const {authToken} of await lent()) {
      expect(asked().filter((url) => url.includes(authToken))).to.deep.equal([]);
      expect(html).to.not.contain(authToken);
    }
  });

  it('stay open when somebody reacts to them, and when they were out of sight', async () => {
    const {page, files, workspace, other, me, room} = await setupBrokerNative();
    await files.send([await pictureOf('arm.png')]);
    page.press(await page.shows('arm.png'), 'Show the picture arm.png');
    await waitUntil(() => page.root.querySelector('img.picture'), 'the picture is shown');
    const [{_id} = {_id: ''}] = await workspace.messages(room._id);
    await workspace.react(other.username, room._id, _id, ':heart:');
    await waitUntil(() => page.root.querySelector('.reaction'), 'the reaction is there');
    expect(page.root.querySelector('img.picture') !== null).to.equal(true);
    const step = {command: 'post', username: me.username, room: room._id} as const;
    const texts = Array.from({length: 60}, (_, i) => `After ${i + 1}.`);
    await workspace.batch(texts.map((text) => ({...step, text})));
    await page.shows('After 60.');
    await waitUntil(() => !page.root.querySelector('rc-file'), 'the picture is out of sight');
    page.find('.scroll').scrollTop = 0;
    await waitUntil(() => page.root.querySelector('rc-file'), 'it is back');
    await waitUntil(() => page.root.querySelector('rc-file > *'));
    expect(page.root.querySelector('img.picture') !== null).to.equal(true);
  });

  it('are saved under their names', async () => {
    const {page, files} = await setupBrokerNative();
    await files.send([fileOf('report.txt')]);
    const message = await page.shows('report.txt');
    const saved = new Promise<HTMLAnchorElement>((resolve) => {
      const {click} = HTMLAnchorElement.prototype;
      HTMLAnchorElement.prototype.click = function () {
        HTMLAnchorElement.prototype.click = click;
        resolve(this);
      };
    });
    page.press(message, 'Download report.txt');
    const {href, download} = await saved;
    expect(download).to.equal('report.txt');
    expect(href).to.match(/^blob:/);
    expect((await (await fetch(href)).blob()).size).to.equal(10);
  });

  it('that are gone, or are not for the user, say so', async () => {
    const thrown = uncaught();
    const {page, workspace, other, room} = await setupBrokerNative();
    const gone = {title: 'gone.txt', type: 'file', title_link: '/file-upload/none/gone.txt'};
    const picture = {title: 'gone.png', type: 'file', image_url: '/file-upload/none/gone.png'};
    await workspace.post(other.username, room._id, 'Gone', attachments(gone, picture));
    const message = await page.shows('gone.png');
    for (const name of ['Download gone.txt', 'Show the picture gone.png'])
      page.press(message, name);
    await waitUntil(() => message.querySelectorAll('[role=alert]').length === 2);
    expect(message.textContent).to.contain('The file could not be fetched.');
    // It may be there again.
    page.press(message, 'Download gone.txt');
    expect(thrown).to.deep.equal([]);
  });

  it('that are no pictures, though they are called so, say so when they are fetched', async () => {
    const {page, files} = await setupBrokerNative();
    await files.send([fileOf('broken.png', 'image/png', 100)]);
    const message = await page.shows('broken.png');
    page.press(message, 'Show the picture broken.png');
    await says(page, 'The file could not be fetched.');
    expect(pictureIn(message)).to.equal(null);
  });

  it('that are protected from a page without a cookie say so', async () => {
    const {page, files} = await setupSameSite();
    await files.send([await pictureOf('arm.png')]);
    await says(page, 'The file could not be fetched.');
    expect(page.root.querySelector('img.picture')).to.equal(null);
  });

  it('that were deleted say so', async () => {
    const {page, workspace, other, room} = await setupNative();
    const gone = {title: 'old.png', type: 'removed-file'};
    await workspace.post(other.username, room._id, 'Gone', attachments(gone));
    await page.shows('old.png');
    await says(page, 'is no longer there');
  });

  it('that are other addresses of the workspace are not asked for', async () => {
    const {page, workspace, other, room} = await setupSameSite();
    const paths = ['/api/v1/me', '/file-upload/..%2f..%2fapi/v1/me', '/file-upload/none/x.png'];
    const pictures = paths.map((path) => ({title: path, image_url: `${path}?asked`}));
    await workspace.post(other.username, room._id, 'Look', attachments(...pictures));
    await waitUntil(() => asked().some((url) => url.endsWith('x.png?asked')), 'the last is');
    expect(asked().filter((url) => /api.*\?asked/.test(url))).to.deep.equal([]);
    expect(page.articles.at(-1)!.querySelectorAll('rc-file')).to.have.lengthOf(1);
  });

  it('of elsewhere are loaded after a click alone, of which the server is named before', async () => {
    const {page, workspace, other, room} = await setupNative();
    const requests = foreignRequests();
    const url = `${simulators.evil}/x.png`;
    const picture = {title: 'Elsewhere', image_url: url};
    const file = {title: 'paper.pdf', type: 'file', title_link: `${simulators.evil}/paper.pdf`};
    await workspace.post(other.username, room._id, 'Two', attachments(picture, file));
    const message = await page.shows('paper.pdf');
    expect(message.textContent).to.contain(new URL(simulators.evil).host);
    const link = message.querySelector<HTMLAnchorElement>('.file a')!;
    expect([link.href, link.target, link.rel]).to.deep.equal([
      `${simulators.evil}/paper.pdf`,
      '_blank',
      'noopener noreferrer',
    ]);
    expect(requests.now()).to.deep.equal([]);
    page.press(message, 'Show the picture Elsewhere');
    await waitUntil(() => requests.now().includes(url), 'it is asked for');
    // It is none: that is said, and it can be tried again.
    await says(page, 'The file could not be fetched.');
  });

  it('that are no pictures are never drawn, whatever they say of themselves', async () => {
    const {page, workspace, other, room} = await setupSameSite();
    const svg = {
      title: 'x.svg',
      type: 'file',
      title_link: '/file-upload/a/x.svg',
      image_url: '/file-upload/a/x.svg',
      image_type: 'image/svg+xml',
    };
    await workspace.post(other.username, room._id, 'A drawing', attachments(svg));
    const message = await page.shows('x.svg');
    await page.shows('A drawing');
    expect(pictureIn(message)).to.equal(null);
    expect(asked().filter((url) => url.includes('x.svg'))).to.deep.equal([]);
  });

  it('that stand in a text, from elsewhere, are loaded after a click alone, too', async () => {
    const {page, workspace, other, room} = await setupNative();
    const requests = foreignRequests();
    const src = `${simulators.evil}/y.png`;
    const plain = (value: string) => ({type: 'PLAIN_TEXT', value});
    const image = {type: 'IMAGE', value: {src: plain(src), label: [plain('A picture')]}};
    const md = {md: [{type: 'PARAGRAPH', value: [image]}]} as MessageFields;
    await workspace.post(other.username, room._id, 'x', md);
    const message = await page.shows('A picture');
    expect(requests.now()).to.deep.equal([]);
    message.querySelector<HTMLElement>('.reveal')!.click();
    await waitUntil(() => requests.now().length > 0, 'it is asked for');
    expect(requests.now()).to.deep.equal([src]);
  });
});
