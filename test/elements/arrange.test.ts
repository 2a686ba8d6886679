import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {arrange} from '../../src/elements/around/arrange.js';
import {place} from '../support/mount.js';

/** A list with items of these names, and what was done to its children since this was asked last. */
const setup = (...names: readonly string[]) => {
  const list = place(document.createElement('ul'));
  const items = new Map<string, HTMLLIElement>();
  const itemOf = (name: string): HTMLLIElement => {
    const item = items.get(name) ?? document.createElement('li');
    item.id = name;
    item.tabIndex = 0;
    items.set(name, item);
    return item;
  };
  const observer = new MutationObserver(() => undefined);
  const order = (...wanted: readonly string[]) => {
    observer.takeRecords();
    arrange(
      list,
      wanted.map(itemOf),
      wanted.map(itemOf).find((item) => item === document.activeElement),
    );
    const records = observer.takeRecords();
    const changed = records.flatMap(({addedNodes, removedNodes}) => [
      ...addedNodes,
      ...removedNodes,
    ]);
    return new Set(changed.map((node) => (node as Element).id));
  };
  arrange(list, names.map(itemOf), undefined);
  observer.observe(list, {childList: true});
  return {itemOf, order, names: () => [...list.children].map(({id}) => id)};
};

describe('arrange', () => {
  it('brings, takes and moves children, and leaves those alone that are in place', () => {
    const {order, names} = setup('a', 'b', 'c', 'd');
    expect([...order('d', 'a', 'b', 'c')], 'to the top').to.deep.equal(['d']);
    expect(names()).to.deep.equal(['d', 'a', 'b', 'c']);
    expect([...order('a', 'b', 'c', 'd')], 'to the bottom').to.deep.equal(['d']);
    expect([...order('b', 'c', 'a', 'd')], 'down').to.deep.equal(['a']);
    expect([...order('d', 'a', 'b', 'c')]).to.have.members(['a', 'd']);
    expect(names()).to.deep.equal(['d', 'a', 'b', 'c']);
    expect([...order('d', 'new', 'a', 'c')]).to.have.members(['b', 'new']);
    expect(names()).to.deep.equal(['d', 'new', 'a', 'c']);
    expect([...order('d', 'new', 'a', 'c')]).to.deep.equal([]);
    order();
    expect(names()).to.deep.equal([]);
  });

  it('moves the others round the one with the focus', () => {
    const {order, names, itemOf} = setup('a', 'b', 'c', 'd');
    itemOf('c').focus();
    for (const wanted of ['cabd', 'abdc', 'dcba', 'cx', 'xyzc', 'cab']) {
      expect([...order(...wanted)], wanted).not.to.include('c');
      expect(names().join('')).to.equal(wanted);
      expect(document.activeElement).to.equal(itemOf('c'));
    }
  });

  it('comes from any order to any other, wherever the focus is', () => {
    const letters = 'abcdefgh'.split('');
    const someOrder = fc.shuffledSubarray(letters);
    fc.assert(
      fc.property(someOrder, someOrder, fc.constantFrom(...letters), (before, after, focused) => {
        const {order, names, itemOf} = setup(...before);
        itemOf(focused).focus();
        const changed = order(...after);
        expect(names()).to.deep.equal(after);
        if (before.includes(focused) && after.includes(focused))
          expect([...changed]).not.to.include(focused);
      }),
    );
  });
});
