import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {LIMITS} from '../../src/protocol/guards.js';
import {
  embeddedPath,
  parseEmbedEvent,
  type EmbedEvent,
} from '../../src/protocol/rocket-chat-embed.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  INHERITED_NAMES,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const event = (eventName: unknown, data?: unknown): unknown => ({eventName, data});
const ROOM = {_id: 'GENERAL', t: 'c', name: 'general'};
const SUBSCRIPTION = {_id: 's1', rid: 'GENERAL', name: 'general', unread: 2, alert: true};

const unread = (changes: object): Extract<EmbedEvent, {unread: unknown}>['unread'] | undefined => {
  const read = parseEmbedEvent(
    event('unread-changed-by-subscription', {...SUBSCRIPTION, ...changes}),
  );
  return read && 'unread' in read ? read.unread : undefined;
};

describe('embeddedPath', () => {
  it('keeps the embedded layout on older servers, too', () => {
    expect(embeddedPath('channel/general')).to.equal('/channel/general?layout=embedded');
  });
});

describe('parseEmbedEvent', () => {
  it('reads that the page starts and that the user has signed out', () => {
    expect(parseEmbedEvent(event('startup', true))).to.deep.equal({type: 'startup'});
    expect(parseEmbedEvent({eventName: 'startup'})).to.deep.equal({type: 'startup'});
    expect(parseEmbedEvent(event('Custom_Script_On_Logout'))).to.deep.equal({type: 'logged-out'});
  });

  it('reads no event that it does not know', () => {
    const others = ['new-message', 'click-action-link', 'Startup', 'startup ', 'logged-out', ''];
    for (const name of [...others, ...INHERITED_NAMES, ...ODD_VALUES]) {
      expect(parseEmbedEvent(event(name, ROOM))).to.equal(undefined);
    }
    for (const value of ODD_VALUES) expect(parseEmbedEvent(value)).to.equal(undefined);
  });

  it('reads nothing that is inherited', () => {
    expect(parseEmbedEvent(Object.create({eventName: 'startup'}))).to.equal(undefined);
    const startup = belowProto({eventName: 'startup'});
    expect(keepingPrototypes(() => parseEmbedEvent(startup))).to.equal(undefined);
    expect(parseEmbedEvent(event('room-opened', belowProto(ROOM)))).to.equal(undefined);
    expect(parseEmbedEvent(event('room-opened', Object.create(ROOM)))).to.equal(undefined);
  });

  describe('room-opened', () => {
    const room = (changes: object): unknown => {
      const read = parseEmbedEvent(event('room-opened', {...ROOM, ...changes}));
      return read && 'room' in read ? read.room : undefined;
    };

    it('tells id, name and kind', () => {
      expect(room({})).to.deep.equal({roomId: 'GENERAL', name: 'general', type: 'c'});
      expect(room({t: 'p'})).to.include({type: 'p'});
      expect(room({t: 'd'})).to.include({type: 'd'});
    });

    it('takes a room with a parent for a discussion', () => {
      expect(room({t: 'p', prid: 'PARENT'})).to.include({type: 'discussion'});
      expect(room({prid: ''})).to.include({type: 'c'});
    });

    it('prefers the name that people read, cuts it, and may find none', () => {
      expect(room({fname: 'General'})).to.include({name: 'General'});
      expect(room({fname: ''})).to.include({name: 'general'});
      expect(room({fname: 7, name: 7})).to.include({name: ''});
      expect(room({fname: 'x'.repeat(LIMITS.name + 1)})).to.include({
        name: 'x'.repeat(LIMITS.name),
      });
    });

    it('is refused without a good id or a known kind', () => {
      for (const _id of [undefined, null, '', 7, {}, 'x'.repeat(LIMITS.id + 1)]) {
        expect(room({_id})).to.equal(undefined);
      }
      for (const t of [undefined, 'l', 'C', '', 'discussion', ['c'], {}]) {
        expect(room({t})).to.equal(undefined);
      }
      for (const value of ODD_VALUES) {
        expect(parseEmbedEvent(event('room-opened', value))).to.equal(undefined);
      }
    });
  });

  describe('unread-changed', () => {
    const total = (value: unknown): unknown => {
      const read = parseEmbedEvent(event('unread-changed', value));
      return read && {...read, type: undefined};
    };
    const counted = (count: number, alert = false): object => ({count, alert, type: undefined});

    it('is a number on current servers', () => {
      expect(total(0)).to.deep.equal(counted(0));
      expect(total(7)).to.deep.equal(counted(7));
    });

    it('is a text on older ones: nothing, digits, more than digits, a bullet', () => {
      expect(total('')).to.deep.equal(counted(0));
      expect(total('7')).to.deep.equal(counted(7));
      expect(total('999+')).to.deep.equal(counted(999));
      expect(total('•')).to.deep.equal(counted(0, true));
    });

    it('counts to 9999', () => {
      expect(total(9999)).to.deep.equal(counted(9999));
      expect(total(10_000)).to.deep.equal(counted(9999));
      expect(total(2 ** 53 - 1)).to.deep.equal(counted(9999));
    });

    it('is refused where it is no count', () => {
      for (const value of [
        undefined,
        null,
        true,
        -1,
        0.5,
        NaN,
        1e309,
        2 ** 53,
        10n,
        {},
        [],
        [7],
        '9<script>',
        '-1',
        '+',
        '++',
        ' 7',
        '1e3',
        '0x7',
        '12345',
        '••',
        '*',
      ]) {
        expect(total(value), String(value)).to.equal(undefined);
      }
    });
  });

  describe('unread-changed-by-subscription', () => {
    it('tells what is unread in one room', () => {
      const read = {roomId: 'GENERAL', name: 'general', count: 2, alert: true};
      expect(unread({})).to.deep.equal(read);
      expect(unread({fname: 'General', unread: 0, alert: false})).to.deep.equal({
        ...read,
        name: 'General',
        count: 0,
        alert: false,
      });
    });

    it('alerts only if it says so, and the user wants to be alerted', () => {
      expect(unread({alert: undefined})).to.include({count: 2, alert: false});
      expect(unread({alert: 'true'})).to.include({alert: false});
      expect(unread({unreadAlert: 'nothing'})).to.include({count: 2, alert: false});
      expect(unread({unreadAlert: 'all'})).to.include({alert: true});
    });

    it('counts nothing in a room whose status the user hides, or has closed', () => {
      expect(unread({hideUnreadStatus: true})).to.include({count: 0, alert: false});
      expect(unread({open: false})).to.include({count: 0, alert: false});
      expect(unread({open: true, hideUnreadStatus: false})).to.include({count: 2, alert: true});
    });

    it('counts nothing in an archived room', () => {
      expect(unread({archived: true})).to.include({count: 0, alert: false});
    });

    it('tells whose subscription it is, where the page does', () => {
      const read = (u: unknown): unknown =>
        parseEmbedEvent(event('unread-changed-by-subscription', {...SUBSCRIPTION, u}));
      expect(read({_id: 'alice-id', username: 'alice'})).to.include({userId: 'alice-id'});
      const others = [undefined, null, 'alice-id', {}, {_id: ''}, {_id: 7}, belowProto({_id: 'x'})];
      for (const u of [...others, {_id: 'x'.repeat(LIMITS.id + 1)}]) {
        expect(read(u)).not.to.have.property('userId');
      }
    });

    it('is refused without a good id or count', () => {
      for (const rid of [undefined, null, '', 7, {}, 'x'.repeat(LIMITS.id + 1)]) {
        expect(unread({rid})).to.equal(undefined);
      }
      for (const value of [undefined, null, -1, 0.5, NaN, Infinity, '2', '', {}, [2]]) {
        expect(unread({unread: value})).to.equal(undefined);
      }
    });
  });

  it('never throws, and gives just known fields of bounded size', () => {
    const names = ['_id', 't', 'name', 'fname', 'prid', 'rid', 'unread', 'alert', 'u'];
    const value = fc.oneof(
      anything(),
      fc.string({minLength: 1, maxLength: 300}),
      fc.constantFrom('c', 'p', 'd'),
      fc.nat(20_000),
      fc.boolean(),
    );
    const eventName = fc.constantFrom<unknown>(
      'startup',
      'room-opened',
      'unread-changed',
      'unread-changed-by-subscription',
      'Custom_Script_On_Logout',
      ...INHERITED_NAMES,
    );
    const data = fc.oneof(value, objectWith(names, value));
    const message = fc.record({eventName, data});
    const isName = (each: string): boolean => each.length <= LIMITS.name;
    const isId = (each: string): boolean => each.length > 0 && each.length <= LIMITS.id;
    const isCount = (each: number): boolean => Number.isInteger(each) && each >= 0 && each <= 9999;
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.oneof({weight: 4, arbitrary: message}, anything()), (each) => {
        const read = keepingPrototypes(() => parseEmbedEvent(each));
        if (!read) return;
        seen.add(read.type);
        if ('room' in read) {
          const {roomId, name, type, ...others} = read.room;
          expect(isId(roomId) && isName(name)).to.equal(true);
          expect(['c', 'p', 'd', 'discussion']).to.include(type);
          expect(others).to.deep.equal({});
        } else if ('unread' in read) {
          const {roomId, name, count, alert, ...others} = read.unread;
          expect(isId(roomId) && isName(name) && isCount(count)).to.equal(true);
          expect(alert).to.be.a('boolean');
          expect(others).to.deep.equal({});
          expect(read.userId === undefined || isId(read.userId)).to.equal(true);
          expect(Object.keys(read)).to.have.length.at.most(3);
        } else if (read.type === 'unread-changed') {
          expect(isCount(read.count)).to.equal(true);
          expect(read.alert).to.be.a('boolean');
        } else {
          expect(read).to.deep.equal({type: read.type});
        }
      }),
      HOSTILE_RUNS,
    );
    expect(seen.size).to.equal(5);
  });
});
