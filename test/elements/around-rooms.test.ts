import {expect} from '@open-wc/testing';

import {strings as ar} from '../../src/elements/strings/ar.js';
import {aroundEnglish} from '../../src/elements/strings/around-en.js';
import type {ChatRoom} from '../../src/session/chat-state.js';
import {ARABIC, placeAround, roomOf, roomsOf, type} from '../support/around-place.js';

const labels = (rows: readonly HTMLElement[]): (string | null)[] =>
  rows.map((row) => row.getAttribute('aria-label'));

/** What the style sheet draws of an element. */
const drawn = (element: Element): string => getComputedStyle(element, '::before').content;

const setup = (rooms?: readonly ChatRoom[], roomId?: string) => {
  const around = placeAround();
  const {root, region, rows} = around;
  const changes = new MutationObserver(() => undefined);
  if (rooms) around.show({rooms, roomId});
  changes.observe(region, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
  return {
    ...around,
    /** What was done to the list since this was asked last. */
    changes: () => changes.takeRecords(),
    focused: () => root.activeElement,
    /** The rooms that Tab reaches. */
    stops: () => rows().filter(({tabIndex}) => tabIndex === 0),
  };
};

describe('the list of rooms', () => {
  it('is there only when there are rooms to tell of, be it none', () => {
    const {region, body, show, message, rows} = setup();
    show({});
    expect(region.checkVisibility()).to.be.false;
    show({rooms: []});
    expect(region.checkVisibility()).to.be.true;
    expect(message()).to.equal('You have no rooms yet.');
    show({rooms: roomsOf('general')});
    expect(message()).to.equal('');
    expect(body.matches('.with-rooms')).to.be.true;
    show({});
    expect(region.checkVisibility()).to.be.false;
    expect(body.matches('.with-rooms')).to.be.false;
    expect(rows(), 'of a user who may have left').to.deep.equal([]);
  });

  it('has a button for each room in its order, with a name for the region and the list', () => {
    const {region, rows, names} = setup(roomsOf('general', 'random'));
    expect(names()).to.deep.equal(['general', 'random']);
    expect(rows().map(({type}) => type)).to.deep.equal(['button', 'button']);
    expect(region.localName).to.equal('section');
    expect(region.getAttribute('aria-label')).to.equal('Rooms');
  });

  it('opens the room that is chosen, as it was told last', () => {
    const {rows, opened, show} = setup(roomsOf('general', 'random'));
    const later = roomsOf('random', 'general');
    show({rooms: later});
    rows()[1]!.click();
    expect(opened).to.have.length(1);
    expect(opened[0]).to.equal(later[1]);
    rows()[0]!.querySelector('bdi')!.click();
    expect(opened[1]).to.equal(later[0]);
  });

  it('opens nothing by a click beside the rooms', () => {
    const {find, opened} = setup(roomsOf('general'));
    find('[part=rooms] ul').click();
    expect(opened).to.deep.equal([]);
  });

  it('opens nothing once it was stopped, and each room once when it is shown again', () => {
    const rooms = roomsOf('general', 'random');
    const {rows, names, search, opened, part, show} = setup(rooms);
    part.stop();
    rows()[0]!.click();
    type(search, 'random');
    expect(opened).to.deep.equal([]);
    expect(names()).to.deep.equal(['general', 'random']);
    show({rooms});
    show({rooms});
    rows()[0]!.click();
    expect(opened).to.deep.equal([rooms[0]]);
    type(search, 'rand');
    expect(names()).to.deep.equal(['random']);
  });

  it('marks the room that is shown, and no other', () => {
    const rooms = roomsOf('general', 'random');
    const {rows, show} = setup(rooms, 'id-of-random');
    const marks = () => rows().map((row) => row.getAttribute('aria-current'));
    expect(marks()).to.deep.equal([null, 'true']);
    show({rooms, roomId: 'id-of-general'});
    expect(marks()).to.deep.equal(['true', null]);
    show({rooms, roomId: 'elsewhere'});
    expect(marks()).to.deep.equal([null, null]);
    show({rooms: roomsOf('general'), roomId: 'id-of-general'});
    expect(marks()).to.deep.equal(['true']);
  });

  it('tells what is unread, by its number up to 99', () => {
    const {rows} = setup([
      roomOf('none'),
      roomOf('one', {count: 1, alert: true}),
      roomOf('some', {count: 99}),
      roomOf('many', {count: 1200}),
      roomOf('new', {alert: true}),
    ]);
    expect(labels(rows())).to.deep.equal([
      'none',
      'one, 1 unread message',
      'some, 99 unread messages',
      'many, 1,200 unread messages',
      'new, new messages',
    ]);
    const badges = rows().map((row) => row.lastElementChild as HTMLElement);
    expect(badges.slice(1, 4).map(({dataset}) => dataset['count'])).to.deep.equal([
      '1',
      '99',
      '99+',
    ]);
    const sizes = badges.map((badge) => badge.getBoundingClientRect().width);
    expect(sizes[1], 'the number is drawn').to.be.greaterThan(sizes[4]!);
    expect(sizes[3]).to.be.greaterThan(sizes[2]!);
    expect(sizes[0]).to.equal(0);
    expect(sizes[4], 'a dot').to.be.greaterThan(4);
  });

  it('draws each kind of room otherwise, and reads none of it', () => {
    const types = ['c', 'p', 'd', 'discussion'] as const;
    const {rows} = setup(types.map((kind) => roomOf(kind, {type: kind})));
    const kinds = rows().map((row) => row.firstElementChild!);
    expect(kinds.slice(0, 3).map(drawn)).to.deep.equal(['"#"', '""', '"@"']);
    const looks = kinds.map((kind) => {
      const {content, blockSize, borderTopWidth, borderEndStartRadius} = getComputedStyle(
        kind,
        '::before',
      );
      return [content, blockSize, borderTopWidth, borderEndStartRadius].join();
    });
    expect(new Set(looks).size).to.equal(types.length);
    for (const kind of kinds) expect(kind.getAttribute('aria-hidden')).to.equal('true');
    expect(labels(rows())).to.deep.equal([...types]);
  });

  it('follows what changes of a room, and its order', () => {
    const {rows, names, show} = setup([roomOf('a'), roomOf('b')]);
    const [a, b] = rows();
    show({
      rooms: [
        roomOf('b', {roomId: 'id-of-b', name: 'bee', count: 2, type: 'd'}),
        roomOf('c'),
        roomOf('a', {alert: true}),
      ],
    });
    expect(names()).to.deep.equal(['bee', 'c', 'a']);
    expect(labels(rows())).to.deep.equal(['bee, 2 unread messages', 'c', 'a, new messages']);
    expect([rows()[2], rows()[0]]).to.deep.equal([a, b]);
    expect(drawn(b!.firstElementChild!)).to.equal('"@"');
    show({rooms: [roomOf('a', {alert: true, type: 'd'})]});
    expect(drawn(a!.firstElementChild!)).to.equal('"@"');
  });

  it('keeps nothing of a room that is gone', () => {
    const {rows, show} = setup(roomsOf('a', 'b'));
    const [gone] = rows();
    show({rooms: roomsOf('b')});
    show({rooms: roomsOf('a', 'b')});
    expect(rows()).to.have.length(2);
    expect(rows()).not.to.include(gone);
  });

  it('does nothing for the same list, nor for one that tells the same', () => {
    const rooms = roomsOf('general', 'random');
    const {show, changes} = setup(rooms, 'id-of-general');
    show({rooms, roomId: 'id-of-general'});
    show({rooms, roomId: 'id-of-general', status: 'offline'});
    show({rooms: rooms.map((room) => ({...room, lastMessage: 1})), roomId: 'id-of-general'});
    // Its message is written anew only with another text.
    expect(changes().filter(({target}) => (target as Element).role !== 'status')).to.deep.equal([]);
    show({rooms: roomsOf('general', 'random', 'new'), roomId: 'id-of-general'});
    expect(changes()).not.to.deep.equal([]);
  });

  it('touches only what has changed in 2,000 rooms', () => {
    const rooms = Array.from({length: 2000}, (_, i) => roomOf(`room ${i}`));
    const {show, changes, rows} = setup(rooms);
    expect(rows()).to.have.length(2000);
    // The list tells all rooms anew, the one with the latest message first.
    const told = rooms.map((room) => ({...room}));
    const [busy] = told.splice(1500, 1);
    show({rooms: [{...busy!, count: 1, lastMessage: 1}, ...told]});
    const touched = new Set(
      changes().flatMap(({target, addedNodes, removedNodes}) =>
        [target, ...addedNodes, ...removedNodes].map((node) => (node as Element).closest('li')),
      ),
    );
    touched.delete(null);
    expect([...touched]).to.deep.equal([rows()[0]!.closest('li')]);
    expect(rows()[0]!.getAttribute('aria-label')).to.equal('room 1500, 1 unread message');
  });

  it('speaks Arabic, and takes its plurals', () => {
    const counts = [0, 1, 2, 3, 11, 100];
    const rooms = counts.map((count) => roomOf(`n${count}`, {count}));
    const {show, rows, region, search, message} = setup(rooms);
    show({rooms, language: ARABIC});
    const {one, two, few, many, other} = ar.roomUnread;
    const forms = ['{room}', one, two, few, many, other];
    expect(labels(rows())).to.deep.equal(
      forms.map((form, i) =>
        form!
          .replace('#', new Intl.NumberFormat('ar').format(counts[i]!))
          .replace('{room}', `n${counts[i]}`),
      ),
    );
    expect([region.lang, getComputedStyle(region).direction]).to.deep.equal(['ar', 'rtl']);
    expect(region.getAttribute('aria-label')).to.equal(ar.rooms);
    expect(search.getAttribute('aria-label')).to.equal(ar.roomsSearch);
    type(search, 'nothing of this');
    expect(message()).to.equal(ar.roomsUnmatched);
    show({rooms});
    expect(message()).to.equal(aroundEnglish.roomsUnmatched);
  });
});

describe('a name in the list of rooms', () => {
  const RLO = '\u202e';

  it('is text, whatever is in it', () => {
    const hostile = [
      '<img src=x onerror=alert(1)>',
      '&lt;b&gt;',
      "$& $' {room} #",
      '{room}',
      `${RLO}txt.exe`,
    ];
    const {names, rows, region} = setup(hostile.map((name) => roomOf(name, {count: 2})));
    expect(names()).to.deep.equal(hostile);
    expect(region.querySelector('img, b')).to.equal(null);
    expect(labels(rows())).to.deep.equal(hostile.map((name) => `${name}, 2 unread messages`));
  });

  it("that is empty, or looks so, is the room's id", () => {
    const {names, rows} = setup(
      ['', '  ', '\u200b\u2060', RLO, '\n'].map((name, i) => roomOf(name, {roomId: `id${i}`})),
    );
    const ids = ['id0', 'id1', 'id2', 'id3', 'id4'];
    expect(names()).to.deep.equal(ids);
    expect(labels(rows())).to.deep.equal(ids);
  });

  it('turns nothing round beside it', () => {
    const {rows} = setup([
      roomOf(`${RLO}abc`, {count: 5}),
      roomOf('شات', {count: 5}),
      roomOf('abc', {count: 5}),
    ]);
    const places = rows().map((row) =>
      [...row.children].map((each) => Math.round(each.getBoundingClientRect().left)),
    );
    expect(places[0]).to.deep.equal(places[2]);
    expect(places[1]).to.deep.equal(places[2]);
    const texts = rows().map((row) => {
      const text = document.createRange();
      text.selectNodeContents(row.querySelector('bdi')!);
      return Math.round(text.getBoundingClientRect().left);
    });
    expect(texts, 'all begin at the same place').to.deep.equal(Array(3).fill(texts[2]));
    const directions = rows().map((row) => getComputedStyle(row.querySelector('bdi')!).direction);
    expect(directions).to.deep.equal(['ltr', 'rtl', 'ltr']);
  });

  it('may be long, and makes its row higher and not wider', () => {
    const {rows, region} = setup([roomOf('x'.repeat(256)), roomOf('ab '.repeat(85)), roomOf('a')]);
    const [long, words, short] = rows().map((row) => row.getBoundingClientRect());
    expect(region.scrollWidth).to.be.at.most(region.clientWidth);
    for (const row of [long!, words!]) {
      expect(row.width).to.equal(short!.width);
      expect(row.height).to.be.greaterThan(short!.height);
    }
    expect(short!.height).to.be.at.least(44);
  });
});
