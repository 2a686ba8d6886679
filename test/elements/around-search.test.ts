import {expect} from '@open-wc/testing';

import type {ChatRoom} from '../../src/session/chat-state.js';
import {placeAround, press, roomOf, roomsOf, type} from '../support/around-place.js';

const setup = (rooms: readonly ChatRoom[]) => {
  const around = placeAround();
  around.show({rooms});
  return around;
};

describe('the search of the list of rooms', () => {
  const found = (names: readonly string[], text: string): (string | null)[] => {
    const {search, names: shown} = setup(roomsOf(...names));
    type(search, text);
    return shown();
  };

  it('finds names by a part of them, in their order', () => {
    const names = ['general', 'random', 'Generation', 'oxygen'];
    expect(found(names, 'gen')).to.deep.equal(['general', 'Generation', 'oxygen']);
    expect(found(names, '  rand ')).to.deep.equal(['random']);
    expect(found(names, '   ')).to.deep.equal(names);
  });

  it('finds them in other case, and without or with other accents', () => {
    for (const [name, text] of [
      ['Müller', 'MULLER'],
      ['Muller', 'müll'],
      ['Straße', 'strasse'],
      ['İstanbul', 'istan'],
      ['ΟΔΟΣ', 'οδός'],
      ['Ångström', 'angstrom'],
      ['e\u0301cole', '\u00e9cole'],
      ['أحمد', 'احمد'],
      ['مُحَمَّد', 'محمد'],
      ['gen\u200beral', 'general'],
    ] as const) {
      expect(found([name, 'zzz'], text), `${name} by ${text}`).to.deep.equal([name]);
    }
  });

  it('tells letters apart that are no accents', () => {
    expect(found(['कि', 'का'], 'कि')).to.deep.equal(['कि']);
  });

  it('finds a room without a name by what is shown of it', () => {
    const {search, names} = setup([roomOf('', {roomId: 'GENERAL'}), roomOf('a')]);
    type(search, 'gener');
    expect(names()).to.deep.equal(['GENERAL']);
  });

  it('says politely that it has found none, in a region that is there before', () => {
    const {search, message, rows, find} = setup(roomsOf('general'));
    const region = find('[part=rooms] [role=status]');
    expect(region.checkVisibility()).to.be.true;
    type(search, 'x');
    expect(rows()).to.deep.equal([]);
    expect(message()).to.equal('No room has this name.');
    expect(find('[part=rooms] ul').checkVisibility(), 'a list of nothing').to.be.false;
    type(search, 'g');
    expect(message()).to.equal('');
    expect(region.isConnected).to.be.true;
  });

  it('holds for rooms that come, go and change their name', () => {
    const {search, names, show} = setup(roomsOf('general', 'random'));
    type(search, 'gen');
    show({rooms: [roomOf('genius'), roomOf('x'), roomOf('random', {name: 'agenda'})]});
    expect(names()).to.deep.equal(['genius', 'agenda']);
    type(search, '');
    expect(names()).to.deep.equal(['genius', 'x', 'agenda']);
  });

  it('is cleared by Escape, which does nothing else then', () => {
    const {search, names} = setup(roomsOf('general', 'random'));
    type(search, 'gen');
    expect(press(search, 'Escape').defaultPrevented).to.be.true;
    expect(search.value).to.equal('');
    expect(names()).to.deep.equal(['general', 'random']);
    expect(press(search, 'Escape').defaultPrevented, 'for a dialog').to.be.false;
  });

  it('is left alone by other keys, and by the Escape of an input method', () => {
    const {search} = setup(roomsOf('general'));
    type(search, 'gen');
    press(search, 'Escape', {isComposing: true});
    press(search, 'Delete');
    expect(search.value).to.equal('gen');
  });
});
