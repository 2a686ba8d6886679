import {expect} from '@open-wc/testing';

import {placeComposer} from '../support/composer-place.js';
import {press, type} from '../support/keys.js';
import {waitUntil} from '../support/wait.js';

describe('real keys in the composer', () => {
  it('write, break the line with Shift, and send', async () => {
    const {composer, textarea, sent} = await placeComposer();
    composer.focus();
    await type('Hello');
    await press('Shift+Enter');
    await type('all');
    expect(textarea.value).to.equal('Hello\nall');
    await press('Enter');
    expect(sent).to.deep.equal([{text: 'Hello\nall'}]);
    expect(textarea.value).to.equal('');
  });

  it('choose a name, which can be undone', async () => {
    const {composer, textarea, all} = await placeComposer();
    composer.sources = {
      candidates: () => Promise.resolve([{username: 'alice', name: 'Alice'}]),
    };
    composer.focus();
    await type('Ask @al');
    await waitUntil(() => all('[role=option]').length > 0);
    await press('Tab');
    expect(textarea.value).to.equal('Ask @alice ');
    // As Control+Z does; which key it is, is the browser's own.
    document.execCommand('undo');
    expect(textarea.value).to.match(/^Ask @al$|^$/);
  });

  it('go from the button for files to the field to the one that sends', async () => {
    const {composer, root, textarea} = await placeComposer();
    composer.focus();
    await type('x');
    await press('Tab');
    expect(root.activeElement?.ariaLabel).to.equal('Send');
    await press('Shift+Tab');
    expect(root.activeElement === textarea).to.be.true;
    await press('Shift+Tab');
    expect(root.activeElement?.ariaLabel).to.equal('Attach files');
  });

  it('end editing by Escape, and edit the last message by the arrow up', async () => {
    let asked = 0;
    const {composer, textarea} = await placeComposer({onEditLast: () => asked++});
    composer.focus();
    await press('ArrowUp');
    expect(asked).to.equal(1);
    composer.edit('m', 'Old');
    await press('ArrowUp');
    expect(asked).to.equal(1);
    await press('Escape');
    expect(textarea.value).to.equal('');
  });
});
