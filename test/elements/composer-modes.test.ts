import {expect} from '@open-wc/testing';

import {TYPING_PACE} from '../../src/session/typing-notice.js';
import {MemoryDrafts} from '../../src/session/drafts.js';
import {press} from '../support/around-place.js';
import {placeComposer} from '../support/composer-place.js';
import {deferred} from '../support/deferred.js';
import {turn} from '../support/turn.js';
import {waitUntil} from '../support/wait.js';

describe('editing in the composer', () => {
  it('shows the message, says so, and sends it as the same one', async () => {
    const {composer, root, textarea, sent, texts, write, button} = await placeComposer();
    composer.edit('m-1', 'Old text');
    await composer.updateComplete;
    expect(root.activeElement === textarea).to.be.true;
    expect([textarea.value, textarea.selectionStart]).to.deep.equal(['Old text', 8]);
    expect(texts('.composer-bar')).to.deep.equal(['Editing message']);
    await write('!');
    button('Save')!.click();
    expect(sent).to.deep.equal([{text: 'Old text!', editing: 'm-1'}]);
    await composer.updateComplete;
    expect(texts('.composer-bar')).to.deep.equal([]);
  });

  it('is ended by Escape and by a button, and the draft is there again', async () => {
    const {composer, textarea, write, button} = await placeComposer();
    await write('My draft');
    composer.edit('m-1', 'Old text');
    await write(' and more');
    expect(press(textarea, 'Escape').defaultPrevented).to.be.true;
    expect(textarea.value).to.equal('My draft');
    composer.edit('m-1', 'Old text');
    await composer.updateComplete;
    button('Cancel editing')!.click();
    expect(textarea.value).to.equal('My draft');
  });

  it('sends nothing that is as before, and nothing empty', async () => {
    const {composer, textarea, sent, texts, write} = await placeComposer();
    composer.edit('m-1', 'Old text ');
    press(textarea, 'Enter');
    expect([sent, textarea.value]).to.deep.equal([[], '']);
    composer.edit('m-1', 'Old text');
    textarea.select();
    await write(' ');
    press(textarea, 'Enter');
    await composer.updateComplete;
    expect(sent).to.deep.equal([]);
    expect(texts('.composer-notice p')).to.deep.equal(['An edited message cannot be empty.']);
  });

  it('goes on where it failed, and where another room was shown meanwhile', async () => {
    const refused = deferred<void>();
    const {composer, textarea, texts, write} = await placeComposer({
      onSend: () => refused.promise,
    });
    await write('Draft');
    composer.edit('m-1', 'Old');
    await write('er');
    composer.draftKey = 'other';
    expect(textarea.value).to.equal('');
    composer.draftKey = 'room';
    expect(textarea.value).to.equal('Older');
    press(textarea, 'Enter');
    expect(textarea.value).to.equal('Draft');
    refused.reject(new Error('no'));
    await waitUntil(() => textarea.value === 'Older');
    await composer.updateComplete;
    expect(texts('.composer-bar')).to.deep.equal(['Editing message']);
    press(textarea, 'Escape');
    expect(textarea.value).to.equal('Draft');
  });

  it('outlives the element, and is one in all composers of a room', async () => {
    const drafts = new MemoryDrafts();
    const first = await placeComposer({drafts});
    await first.write('Draft');
    first.composer.edit('m-1', 'Old');
    await first.write('er');
    first.composer.remove();
    const second = await placeComposer({drafts});
    const third = await placeComposer({drafts});
    expect([second.textarea.value, third.textarea.value]).to.deep.equal(['Older', 'Older']);
    press(second.textarea, 'Enter');
    expect(second.sent).to.deep.equal([{text: 'Older', editing: 'm-1'}]);
    await third.composer.updateComplete;
    expect([second.textarea.value, third.textarea.value]).to.deep.equal(['Draft', 'Draft']);
    press(third.textarea, 'Enter');
    expect(third.sent).to.deep.equal([{text: 'Draft'}]);
  });

  it('of somebody who has signed out does not come back where it failed', async () => {
    const refused = deferred<void>();
    const drafts = new MemoryDrafts();
    const {composer, textarea} = await placeComposer({drafts, onSend: () => refused.promise});
    composer.edit('m-1', 'Old');
    textarea.value = 'Older';
    press(textarea, 'Enter');
    drafts.clear();
    refused.reject(new Error('no'));
    await turn();
    await composer.updateComplete;
    expect([textarea.value, drafts.get('room')]).to.deep.equal(['', undefined]);
  });

  it('is gone from the field at once when its user signs out, and so is a draft; what is written next is kept', async () => {
    const drafts = new MemoryDrafts();
    const {composer, textarea, write} = await placeComposer({drafts});
    await write('A draft of the user');
    drafts.clear('ro');
    expect(textarea.value).to.equal('');
    await write('Of the next one');
    expect(drafts.get('room')).to.equal('Of the next one');
    composer.edit('m-1', 'Old');
    drafts.clear();
    expect(textarea.value).to.equal('');
  });

  it('is asked for by the arrow up in an empty field alone', async () => {
    let asked = 0;
    const {composer, textarea, write} = await placeComposer({onEditLast: () => asked++});
    expect(press(textarea, 'ArrowUp').defaultPrevented).to.be.true;
    press(textarea, 'ArrowUp', {shiftKey: true});
    press(textarea, 'ArrowUp', {isComposing: true});
    press(textarea, 'ArrowDown');
    expect(asked).to.equal(1);
    await write('x');
    expect(press(textarea, 'ArrowUp').defaultPrevented).to.be.false;
    textarea.value = '';
    composer.edit('m-1', '');
    press(textarea, 'ArrowUp');
    expect(asked).to.equal(1);
  });
});

describe('a reply in the composer', () => {
  const QUOTE = {id: 'm-1', author: 'Alice $& Co', text: '<b>Hello</b>'};

  it('shows who is answered to, and goes with the message', async () => {
    const {composer, root, textarea, sent, texts, write} = await placeComposer();
    composer.quote(QUOTE);
    await composer.updateComplete;
    expect(root.activeElement === textarea).to.be.true;
    expect(texts('.composer-bar')[0]!.split('\n')).to.deep.equal([
      'Reply to Alice $& Co',
      '<b>Hello</b>',
    ]);
    await write('Yes');
    press(textarea, 'Enter');
    await write('No');
    press(textarea, 'Enter');
    expect(sent).to.deep.equal([{text: 'Yes', quote: QUOTE}, {text: 'No'}]);
  });

  it('is given up by its button and by Escape; the next Escape is for a dialog', async () => {
    const {composer, textarea, texts, button} = await placeComposer();
    composer.quote(QUOTE);
    await composer.updateComplete;
    button('Remove the reply to Alice $& Co')!.click();
    await composer.updateComplete;
    expect(texts('.composer-bar')).to.deep.equal([]);
    let heard = 0;
    composer.addEventListener('keydown', () => heard++);
    composer.quote(QUOTE);
    expect(press(textarea, 'Escape').defaultPrevented).to.be.true;
    await composer.updateComplete;
    expect([texts('.composer-bar'), heard]).to.deep.equal([[], 0]);
    expect(press(textarea, 'Escape').defaultPrevented).to.be.false;
    expect(heard).to.equal(1);
  });

  it('waits while a message is edited, and comes back with a message that failed', async () => {
    const {composer, textarea, texts, write} = await placeComposer({
      onSend: () => Promise.reject(new Error('no')),
    });
    composer.quote(QUOTE);
    composer.edit('m-2', 'Old');
    await composer.updateComplete;
    expect(texts('.composer-bar')).to.deep.equal(['Editing message']);
    press(textarea, 'Escape');
    await write('Yes');
    press(textarea, 'Enter');
    await waitUntil(() => textarea.value === 'Yes');
    await composer.updateComplete;
    expect(texts('.composer-quoted')).to.have.lengthOf(1);
  });
});

describe('a draft', () => {
  it('belongs to its room, and outlives the element', async () => {
    const drafts = new MemoryDrafts();
    const first = await placeComposer({drafts});
    await first.write('For the one');
    first.composer.draftKey = 'other';
    expect(first.textarea.value).to.equal('');
    await first.write('For the other');
    first.composer.remove();
    const second = await placeComposer({drafts});
    expect(second.textarea.value).to.equal('For the one');
    second.composer.draftKey = 'other';
    expect(second.textarea.value).to.equal('For the other');
    press(second.textarea, 'Enter');
    expect([drafts.get('room'), drafts.get('other')]).to.deep.equal(['For the one', undefined]);
  });

  it('takes what was not sent, whatever is selected', async () => {
    const {composer, textarea, write} = await placeComposer();
    await write('My draft');
    textarea.select();
    composer.putBack('Not sent');
    expect(textarea.value).to.equal('Not sent\nMy draft');
  });

  it('has what a page puts in behind what is selected', async () => {
    const {composer, textarea, write} = await placeComposer();
    await write('My draft');
    textarea.select();
    composer.insert(', and more');
    expect(textarea.value).to.equal('My draft, and more');
  });

  for (const way of ['putBack', 'insert'] as const)
    it(`has what comes by ${way}() while a message is edited, and not the message`, async () => {
      const {composer, textarea, sent, write} = await placeComposer();
      await write('My draft');
      composer.edit('m-1', 'Old');
      composer[way]('Not sent');
      expect(textarea.value).to.equal('Old');
      press(textarea, 'Escape');
      expect(textarea.value).to.equal('Not sent\nMy draft');
      press(textarea, 'Enter');
      expect(sent).to.deep.equal([{text: 'Not sent\nMy draft'}]);
    });

  it('is not lost when the key is set again', async () => {
    const told: boolean[] = [];
    const {composer, textarea, write} = await placeComposer({
      onTyping: (active) => told.push(active),
    });
    await write('Hello');
    textarea.setSelectionRange(1, 1);
    composer.draftKey = 'room';
    expect([textarea.value, textarea.selectionStart]).to.deep.equal(['Hello', 1]);
    expect(told).to.deep.equal([true]);
  });
});

describe('what others are told of somebody who writes', () => {
  const OWN = {...TYPING_PACE};
  const setup = async () => {
    const told: boolean[] = [];
    return {told, ...(await placeComposer({onTyping: (active) => told.push(active)}))};
  };
  afterEach(() => void Object.assign(TYPING_PACE, OWN));

  it('ends when the message is sent', async () => {
    const {told, textarea, write} = await setup();
    await write('Hello');
    await write(' all');
    expect(told).to.deep.equal([true]);
    press(textarea, 'Enter');
    expect(told).to.deep.equal([true, false]);
  });

  it('ends when nothing is left, when the element goes, and after a silence', async () => {
    const {told, composer, area, textarea, write} = await setup();
    await write('x');
    textarea.select();
    await write('');
    expect(told).to.deep.equal([true, false]);
    await write('x');
    composer.remove();
    expect(told).to.deep.equal([true, false, true, false]);
    area.append(composer);
    TYPING_PACE.silence = 1;
    await write('x');
    await waitUntil(() => told.length === 6);
    expect(told.at(-1)).to.be.false;
  });

  it('goes on when the focus goes with a text in the field', async () => {
    const {told, textarea, write} = await setup();
    await write('x');
    textarea.blur();
    expect(told).to.deep.equal([true]);
  });

  it('ends in the room where it began', async () => {
    const {told, composer, write} = await setup();
    await write('x');
    const elsewhere: boolean[] = [];
    composer.onTyping = (active) => elsewhere.push(active);
    composer.draftKey = 'other';
    expect([told, elsewhere]).to.deep.equal([[true, false], []]);
  });
});
