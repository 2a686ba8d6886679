import {expect} from '@open-wc/testing';

import {findEmoji} from '../../src/elements/native/emoji/emoji.js';
import type {SuggestionSources} from '../../src/elements/native/composer-suggestions.js';
import type {Person} from '../../src/session/room-people.js';
import {press} from '../support/around-place.js';
import {ARABIC, placeComposer} from '../support/composer-place.js';
import {deferred} from '../support/deferred.js';
import {waitUntil} from '../support/wait.js';

const PEOPLE: readonly Person[] = [
  {username: 'alice', name: 'Alice Zoë', status: 'online'},
  {username: 'albert', name: 'Berta Müller', status: 'away'},
  {username: 'bob', name: ''},
];

const setup = async (sources: SuggestionSources = {}) => {
  const asked: string[] = [];
  const composer = await placeComposer();
  composer.composer.sources = {
    candidates: (query) => {
      asked.push(query);
      return Promise.resolve(PEOPLE.filter(({username}) => username.startsWith(query)));
    },
    emoji: () => Promise.resolve({findEmoji}),
    ...sources,
  };
  const options = () => composer.texts('[role=option]');
  const {textarea} = composer;
  return {
    ...composer,
    asked,
    options,
    /** Writes, and waits for the list. */
    offer: async (text: string) => {
      await composer.write(text);
      await waitUntil(() => options().length > 0);
    },
    press: async (key: string, init?: KeyboardEventInit) => {
      const {defaultPrevented} = press(textarea, key, init);
      await composer.composer.updateComplete;
      return defaultPrevented;
    },
    active: () =>
      composer.composer
        .querySelector<HTMLElement>(`#${textarea.getAttribute('aria-activedescendant')}`)
        ?.innerText.split('\n')[0],
  };
};

describe('the list that completes a name', () => {
  it('offers people by name, username and status, then everyone', async () => {
    const {options, offer} = await setup();
    await offer('Ask @a');
    expect(options().map((each) => each.replace(/\s+/g, ' '))).to.deep.equal([
      'Alice Zoë @alice · online',
      'Berta Müller @albert · away',
      '@all Notify everyone in this room',
    ]);
  });

  it('puts the username in, with a space behind it', async () => {
    const {textarea, offer, press, options} = await setup();
    await offer('Ask @al');
    await press('ArrowDown');
    expect(await press('Enter')).to.be.true;
    expect([textarea.value, textarea.selectionStart]).to.deep.equal(['Ask @albert ', 12]);
    expect(options()).to.deep.equal([]);
  });

  it('puts an emoji in by its name, and nothing where it could not be loaded', async () => {
    const {composer, textarea, write, offer, press, options} = await setup();
    await offer('Nice :smi');
    expect(options()[0]).to.match(/^😄\s*:smile:$/);
    await press('Tab');
    expect(textarea.value).to.equal('Nice 😄 ');
    composer.sources = {emoji: () => Promise.reject(new Error('part-failed'))};
    await write(':smi');
    expect(options()).to.deep.equal([]);
  });

  it('puts a room in by its name, and shows what it is called', async () => {
    const {textarea, offer, press, options} = await setup({
      rooms: () => Promise.resolve([{name: 'q8s7', title: 'Summer'}, {name: 'sun'}]),
    });
    await offer('#s');
    expect(options().map((each) => each.replace(/\s+/g, ' '))).to.deep.equal([
      '#q8s7 Summer',
      '#sun',
    ]);
    await press('Enter');
    expect(textarea.value).to.equal('#q8s7 ');
  });

  it('keeps a room that was found by what it is called while more of that is written', async () => {
    const answers = [Promise.resolve([{name: 'q8s7', title: 'Über'}]), deferred<never>().promise];
    const {offer, press, write, options} = await setup({rooms: () => answers.shift()!});
    await offer('#ub');
    await write('e');
    expect(options()).to.have.lengthOf(1);
    await press('Escape');
  });

  it('is gone through by the arrow keys, round and round', async () => {
    const {offer, press, active} = await setup();
    await offer('@a');
    const seen = [active()];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
      expect(await press(key), key).to.be.true;
      seen.push(active());
    }
    expect(seen).to.deep.equal(['Alice Zoë', 'Berta Müller', '@all', 'Alice Zoë', '@all']);
  });

  it('leaves Enter to the message after a bare mark, until somebody is chosen', async () => {
    const {sent, textarea, offer, press, active} = await setup();
    await offer('Meet @');
    expect(active()).to.equal(undefined);
    await press('Enter');
    expect(sent).to.deep.equal([{text: 'Meet @'}]);
    await offer('@');
    await press('ArrowUp');
    await press('Enter');
    expect(textarea.value).to.equal('@here ');
  });

  it('leaves other keys to the field, and keys to an input method', async () => {
    const {offer, press, options, sent} = await setup();
    await offer('@a');
    for (const key of ['ArrowLeft', 'Home', 'a', 'PageDown']) expect(await press(key)).to.be.false;
    expect(await press('ArrowDown', {shiftKey: true})).to.be.false;
    expect(await press('Enter', {isComposing: true})).to.be.false;
    expect(options().length).to.equal(3);
    expect(sent).to.deep.equal([]);
  });

  it('is closed by Escape, stays so for this name, and opens for the next', async () => {
    let asked = 0;
    const {textarea, offer, press, write, options} = await setup({
      emoji: () => {
        asked++;
        return Promise.resolve({findEmoji});
      },
    });
    await offer(':smi');
    expect(await press('Escape')).to.be.true;
    expect(options()).to.deep.equal([]);
    await write('l');
    textarea.dispatchEvent(new KeyboardEvent('keyup', {key: 'l'}));
    expect([asked, options()]).to.deep.equal([1, []]);
    expect(await press('Escape'), 'for a dialog').to.be.false;
    await offer(' :cat');
    expect(asked).to.equal(2);
  });

  it('is chosen from by the mouse, and the field keeps the focus', async () => {
    const {root, textarea, offer, all} = await setup();
    await offer('@a');
    const row = all('[role=option]')[1]!;
    const down = new MouseEvent('mousedown', {bubbles: true, cancelable: true});
    row.dispatchEvent(down);
    expect(down.defaultPrevented).to.be.true;
    row.click();
    expect(textarea.value).to.equal('@albert ');
    expect(root.activeElement === textarea).to.be.true;
  });

  it('has nobody in it who no longer fits, before the answer comes', async () => {
    const answer = deferred<Person[]>();
    const {textarea, sent, offer, press, write, options} = await setup({
      candidates: (query) => (query === 'al' ? Promise.resolve([...PEOPLE]) : answer.promise),
    });
    await offer('@al');
    await write('b');
    expect(options().map((each) => each.split('\n')[0])).to.deep.equal(['Berta Müller']);
    await write('x');
    expect(options()).to.deep.equal([]);
    await press('Enter');
    expect([textarea.value, sent]).to.deep.equal(['', [{text: '@albx'}]]);
    answer.resolve([...PEOPLE]);
  });

  it('closes when the caret leaves the name, and when the focus goes', async () => {
    const {composer, textarea, offer, options} = await setup();
    await offer('@a');
    textarea.setSelectionRange(0, 0);
    textarea.click();
    await composer.updateComplete;
    expect(options()).to.deep.equal([]);
    textarea.setSelectionRange(2, 2);
    textarea.click();
    await waitUntil(() => options().length > 0);
    textarea.blur();
    await composer.updateComplete;
    expect(options()).to.deep.equal([]);
  });

  it('offers everyone where people cannot be looked up', async () => {
    const {offer, options} = await setup({
      candidates: () => {
        throw new Error('offline');
      },
    });
    await offer('@');
    expect(options().map((each) => each.split(/\s/)[0])).to.deep.equal(['@all', '@here']);
  });

  it('stands above the field, and covers nothing of it', async () => {
    const {textarea, offer, all} = await setup();
    await offer('@');
    const [list] = all('[role=listbox]');
    expect(list!.getBoundingClientRect().bottom).to.be.at.most(
      textarea.getBoundingClientRect().top,
    );
    expect(list!.getBoundingClientRect().height).to.be.greaterThan(100);
  });

  it('scrolls to the active row, and nothing but itself', async () => {
    const many = Array.from({length: 8}, (_, i) => ({username: `u${i}`, name: `User ${i}`}));
    const {offer, press, all} = await setup({candidates: () => Promise.resolve(many)});
    await offer('@u');
    const [list] = all('[role=listbox]');
    const top = document.scrollingElement!.scrollTop;
    list!.style.maxBlockSize = '100px';
    for (let i = 0; i < 8; i++) {
      const box = all('[aria-selected=true]')[0]!.getBoundingClientRect();
      const seen = list!.getBoundingClientRect();
      expect(box.top, `${i}`).to.be.at.least(seen.top - 1);
      expect(box.bottom, `${i}`).to.be.at.most(seen.bottom + 1);
      await press('ArrowDown');
    }
    expect(document.scrollingElement!.scrollTop).to.equal(top);
  });

  it('is told politely, in the words of its language', async () => {
    const {composer, offer, press, all} = await setup();
    const said = all('.composer-said')[0]!;
    expect([said.role ?? said.getAttribute('role'), said.textContent]).to.deep.equal([
      'status',
      '',
    ]);
    await offer('@a');
    expect(said.textContent).to.equal('3 suggestions. Choose one with the arrow keys and Enter.');
    await press('Escape');
    expect(said.textContent).to.equal('');
    composer.language = ARABIC;
    await offer(' @b');
    expect(said.textContent).to.match(/^اقتراح واحد/);
  });

  it('is tied to the field for those who do not see it', async () => {
    const {textarea, offer, press, all} = await setup();
    expect(textarea.getAttribute('aria-autocomplete')).to.equal('list');
    expect(textarea.hasAttribute('aria-controls')).to.be.false;
    await offer('@a');
    const [list] = all('[role=listbox]');
    expect(textarea.getAttribute('aria-controls')).to.equal(list!.id);
    expect(all('[aria-selected=true]')[0]!.id).to.equal(
      textarea.getAttribute('aria-activedescendant'),
    );
    await press('Escape');
    expect(textarea.hasAttribute('aria-activedescendant')).to.be.false;
  });

  it('shows HTML and names that turn the line as text of their own', async () => {
    const name = '<img src=x onerror=alert(1)>\u202e';
    const {offer, all} = await setup({
      candidates: () => Promise.resolve([{username: 'x', name}]),
    });
    await offer('@x');
    const [title] = all('[role=option] bdi');
    expect(title!.textContent).to.equal(name);
    expect(all('img')).to.deep.equal([]);
  });
});
