import {expect} from '@open-wc/testing';

import type {RcComposerElement} from '../../src/elements/native/composer.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {ARRIVAL_PACE} from '../../src/session/file-arrivals.js';
import {dataOf, drag, paste} from '../support/composer-place.js';
import {setupNative} from '../support/native.js';
import {fileOf, NativeFiles, pictureOf, setupBrokerNative} from '../support/native-files.js';
import {uncaught} from '../support/uncaught.js';
import {waitUntil} from '../support/wait.js';
import {startProxied, startWorkspace} from 'test-simulators';

type Settings = NonNullable<Parameters<typeof startWorkspace>[0]>;
type Options = NonNullable<Parameters<typeof startProxied>[1]>;

/** The native view in a workspace that pages of other origins may send files to. */
const setup = async (settings: Settings = {}, options?: Options) => {
  const cors = {API_Enable_CORS: true, ...settings};
  const {direct: server} = options
    ? await startProxied(cors, options)
    : {direct: await startWorkspace(cors)};
  const scene = await setupNative({}, 'c', server);
  return {...scene, files: new NativeFiles(scene.page)};
};

/** Has the view ask what the workspace allows, as it does for whoever comes near. */
const learn = async ({
  page,
  settled,
}: {
  page: Awaited<ReturnType<typeof setup>>['page'];
  settled: () => boolean;
}): Promise<void> => {
  page.field.focus();
  await waitUntil(settled, 'what is allowed is known');
};

const whole = globalThis.fetch;
const {abort} = XMLHttpRequest.prototype;
const {patience} = ARRIVAL_PACE;

/** The network is cut when a file is confirmed. @returns how often that was asked for */
const cutConfirmations = (taken: boolean): (() => number) => {
  let count = 0;
  globalThis.fetch = async (input, init) => {
    if (!String(input).includes('mediaConfirm')) return whole(input, init);
    count++;
    if (taken) await whole(input, init);
    throw new TypeError('The connection was cut.');
  };
  return () => count;
};

/** Takes down each upload that is broken off. */
const uploadsEnd = (): readonly unknown[] => {
  const ends: unknown[] = [];
  XMLHttpRequest.prototype.abort = function () {
    ends.push(this);
    abort.call(this);
  };
  return ends;
};

describe('files that are sent in the native view', () => {
  afterEach(() => {
    globalThis.fetch = whole;
    XMLHttpRequest.prototype.abort = abort;
    ARRIVAL_PACE.patience = patience;
  });

  it('appear as messages, with what was written', async () => {
    const {page, files, workspace, room} = await setup();
    await files.send([fileOf('report.txt'), await pictureOf('arm.png')], 'Look at these');
    const first = await page.shows('report.txt');
    await page.shows('arm.png');
    await files.gone();
    await waitUntil(() => first.textContent.includes('Look at these'));
    const sent = (await workspace.messages(room._id)).filter(({file}) => file);
    expect(sent.map(({file}) => file!.name)).to.deep.equal(['report.txt', 'arm.png']);
  });

  for (const uploadRoutes of ['upload', 'media'] as const)
    it(`go to servers that have rooms.${uploadRoutes} alone`, async () => {
      const {page, files} = await setup({}, {uploadRoutes});
      await files.send([fileOf('report.txt')], 'An older way');
      await page.shows('report.txt');
      await page.shows('An older way');
      await files.gone();
    });

  it('go through the broker where there is one', async () => {
    const {page, files} = await setupBrokerNative();
    await files.send([fileOf('report.txt')], 'By the broker');
    await page.shows('report.txt');
    await files.gone();
  });

  it('tell how far they are, and can be cancelled in the middle', async () => {
    const {page, files, workspace, room} = await setup();
    await workspace.failUploads({bytesPerSecond: 1_000_000});
    const thrown = uncaught();
    await files.send([fileOf('large.bin', 'application/zip', 40_000_000), fileOf('small.txt')]);
    await waitUntil(() => page.root.querySelector('progress[value]'), 'it goes');
    files.press('Cancel sending large.bin');
    await workspace.failUploads();
    await page.shows('small.txt');
    await files.gone();
    const names = (await workspace.messages(room._id)).map(({file}) => file?.name);
    expect(names).to.not.include('large.bin');
    expect(thrown).to.deep.equal([]);
  });

  it('that are cut in the middle say so, and go when they are tried again', async () => {
    const {page, files, workspace} = await setup();
    await workspace.failUploads({cutAfter: 100_000});
    const thrown = uncaught();
    await files.send([fileOf('scan.bin', 'application/zip', 1_000_000)], 'The scan');
    await files.says('It could not be sent.');
    await workspace.failUploads();
    files.press('Try again to send scan.bin');
    await page.shows('scan.bin');
    await page.shows('The scan');
    await files.gone();
    expect(thrown).to.deep.equal([]);
  });

  it('appear once where the answer is lost that the server has taken them', async () => {
    const {page, files, workspace, room} = await setup({}, {uploadRoutes: 'media'});
    const confirmed = cutConfirmations(true);
    await files.send([fileOf('report.txt')], 'Once');
    await page.shows('report.txt');
    await files.gone();
    expect(confirmed()).to.equal(1);
    const sent = (await workspace.messages(room._id)).filter(({file}) => file);
    expect(sent).to.have.lengthOf(1);
  });

  it('say that they may have been sent where nobody knows, and offer no second try', async () => {
    const {files} = await setup({}, {uploadRoutes: 'media'});
    cutConfirmations(false);
    ARRIVAL_PACE.patience = 1;
    await files.send([fileOf('report.txt')]);
    await files.says('It may have been sent.');
    expect(() => files.press('Try again to send report.txt')).to.throw();
    files.press('Remove report.txt');
    await files.gone();
  });

  it('that were attached in a thread are there when it is opened again', async () => {
    const {page, write} = await setup();
    await write('A question');
    const open = async () => {
      const message = await page.shows('A question');
      await waitUntil(() => message.querySelector('.actions'));
      page.press(message, 'Reply');
      await waitUntil(() => page.root.querySelector('rc-thread textarea'), 'the thread is open');
      return page.find<RcComposerElement>('rc-thread rc-composer');
    };
    (await open()).addFiles([fileOf('report.txt')]);
    page.key('Escape', page.find('rc-thread textarea'));
    await waitUntil(() => !page.root.querySelector('rc-thread'));
    await open();
    await waitUntil(() => page.find('rc-thread').textContent.includes('report.txt'));
  });

  for (const [how, end] of Object.entries<(pane: RcChatPaneElement) => unknown>({
    'their user signs out': (pane) => pane.logout(),
    'the pane goes': (pane) => pane.remove(),
    'the pane gets another view': (pane) => (pane.view = 'embed'),
  }))
    it(`end when ${how}`, async () => {
      const {page, pane, files, workspace} = await setup();
      await workspace.failUploads({bytesPerSecond: 1_000_000});
      const ends = uploadsEnd();
      await files.send([fileOf('large.bin', 'application/zip', 40_000_000)]);
      await waitUntil(() => page.root.querySelector('progress[value]'), 'it goes');
      await end(pane);
      await waitUntil(() => ends.length === 1, 'it ends');
    });

  it('of a size or type that the workspace refuses are refused before a byte goes', async () => {
    const {page, files, workspace} = await setup({
      FileUpload_MaxFileSize: 1000,
      FileUpload_MediaTypeBlackList: 'image/svg+xml',
    });
    await learn({page, settled: () => files.composer.limits.files?.size === 1000});
    await files.send([
      fileOf('big.bin', 'application/zip', 1001),
      fileOf('x.svg', 'image/svg+xml'),
    ]);
    expect(files.details).to.deep.equal([
      'Too large. Files may have up to 1 kB.',
      'Files of this type are not allowed here.',
    ]);
    expect((await workspace.requests()).filter(({line}) => line.includes('rooms.'))).to.deep.equal(
      [],
    );
  });

  it('that the server alone refuses say why', async () => {
    const {files, workspace} = await setup();
    // After the view has asked, if it has.
    await workspace.setting('FileUpload_MaxFileSize', 1000);
    await files.send([
      fileOf('big.bin', 'application/zip', 1001),
      fileOf('x.svg', 'image/svg+xml'),
    ]);
    await files.says('Too large');
    await files.says('Files of this type are not allowed here.');
  });

  it('that a proxy before the server refuses, of which a page of elsewhere learns nothing, say that they did not go', async () => {
    const {files} = await setup({}, {proxyBodyLimit: 1000});
    await files.send([fileOf('big.bin', 'application/zip', 2000)]);
    await files.says('It could not be sent.');
  });

  it('cannot be attached where the workspace takes none', async () => {
    const {page, files} = await setup({FileUpload_Enabled: false});
    await learn({page, settled: () => !files.composer.upload});
    await files.composer.updateComplete;
    expect(files.composer.querySelector('[aria-label="Attach files"]')).to.equal(null);
    const data = dataOf(fileOf('a.txt'));
    expect(drag(page.find('.talk'), 'drop', data).defaultPrevented).to.equal(true);
    expect(page.root.querySelector('.composer-chip')).to.equal(null);
  });

  it('fail in words where the workspace takes nothing from pages of other origins', async () => {
    const thrown = uncaught();
    const {page, files} = await setup({API_Enable_CORS: false});
    await files.send([fileOf('a.txt')], 'What I wrote');
    await files.says('It could not be sent.');
    files.press('Remove a.txt');
    await waitUntil(() => page.field.value === 'What I wrote', 'the text is back');
    expect(thrown).to.deep.equal([]);
  });

  it('can be dropped anywhere over the conversation, and pasted', async () => {
    const {page, files} = await setup();
    const dropped = dataOf(fileOf('dropped.txt'));
    for (const type of ['dragenter', 'dragover', 'drop']) drag(page.find('.talk'), type, dropped);
    paste(page.field, dataOf(await pictureOf('pasted.png')));
    await waitUntil(() => files.details.length === 2);
    page.send('Both');
    await page.shows('dropped.txt');
    await page.shows('pasted.png');
  });

  it('can be made of a text that is too long to be put in, which costs no draft', async () => {
    const {page, files, workspace, room} = await setup();
    page.write('My draft');
    const text = 'x'.repeat(10_000_000);
    expect(paste(page.field, dataOf(text)).defaultPrevented).to.equal(true);
    await waitUntil(() => page.root.textContent.includes('too long for a message'));
    expect(page.field.value).to.equal('My draft');
    files.press('Attach it as a file');
    await files.says('10 MB');
    page.key('Enter');
    await page.shows('message.txt');
    const sent = (await workspace.messages(room._id)).find(({file}) => file);
    expect(sent!.file!.size).to.equal(text.length);
    await page.shows('My draft');
  });
});
