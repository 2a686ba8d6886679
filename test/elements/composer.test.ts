import {expect} from '@open-wc/testing';

import type {RcComposerElement} from '../../src/elements/native/composer.js';
import {press} from '../support/around-place.js';
import {violationsIn} from '../support/axe.js';
import {ARABIC, dataOf, fileOf, paste, placeComposer} from '../support/composer-place.js';
import {deferred} from '../support/deferred.js';
import {place} from '../support/mount.js';

describe('the composer', () => {
  it('sends what was written by Enter and by its button, without the space around it', async () => {
    const {textarea, sent, write, button} = await placeComposer();
    await write('  Hello\nall \n');
    expect(press(textarea, 'Enter').defaultPrevented).to.be.true;
    expect(textarea.value).to.equal('');
    await write('Again');
    button('Send')!.click();
    expect(sent).to.deep.equal([{text: 'Hello\nall'}, {text: 'Again'}]);
  });

  it('sends nothing where nothing is written, and says so by its button', async () => {
    const {textarea, sent, write, button} = await placeComposer();
    expect(button('Send')!.disabled).to.be.true;
    await write(' \n');
    press(textarea, 'Enter');
    expect(sent).to.deep.equal([]);
    await write('x');
    expect(button('Send')!.disabled).to.be.false;
  });

  it('breaks the line by Shift and Enter, and by Enter where there is no keyboard', async () => {
    const {composer, textarea, sent, write} = await placeComposer();
    await write('Hello');
    for (const modifier of ['shiftKey', 'altKey', 'ctrlKey', 'metaKey'])
      expect(press(textarea, 'Enter', {[modifier]: true}).defaultPrevented, modifier).to.be.false;
    composer.enterSends = false;
    expect(press(textarea, 'Enter').defaultPrevented).to.be.false;
    expect(sent).to.deep.equal([]);
  });

  it('sends nothing by the Enter of an input method, which WebKit tells by a code', async () => {
    const {textarea, sent, write} = await placeComposer();
    await write('にほん');
    press(textarea, 'Enter', {isComposing: true});
    press(textarea, 'Enter', {keyCode: 229} as KeyboardEventInit);
    expect(sent).to.deep.equal([]);
  });

  it('keeps the focus in the field when its button is pressed', async () => {
    const {root, textarea, write, button} = await placeComposer();
    await write('Hello');
    button('Send')!.focus();
    button('Send')!.click();
    expect(root.activeElement === textarea).to.be.true;
  });

  it('gives the text back with a notice when it could not be sent', async () => {
    const refused = deferred<void>();
    const {composer, textarea, texts, write} = await placeComposer({
      onSend: () => refused.promise,
    });
    await write('Hello');
    press(textarea, 'Enter');
    await write('Next');
    refused.reject(new Error('no'));
    await refused.promise.catch(() => undefined);
    await composer.updateComplete;
    expect(textarea.value).to.equal('Hello\nNext');
    expect(texts('.composer-notice p')).to.deep.equal([
      'The message could not be sent. Your text is here again.',
    ]);
    await write('!');
    expect(texts('.composer-notice p')).to.deep.equal(['']);
  });

  it('gives it back to the room it was written in', async () => {
    const refused = deferred<void>();
    const {composer, textarea, write} = await placeComposer({onSend: () => refused.promise});
    await write('For the one');
    press(textarea, 'Enter');
    composer.draftKey = 'other';
    await write('For the other');
    refused.reject(new Error('no'));
    await refused.promise.catch(() => undefined);
    await composer.updateComplete;
    expect(textarea.value).to.equal('For the other');
    composer.draftKey = 'room';
    expect(textarea.value).to.equal('For the one');
  });

  it('grows with its lines to a limit', async () => {
    const {textarea, write} = await placeComposer();
    const heights = [textarea.offsetHeight];
    for (let i = 0; i < 3; i++) {
      await write('line\n'.repeat(2 + 40 * i));
      heights.push(textarea.offsetHeight);
    }
    const [one, few, many, more] = heights as [number, number, number, number];
    expect(one).to.be.within(44, 48);
    expect(few).to.be.greaterThan(one + 40);
    expect(many).to.be.greaterThan(few);
    expect([more, many < 200]).to.deep.equal([many, true]);
    expect(textarea.scrollHeight).to.be.greaterThan(many);
    textarea.value = '';
    await write('');
    expect(textarea.offsetHeight).to.equal(one);
  });

  it('puts text in where the caret is', async () => {
    const {composer, textarea, write} = await placeComposer();
    await write('ac');
    textarea.setSelectionRange(1, 1);
    composer.insert('b');
    expect([textarea.value, textarea.selectionEnd]).to.deep.equal(['abc', 2]);
    composer.onSend = undefined;
  });

  it('takes text before it is in the page', async () => {
    const {composer, textarea} = await placeComposer();
    composer.remove();
    composer.insert('Hello');
    expect(textarea.value).to.equal('Hello');
  });

  it('never writes into another field that has the focus', async () => {
    const {composer, textarea} = await placeComposer({blocked: 'read-only'});
    const other = place(document.createElement('input'));
    other.focus();
    composer.insert('Hello');
    expect([textarea.value, other.value]).to.deep.equal(['Hello', '']);
  });

  it('takes the colours of a page without losing its own text', async () => {
    const {composer, host, textarea, all} = await placeComposer();
    host.style.cssText =
      'color-scheme: light; --rc-chat-pane-body-color: #fff; --rc-chat-pane-body-background: #123';
    composer.quote({id: 'm', author: 'Alice', text: 'Hi'});
    await composer.updateComplete;
    expect(getComputedStyle(all('.composer')[0]!).backgroundColor).to.equal('rgb(17, 34, 51)');
    expect(await violationsIn(host)).to.deep.equal([]);
    expect(getComputedStyle(textarea).color).to.equal('rgb(29, 39, 51)');
  });

  it('is named by its room, in the language it is given', async () => {
    const {composer, textarea, all} = await placeComposer({roomName: '#a$&b'});
    expect(textarea.ariaLabel).to.equal('Message to #a$&b');
    expect([textarea.placeholder, textarea.dir]).to.deep.equal(['Message to #a$&b', 'ltr']);
    composer.language = ARABIC;
    await composer.updateComplete;
    const [whole] = all('.composer');
    expect([whole!.lang, whole!.dir, textarea.dir]).to.deep.equal(['ar', 'rtl', 'rtl']);
    expect(textarea.ariaLabel).to.equal('رسالة إلى #a$&b');
    expect(all('button').map(({ariaLabel}) => ariaLabel)).to.deep.equal(['إرفاق ملفات', 'إرسال']);
  });

  it('goes by the direction of what is written', async () => {
    const {textarea, write} = await placeComposer({language: ARABIC});
    await write('Hello');
    expect(textarea.dir).to.equal('auto');
    expect(getComputedStyle(textarea).direction).to.equal('ltr');
  });

  it('has targets of 44 pixels and more, for fingers', async () => {
    const {all, composer} = await placeComposer();
    composer.addFiles([fileOf('a.txt')]);
    composer.quote({id: '1', author: 'Alice', text: 'Hi'});
    await composer.updateComplete;
    const small = all('button, textarea')
      .map((each) => each.getBoundingClientRect())
      .filter(({width, height}) => width < 44 || height < 44);
    expect(small).to.deep.equal([]);
  });

  it('hears of nothing once it is removed, and all again when it is back', async () => {
    const {composer, area, textarea, sent, write} = await placeComposer();
    await write('Hello');
    composer.remove();
    press(textarea, 'Enter');
    expect(sent).to.deep.equal([]);
    area.append(composer);
    expect(textarea.value).to.equal('Hello');
    press(textarea, 'Enter');
    expect(sent).to.deep.equal([{text: 'Hello'}]);
  });
});

describe('a composer where nobody can write', () => {
  const SENTENCES = {
    'read-only': 'This room is read-only.',
    archived: 'This room is archived. Nobody can write here any more.',
    'not-member': 'You are not a member of this room.',
    muted: 'You may not write in this room.',
    encrypted: 'This room is encrypted. You can write in it only in Rocket.Chat itself.',
  } as const;

  it('says why, takes nothing, and keeps the draft', async () => {
    const {composer, textarea, texts, write, all} = await placeComposer();
    await write('My draft');
    for (const [blocked, sentence] of Object.entries(SENTENCES)) {
      composer.blocked = blocked as RcComposerElement['blocked'];
      await composer.updateComplete;
      expect(texts('.composer-blocked')).to.deep.equal([sentence]);
      expect(textarea.checkVisibility()).to.be.false;
      composer.addFiles([fileOf('a.txt')]);
      expect(all('.composer-chip')).to.deep.equal([]);
    }
    composer.blocked = undefined;
    await composer.updateComplete;
    expect([textarea.checkVisibility(), textarea.value]).to.deep.equal([true, 'My draft']);
  });

  it('tells whoever was writing: the focus goes to the sentence, and from nowhere else', async () => {
    const {composer, root, textarea} = await placeComposer();
    textarea.focus();
    composer.blocked = 'archived';
    await composer.updateComplete;
    expect(root.activeElement?.className).to.equal('composer-blocked');
    composer.blocked = undefined;
    await composer.updateComplete;
    // The sentence has gone, and the field is there again.
    expect(root.activeElement === textarea).to.be.true;
    textarea.blur();
    composer.blocked = 'archived';
    await composer.updateComplete;
    expect(root.activeElement === null).to.be.true;
  });
});

describe('a text that is too long', () => {
  it('is counted near the limit, and not before', async () => {
    const {texts, write} = await placeComposer({limits: {text: 300}});
    await write('x'.repeat(99));
    expect(texts('.composer-left')).to.deep.equal([]);
    await write('x'.repeat(200));
    expect(texts('.composer-left')).to.deep.equal(['1 character left']);
    await write('xxx');
    expect(texts('.composer-left')).to.deep.equal(['2 characters too many']);
  });

  it('is not sent, in words, and stays', async () => {
    const {composer, textarea, sent, texts, write} = await placeComposer({limits: {text: 5}});
    await write('123456');
    press(textarea, 'Enter');
    await composer.updateComplete;
    expect(sent).to.deep.equal([]);
    expect(textarea.value).to.equal('123456');
    expect(texts('.composer-notice p')).to.deep.equal(['The message is too long to be sent.']);
    expect(textarea.getAttribute('aria-invalid')).to.equal('true');
    const described = textarea.getAttribute('aria-describedby')!;
    expect(composer.querySelector(`#${described}`)?.textContent?.trim()).to.equal(
      '1 character too many',
    );
  });

  it("has Rocket.Chat's limit by default", async () => {
    const {textarea, sent, write} = await placeComposer();
    await write('x'.repeat(5_000));
    press(textarea, 'Enter');
    await write('x'.repeat(5_001));
    press(textarea, 'Enter');
    expect(sent.map(({text}) => text.length)).to.deep.equal([5_000]);
  });

  it("is the server's matter where the workspace sets no limit", async () => {
    const {textarea, sent, texts, write} = await placeComposer({limits: {text: 0}});
    await write('x'.repeat(20_000));
    expect(texts('.composer-left')).to.deep.equal([]);
    press(textarea, 'Enter');
    expect(sent).to.have.lengthOf(1);
  });

  it('can be attached as a file', async () => {
    const {composer, textarea, texts, uploads, write, button} = await placeComposer({
      limits: {text: 5},
    });
    await write('1234567');
    press(textarea, 'Enter');
    await composer.updateComplete;
    button('Attach it as a file')!.click();
    await composer.updateComplete;
    expect([textarea.value, texts('.composer-chip bdi')]).to.deep.equal(['', ['message.txt']]);
    press(textarea, 'Enter');
    expect(await uploads[0]!.file.text()).to.equal('1234567');
  });

  it('of 10 MB is refused in words when it is put in, and offered as a file; the draft stays', async () => {
    const {composer, textarea, texts, uploads, write, button} = await placeComposer();
    await write('My draft');
    const text = 'word\n'.repeat(2_000_000);
    expect(paste(textarea, dataOf(text)).defaultPrevented).to.be.true;
    await composer.updateComplete;
    expect(textarea.value).to.equal('My draft');
    expect(texts('.composer-notice p')).to.deep.equal([
      'What you put in is too long for a message (10,000,000 characters).',
    ]);
    await write('!');
    button('Attach it as a file')!.click();
    expect(textarea.value).to.equal('My draft!');
    press(textarea, 'Enter');
    expect([uploads[0]!.file.size, uploads[0]!.description]).to.deep.equal([
      10_000_000,
      'My draft!',
    ]);
  });

  it('of 10 MB is refused by a drop, too, and goes when it is dismissed', async () => {
    const {composer, textarea, texts, button} = await placeComposer();
    const data = 'x'.repeat(10_000_000);
    const event = new InputEvent('beforeinput', {
      data,
      inputType: 'insertFromDrop',
      cancelable: true,
    });
    textarea.dispatchEvent(event);
    expect(event.defaultPrevented).to.be.true;
    await composer.updateComplete;
    button('Dismiss')!.click();
    await composer.updateComplete;
    expect(texts('.composer-notice p')).to.deep.equal(['']);
  });

  it('is put in where it can be shortened by hand', async () => {
    const {textarea} = await placeComposer();
    expect(paste(textarea, dataOf('x'.repeat(6_000))).defaultPrevented).to.be.false;
  });
});
