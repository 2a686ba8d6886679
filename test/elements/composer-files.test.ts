import {expect} from '@open-wc/testing';

import {MemoryDrafts} from '../../src/session/drafts.js';
import {UploadRefused} from '../../src/session/file-rules.js';
import {press} from '../support/around-place.js';
import {ARABIC, dataOf, drag, fileOf, paste, placeComposer} from '../support/composer-place.js';
import {waitUntil} from '../support/wait.js';

const setup = async (...names: readonly string[]) => {
  const composer = await placeComposer();
  composer.composer.addFiles(names.map((name) => fileOf(name)));
  await composer.composer.updateComplete;
  return {
    ...composer,
    names: () => composer.texts('.composer-chip bdi'),
    details: () => composer.texts('.composer-chip .composer-detail'),
    send: () => press(composer.textarea, 'Enter'),
    bar: () => composer.all<HTMLProgressElement>('progress')[0],
    said: () => composer.texts('.composer-said')[0],
  };
};

describe('files in the composer', () => {
  it('wait for the message, and are shown with name and size', async () => {
    const {composer, names, details, uploads, button} = await setup();
    composer.addFiles([
      fileOf('photo.png', 'image/png', 2_345_678),
      fileOf('a.txt', '', 1),
      fileOf('b.txt', '', 999_700),
    ]);
    await composer.updateComplete;
    expect(names()).to.deep.equal(['photo.png', 'a.txt', 'b.txt']);
    expect(details()).to.deep.equal(['2.3 MB', '1 byte', '1 MB']);
    expect(uploads).to.deep.equal([]);
    expect(button('Send')!.disabled).to.be.false;
  });

  it('go one after the other, the first with what was written', async () => {
    const {composer, uploads, sent, names, send, write} = await setup('a.txt', 'b.txt');
    await write('Look');
    send();
    expect(uploads.map(({file}) => file.name)).to.deep.equal(['a.txt']);
    uploads[0]!.done();
    await waitUntil(() => uploads.length === 2);
    uploads[1]!.done();
    await waitUntil(() => names().length === 0);
    expect(uploads.map(({description}) => description)).to.deep.equal(['Look', undefined]);
    expect(sent).to.deep.equal([]);
    expect(composer.querySelector('.composer-chips')).to.equal(null);
  });

  it('go after the message where that is a reply', async () => {
    const {composer, uploads, sent, send, write} = await setup('a.txt');
    const quote = {id: 'm', author: 'Alice', text: 'Hi'};
    composer.quote(quote);
    await write('Look');
    send();
    expect(sent).to.deep.equal([{text: 'Look', quote}]);
    expect(uploads[0]!.description).to.equal(undefined);
  });

  it('tell how far they are, and that they are there', async () => {
    const {composer, uploads, send, bar, said} = await setup('a.txt');
    send();
    await composer.updateComplete;
    expect(bar()!.ariaLabel).to.equal('Sending a.txt');
    expect(bar()!.hasAttribute('value'), 'not known yet').to.be.false;
    for (const [share, shown] of [
      [0.25, 0.25],
      [7, 1],
      [NaN, undefined],
      [0.5, 0.5],
    ] as const) {
      uploads[0]!.onProgress(share);
      await composer.updateComplete;
      expect(bar()!.hasAttribute('value') ? bar()!.value : undefined).to.equal(shown);
    }
    uploads[0]!.done();
    await waitUntil(() => said() === 'a.txt is sent.');
    expect(bar()).to.equal(undefined);
  });

  it('can be cancelled on their way, which holds back no other', async () => {
    const {composer, uploads, names, said, send, button} = await setup('a.txt', 'b.txt');
    send();
    await composer.updateComplete;
    button('Cancel sending a.txt')!.click();
    expect(uploads[0]!.signal.aborted).to.be.true;
    await waitUntil(() => uploads.length === 2);
    expect([names(), said()]).to.deep.equal([['b.txt'], '']);
    uploads[0]!.onProgress(0.5);
    uploads[0]!.fail(new Error('late'));
    await composer.updateComplete;
    expect(names()).to.deep.equal(['b.txt']);
  });

  it('leave the focus in the composer when they go', async () => {
    const {composer, root, textarea, uploads, names, send, button} = await setup('a.txt', 'b.txt');
    button('Remove a.txt')!.focus();
    button('Remove a.txt')!.click();
    await composer.updateComplete;
    expect(root.activeElement === textarea).to.be.true;
    send();
    await composer.updateComplete;
    button('Cancel sending b.txt')!.focus();
    uploads[0]!.done();
    await waitUntil(() => names().length === 0);
    expect(root.activeElement === textarea).to.be.true;
  });

  it('can be removed before', async () => {
    const {composer, names, uploads, send, button} = await setup('a.txt', 'b.txt');
    button('Remove a.txt')!.click();
    await composer.updateComplete;
    expect(names()).to.deep.equal(['b.txt']);
    send();
    expect(uploads.map(({file}) => file.name)).to.deep.equal(['b.txt']);
  });

  it('say in words that they were not sent, and can be tried again', async () => {
    const {composer, uploads, details, said, send, write, button} = await setup('a.txt');
    await write('Look');
    send();
    uploads[0]!.fail(new Error('cut in the middle'));
    await waitUntil(() => details()[0] === 'It could not be sent.');
    expect(said()).to.equal('a.txt: It could not be sent.');
    button('Try again to send a.txt')!.click();
    await waitUntil(() => uploads.length === 2);
    expect(uploads[1]!.description).to.equal('Look');
    uploads[1]!.done();
    await waitUntil(() => details().length === 0);
    expect(composer.draftKey).to.equal('room');
  });

  it('give back what was written to them when they are given up', async () => {
    const {composer, textarea, uploads, details, send, write, button} = await setup('a.txt');
    await write('Look');
    send();
    await write('Next');
    uploads[0]!.fail(new Error('no'));
    await waitUntil(() => details()[0]?.startsWith('It could'));
    button('Remove a.txt')!.click();
    await composer.updateComplete;
    expect(textarea.value).to.equal('Look\nNext');
  });

  it('that the server refuses say why, and cannot be tried again', async () => {
    for (const [problem, words] of [
      ['too-large', 'Too large for this workspace.'],
      ['type', 'Files of this type are not allowed here.'],
      ['disabled', 'Files cannot be sent here.'],
      ['unsure', 'It may have been sent. Look before you send it again.'],
    ] as const) {
      const {uploads, details, send, button} = await setup('a.txt');
      send();
      uploads[0]!.fail(new UploadRefused(problem));
      await waitUntil(() => details()[0] === words);
      expect(button('Try again to send a.txt')).to.equal(undefined);
    }
  });

  it('that the workspace would refuse are never sent', async () => {
    const {composer, names, details, uploads, send} = await setup();
    composer.limits = {files: {size: 2e6, refused: 'image/svg+xml'}};
    composer.addFiles([
      fileOf('big.bin', '', 2e6 + 1),
      fileOf('x.svg', 'image/svg+xml'),
      fileOf('ok.txt'),
    ]);
    await composer.updateComplete;
    expect(details()).to.deep.equal([
      'Too large. Files may have up to 2 MB.',
      'Files of this type are not allowed here.',
      '10 bytes',
    ]);
    send();
    uploads[0]!.done();
    await waitUntil(() => names().length === 2);
    expect(uploads.map(({file}) => file.name)).to.deep.equal(['ok.txt']);
  });

  it('are no more than 20 at once, which is said', async () => {
    const many = Array.from({length: 10_000}, (_, i) => `${i}.txt`);
    const {names, texts} = await setup(...many);
    expect(names()).to.have.lengthOf(20);
    expect(texts('.composer-notice p')).to.deep.equal(['Only 20 files can be attached at once.']);
  });

  it('stay with the room they were attached in', async () => {
    const {composer, names, uploads, send, write} = await setup('a.txt');
    send();
    composer.draftKey = 'other';
    await composer.updateComplete;
    expect(names()).to.deep.equal([]);
    await write('x');
    composer.draftKey = 'room';
    await composer.updateComplete;
    expect(names()).to.deep.equal(['a.txt']);
    composer.draftKey = 'other';
    uploads[0]!.done();
    composer.draftKey = 'room';
    await waitUntil(() => names().length === 0);
  });

  it('outlive the element, with what was written to one that could not be sent', async () => {
    const drafts = new MemoryDrafts();
    const first = await placeComposer({drafts});
    first.composer.addFiles([fileOf('a.txt')]);
    await first.write('Look');
    press(first.textarea, 'Enter');
    first.composer.addFiles([fileOf('b.txt')]);
    first.composer.remove();
    first.uploads[0]!.fail(new Error('offline'));
    const {texts, all, button, composer, textarea} = await placeComposer({drafts});
    const names = () => texts('.composer-chip bdi');
    expect(names()).to.deep.equal(['a.txt', 'b.txt']);
    await waitUntil(() => all('[data-state=failed]').length === 1);
    button('Remove a.txt')!.click();
    await composer.updateComplete;
    expect([names(), textarea.value]).to.deep.equal([['b.txt'], 'Look']);
  });

  it('are not sent any more when their user has signed out', async () => {
    const drafts = new MemoryDrafts();
    const {composer, uploads, texts, textarea} = await placeComposer({drafts});
    composer.addFiles([fileOf('a.txt'), fileOf('b.txt')]);
    press(textarea, 'Enter');
    drafts.clear('ro');
    expect(uploads[0]!.signal.aborted).to.equal(true);
    await composer.updateComplete;
    expect(texts('.composer-chip bdi')).to.deep.equal([]);
    expect(uploads).to.have.lengthOf(1);
  });

  it('have names that turn nothing round, and sizes of the language', async () => {
    const {composer, all, details} = await setup('<b>\u202egnp.exe');
    composer.language = ARABIC;
    await composer.updateComplete;
    expect(all('.composer-chip bdi')[0]!.textContent).to.equal('<b>\u202egnp.exe');
    const size = new Intl.NumberFormat('ar', {style: 'unit', unit: 'byte', unitDisplay: 'long'});
    expect(details()).to.deep.equal([size.format(10)]);
  });

  it('come by a button of their own', async () => {
    const {composer, all, button, names} = await setup();
    const [picker] = all<HTMLInputElement>('input[type=file]');
    let opened = 0;
    picker!.addEventListener('click', (event) => {
      event.preventDefault();
      opened++;
    });
    button('Attach files')!.click();
    expect(opened).to.equal(1);
    picker!.files = dataOf(fileOf('a.txt')).files;
    picker!.dispatchEvent(new Event('change'));
    await composer.updateComplete;
    expect(names()).to.deep.equal(['a.txt']);
    expect(picker!.files).to.have.lengthOf(0);
    composer.upload = undefined;
    await composer.updateComplete;
    expect(button('Attach files')).to.equal(undefined);
  });

  it('come by a paste, unless they are a picture of the text that comes with them', async () => {
    const {composer, textarea, names} = await setup();
    expect(paste(textarea, dataOf(fileOf('shot.png', 'image/png'))).defaultPrevented).to.be.true;
    expect(paste(textarea, dataOf('cells', fileOf('cells.png'))).defaultPrevented).to.be.false;
    await composer.updateComplete;
    expect(names()).to.deep.equal(['shot.png']);
  });
});

describe('files over the conversation', () => {
  const setupDrop = async () => {
    const place = await setup();
    const life = new AbortController();
    place.composer.acceptDrops(place.area, life.signal);
    const [zone] = place.all('.composer-zone');
    return {...place, life, isOver: () => zone!.checkVisibility(), zone: zone!};
  };

  it('are shown where they go, and are attached when they are dropped', async () => {
    const {composer, area, zone, names, isOver} = await setupDrop();
    const data = dataOf(fileOf('a.txt'), fileOf('b.txt'));
    expect(isOver()).to.be.false;
    expect(drag(area, 'dragenter', data).defaultPrevented).to.be.true;
    expect(isOver()).to.be.true;
    expect(zone.textContent).to.equal('Drop files here to attach them');
    const [over, whole] = [zone.getBoundingClientRect(), area.getBoundingClientRect()];
    expect(over.height).to.be.within(whole.height - 20, whole.height);
    expect(drag(zone, 'dragover', data).defaultPrevented).to.be.true;
    expect(drag(zone, 'drop', data).defaultPrevented).to.be.true;
    await composer.updateComplete;
    expect([names(), isOver()]).to.deep.equal([['a.txt', 'b.txt'], false]);
  });

  it('leave no trace when they are taken elsewhere', async () => {
    const {area, zone, isOver} = await setupDrop();
    drag(area, 'dragenter', dataOf(fileOf('a.txt')));
    drag(zone, 'dragleave', dataOf(fileOf('a.txt')));
    expect(isOver()).to.be.false;
  });

  it('are not taken for the text that somebody drags', async () => {
    const {area, isOver} = await setupDrop();
    expect(drag(area, 'dragover', dataOf('text')).defaultPrevented).to.be.false;
    expect(drag(area, 'drop', dataOf('text')).defaultPrevented).to.be.false;
    expect(isOver()).to.be.false;
  });

  it('never replace the page, be they taken or not', async () => {
    const {composer, area, names, isOver} = await setupDrop();
    composer.blocked = 'archived';
    const data = dataOf(fileOf('a.html', 'text/html'));
    expect(drag(area, 'dragover', data).defaultPrevented).to.be.true;
    expect(isOver()).to.be.false;
    expect(drag(area, 'drop', data).defaultPrevented).to.be.true;
    expect(names()).to.deep.equal([]);
  });

  it('are heard of until the signal aborts', async () => {
    const {area, life, isOver} = await setupDrop();
    drag(area, 'dragenter', dataOf(fileOf('a.txt')));
    life.abort();
    expect(isOver()).to.be.false;
    expect(drag(area, 'dragenter', dataOf(fileOf('a.txt'))).defaultPrevented).to.be.false;
  });
});
