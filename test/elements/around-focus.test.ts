import {expect} from '@open-wc/testing';

import type {ChatRoom} from '../../src/session/chat-state.js';
import {placeAround, press, roomOf, roomsOf, type} from '../support/around-place.js';

const setup = (rooms: readonly ChatRoom[], roomId?: string) => {
  const around = placeAround();
  around.show({rooms, roomId});
  const {root, rows} = around;
  const nameIn = (row: Element | null | undefined) => row?.querySelector('bdi')?.textContent;
  const rowOf = (name: string) => rows().find((row) => nameIn(row) === name)!;
  return {
    ...around,
    rowOf,
    focus: (name: string) => rowOf(name).focus(),
    /** The name of the room with the focus. */
    focused: () => nameIn(root.activeElement),
    /** The names of the rooms that Tab reaches. */
    stops: () =>
      rows()
        .filter(({tabIndex}) => tabIndex === 0)
        .map(nameIn),
  };
};

describe('the keyboard in the list of rooms', () => {
  it('reaches the list by one Tab: the room that is shown, or the first', () => {
    const rooms = roomsOf('a', 'b', 'c');
    const {stops, show} = setup(rooms);
    expect(stops()).to.deep.equal(['a']);
    show({rooms, roomId: 'id-of-b'});
    expect(stops()).to.deep.equal(['b']);
    show({rooms: roomsOf('c', 'a'), roomId: 'id-of-b'});
    expect(stops()).to.deep.equal(['c']);
  });

  it('goes up and down, to the start and to the end, and no further', () => {
    const {focus, focused, stops, root} = setup(roomsOf('a', 'b', 'c', 'd'));
    focus('a');
    const steps = [
      ['ArrowDown', 'b'],
      ['ArrowDown', 'c'],
      ['ArrowUp', 'b'],
      ['End', 'd'],
      ['ArrowDown', 'd'],
      ['Home', 'a'],
      ['ArrowUp', 'a'],
    ] as const;
    for (const [key, name] of steps) {
      const {defaultPrevented} = press(root.activeElement!, key);
      expect([focused(), stops(), defaultPrevented]).to.deep.equal([name, [name], true]);
    }
  });

  it('leaves all other keys to the browser, Enter and Space of a button among them', () => {
    const {focus, focused, root} = setup(roomsOf('a', 'b'));
    focus('a');
    for (const key of ['Enter', ' ', 'Tab', 'b', 'PageDown', 'ArrowRight']) {
      expect(press(root.activeElement!, key).defaultPrevented, key).to.be.false;
    }
    for (const modifier of ['altKey', 'ctrlKey', 'metaKey', 'shiftKey']) {
      const {defaultPrevented} = press(root.activeElement!, 'ArrowDown', {[modifier]: true});
      expect(defaultPrevented, modifier).to.be.false;
    }
    expect(focused()).to.equal('a');
  });

  it('comes back to the room that was chosen', () => {
    const rooms = roomsOf('a', 'b', 'c');
    const {rowOf, stops, show} = setup(rooms, 'id-of-a');
    rowOf('c').click();
    expect(stops()).to.deep.equal(['c']);
    show({rooms: roomsOf('b', 'c', 'a'), roomId: 'id-of-a'});
    expect(stops()).to.deep.equal(['c']);
  });

  it('comes to the room that is shown when the search has not found the one of before', () => {
    const {search, rowOf, stops} = setup(roomsOf('ax', 'b', 'cx'), 'id-of-cx');
    rowOf('b').click();
    type(search, 'x');
    expect(stops()).to.deep.equal(['cx']);
  });

  it('goes through what the search has found', () => {
    const {search, focus, focused, stops, root} = setup(roomsOf('ab', 'x', 'ac'), 'id-of-x');
    type(search, 'a');
    expect(stops()).to.deep.equal(['ab']);
    focus('ab');
    press(root.activeElement!, 'ArrowDown');
    expect(focused()).to.equal('ac');
  });
});

describe('the focus in the list of rooms', () => {
  it('stays where it is when the list changes around it, or the room itself', () => {
    const {focus, focused, show, stops, rowOf} = setup(roomsOf('a', 'b', 'c', 'd'));
    focus('c');
    const row = rowOf('c');
    const left: EventTarget[] = [];
    row.addEventListener('blur', ({target}) => left.push(target!));
    for (const order of ['cabd', 'dabc', 'xcy', 'c', 'abc']) {
      show({rooms: roomsOf(...order), roomId: `id-of-${order[0]}`});
      expect([focused(), stops()], order).to.deep.equal(['c', ['c']]);
    }
    show({rooms: [roomOf('c', {count: 7, type: 'p'}), roomOf('a')]});
    expect(focused()).to.equal('c');
    expect(rowOf('c')).to.equal(row);
    expect(left).to.deep.equal([]);
  });

  it('goes to the room in the place of one that is gone', () => {
    const {focus, focused, show, stops} = setup(roomsOf('a', 'b', 'c'));
    focus('b');
    show({rooms: roomsOf('a', 'c')});
    expect([focused(), stops()]).to.deep.equal(['c', ['c']]);
    show({rooms: roomsOf('a')});
    expect([focused(), stops()]).to.deep.equal(['a', ['a']]);
  });

  it('goes to the search when no room is left', () => {
    const {focus, show, root, search} = setup(roomsOf('a'));
    focus('a');
    show({rooms: []});
    expect(root.activeElement).to.equal(search);
  });

  it('goes on when the search finds its room no longer, as that has another name', () => {
    const {search, focus, focused, show} = setup(roomsOf('ab', 'ac'));
    type(search, 'a');
    focus('ab');
    show({rooms: [roomOf('ab', {name: 'x'}), roomOf('ac')]});
    expect(focused()).to.equal('ac');
  });

  it('is never taken from where else it is', () => {
    const {show, root, search} = setup(roomsOf('a', 'b'));
    show({rooms: roomsOf('b')});
    expect(root.activeElement).to.equal(null);
    search.focus();
    type(search, 'zzz');
    show({rooms: roomsOf('b', 'c')});
    expect(root.activeElement).to.equal(search);
  });
});
