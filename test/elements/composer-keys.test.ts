import {expect, waitUntil} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';

import {placeComposer} from '../support/composer-place.js';

/** WebKit's driver presses no keys for a test. */
const PRESSES_KEYS = !navigator.userAgent.includes('AppleWebKit') || 'chrome' in window;

const press = (...keys: readonly string[]) =>
  keys.reduce<Promise<void>>(
    (before, key) => before.then(() => sendKeys({press: key}) as Promise<void>),
    Promise.resolve(),
  );

(PRESSES_KEYS ? describe : describe.skip)('real keys in the composer', () => {
  it('write, break the line with Shift, and send', async () => {
    const {composer, textarea, sent} = await placeComposer();
    composer.focus();
    await sendKeys({type: 'Hello'});
    await sendKeys({down: 'Shift'});
    await press('Enter');
    await sendKeys({up: 'Shift'});
    await sendKeys({type: 'all'});
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
    await sendKeys({type: 'Ask @al'});
    await waitUntil(() => all('[role=option]').length > 0);
    await press('Tab');
    expect(textarea.value).to.equal('Ask @alice ');
    await sendKeys({down: 'Control'});
    await press('z');
    await sendKeys({up: 'Control'});
    expect(textarea.value).to.match(/^Ask @al$|^$/);
  });

  it('go from the button for files to the field to the one that sends', async () => {
    const {composer, root, textarea} = await placeComposer();
    composer.focus();
    await sendKeys({type: 'x'});
    await press('Tab');
    expect(root.activeElement?.ariaLabel).to.equal('Send');
    await sendKeys({down: 'Shift'});
    await press('Tab');
    expect(root.activeElement === textarea).to.be.true;
    await press('Tab');
    await sendKeys({up: 'Shift'});
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
