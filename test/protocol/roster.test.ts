import {ROSTER_MESSAGES} from './arbitraries.js';
import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {ACTION_PREFIXES} from '../../src/protocol/dialects.js';
import {toWire} from '../../src/protocol/external-chat.js';
import {LIMITS} from '../../src/protocol/guards.js';
import {
  parseRosterMessage,
  readParticipant,
  ROSTER_LIMIT,
  type Participant,
  type RosterMessage,
} from '../../src/protocol/roster.js';
import {participant, rosterMessage} from './arbitraries.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  INHERITED_NAMES,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const FLAGS = [
  'isWaiting',
  'isHost',
  'isMuted',
  'isClientMuted',
  'isCameraMuted',
  'isPresenting',
  'isSpotlight',
  'raisedHand',
] as const;
const PERMISSIONS = [
  'control',
  'mute',
  'disconnect',
  'transfer',
  'spotlight',
  'fecc',
  'raiseHand',
  'changeLayout',
] as const;
const SELF_FLAGS = ['micMuted', 'camMuted', 'clientMuted', 'isHost', 'canControl'] as const;

const all = <Name extends string>(names: readonly Name[], value: unknown) =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<Name, boolean>;

/** A person of whom nothing but this is true. */
const plain = (uuid: string, fields: Partial<Participant> = {}): Participant => ({
  uuid,
  displayName: '',
  ...all(FLAGS, false),
  can: all(PERMISSIONS, false),
  ...fields,
});

const wire = (name: string, fields: object = {}): Record<string, unknown> => ({
  action: ACTION_PREFIXES.videoconf + name,
  ...fields,
});

/** What is read of a roster; undefined if it was none. */
const read = (participants: unknown): readonly Participant[] | undefined => {
  const message = parseRosterMessage(wire('roster', {participants}));
  return message?.type === 'roster' ? message.participants : undefined;
};
const people = (count: number): {uuid: string}[] =>
  Array.from({length: count}, (_, index) => ({uuid: `u-${index}`}));

const NOT_TRUE = [...ODD_VALUES.filter((value) => value !== true), false, 1, 'true', 'YES', [true]];

describe('readParticipant', () => {
  it('reads back every field of every entry that a roster may have', () => {
    fc.assert(
      fc.property(participant(), (each) => {
        expect(readParticipant(each)).to.deep.equal(each);
      }),
      {numRuns: 1000},
    );
  });

  it('wants a uuid, whole', () => {
    const long = 'x'.repeat(LIMITS.id + 1);
    for (const uuid of [...ODD_VALUES.filter((each) => typeof each !== 'string'), '', long]) {
      expect(readParticipant({displayName: 'Alice', uuid})).to.equal(undefined);
    }
    for (const odd of ODD_VALUES) expect(readParticipant(odd)).to.equal(undefined);
  });

  it('takes nobody for anything that a flag does not say by true itself', () => {
    for (const value of NOT_TRUE) {
      const entry = {uuid: 'u', ...all(FLAGS, value), can: all(PERMISSIONS, value)};
      expect(readParticipant(entry)).to.deep.equal(plain('u'));
    }
    const entry = {uuid: 'u', ...all(FLAGS, true), can: all(PERMISSIONS, true)};
    const asTold = {...all(FLAGS, true), can: all(PERMISSIONS, true)};
    expect(readParticipant(entry)).to.deep.equal(plain('u', asTold));
  });

  it('allows nothing where can is missing or of another type', () => {
    for (const can of [...ODD_VALUES, all(PERMISSIONS, 1), PERMISSIONS]) {
      expect(readParticipant({uuid: 'u', can})).to.deep.equal(plain('u'));
    }
  });

  it('cuts a name that is too long, and takes one of another type for none', () => {
    const displayName = 'x'.repeat(LIMITS.name + 1);
    expect(readParticipant({uuid: 'u', displayName})?.displayName).to.equal(
      'x'.repeat(LIMITS.name),
    );
    for (const odd of ODD_VALUES.filter((each) => typeof each !== 'string')) {
      expect(readParticipant({uuid: 'u', displayName: odd})?.displayName).to.equal('');
    }
  });

  it('leaves a name as it is, with HTML, with marks that turn its direction', () => {
    for (const displayName of [
      '<img src=x onerror=alert(1)>',
      '&lt;b&gt;',
      '\u202eecilA\u202c \u2066x\u2069',
      '\0\n\t',
      '\ud800',
    ]) {
      expect(readParticipant({uuid: 'u', displayName})?.displayName).to.equal(displayName);
    }
  });

  it('drops an address that is wrong or too long, as a part of it would be another', () => {
    const odd = ODD_VALUES.filter((each) => typeof each !== 'string');
    for (const uri of [...odd, '', 'x'.repeat(LIMITS.name + 1)]) {
      expect(readParticipant({uuid: 'u', uri})).not.to.have.property('uri');
    }
    expect(readParticipant({uuid: 'u', uri: 'sip:a@b'})?.uri).to.equal('sip:a@b');
  });

  it('drops what it does not know', () => {
    const entry = {uuid: 'u', rawData: {secret: 1}, can: {fly: true}, overlayText: 'x'};
    expect(readParticipant(entry)).to.deep.equal(plain('u'));
  });

  it('reads no inherited name', () => {
    const entry = {uuid: 'u', displayName: 'Alice', isHost: true, can: {mute: true}};
    expect(readParticipant(Object.create(entry))).to.equal(undefined);
    expect(keepingPrototypes(() => readParticipant(belowProto(entry)))).to.equal(undefined);
    const can = Object.create({mute: true}) as unknown;
    expect(readParticipant({uuid: 'u', can})).to.deep.equal(plain('u'));
    const names = Object.fromEntries(INHERITED_NAMES.map((name) => [name, true]));
    expect(keepingPrototypes(() => readParticipant({...names, uuid: 'u'}))).to.deep.equal(
      plain('u'),
    );
  });

  it('gives a fresh object, frozen down to what is allowed', () => {
    const entry = plain('u');
    const one = readParticipant(entry);
    expect(one).not.to.equal(entry);
    expect(Object.isFrozen(one)).to.equal(true);
    expect(Object.isFrozen(one?.can)).to.equal(true);
  });
});

describe('parseRosterMessage', () => {
  it('reads back every message about people that a plugin may send', () => {
    fc.assert(
      fc.property(rosterMessage(), (message) => {
        expect(parseRosterMessage(toWire(message, 'videoconf'))).to.deep.equal(message);
      }),
      {numRuns: 500},
    );
  });

  it('reads none of them in the documented name space', () => {
    fc.assert(
      fc.property(rosterMessage(), (message) => {
        expect(parseRosterMessage(toWire(message, 'external-chat'))).to.equal(undefined);
      }),
      {numRuns: 100},
    );
  });

  it('reads no other action', () => {
    const fields = {participants: [], participantUuid: 'u', active: true};
    for (const name of [...INHERITED_NAMES, '', 'rosters', 'Roster', ' roster', 'ready', 'mute']) {
      expect(parseRosterMessage(wire(name, fields))).to.equal(undefined);
    }
    for (const odd of ODD_VALUES) expect(parseRosterMessage(odd)).to.equal(undefined);
    expect(ROSTER_MESSAGES).to.have.length(3);
  });

  it('wants an array of participants, be it empty', () => {
    for (const odd of [...ODD_VALUES.filter((each) => !Array.isArray(each)), {0: {uuid: 'u'}}]) {
      expect(read(odd)).to.equal(undefined);
    }
    expect(read([])).to.deep.equal([]);
  });

  it('leaves out the entries that are none, and keeps the order of the others', () => {
    const entries = [{uuid: 'b'}, null, 7, {}, {uuid: ''}, ['c'], {uuid: 'a'}, ...ODD_VALUES];
    expect(read(entries)?.map(({uuid}) => uuid)).to.deep.equal(['b', 'a']);
  });

  it('keeps a uuid that comes twice in its first place, as it was told last', () => {
    const entries = [
      {uuid: 'a', displayName: 'first'},
      {uuid: 'b'},
      {uuid: 'a', displayName: 'last', isHost: true},
    ];
    expect(read(entries)).to.deep.equal([
      plain('a', {displayName: 'last', isHost: true}),
      plain('b'),
    ]);
  });

  it(`cuts 10,000 participants to the first ${ROSTER_LIMIT}`, () => {
    const kept = read(people(10_000));
    expect(kept).to.have.length(ROSTER_LIMIT);
    expect(kept?.at(-1)?.uuid).to.equal(`u-${ROSTER_LIMIT - 1}`);
  });

  it('takes the last word on those it has kept, also from behind the limit', () => {
    const entries = [...people(ROSTER_LIMIT + 1), {uuid: 'u-0', isMuted: true}];
    const kept = read(entries);
    expect(kept).to.have.length(ROSTER_LIMIT);
    expect(kept?.[0]?.isMuted).to.equal(true);
  });

  it('looks at no more than twice the limit, however long the array is', () => {
    let looks = 0;
    const entry = {
      get uuid(): string {
        looks++;
        return 'u';
      },
    };
    expect(read(new Array(1_000_000).fill(entry))).to.have.length(1);
    expect(looks).to.be.within(1, 2 * ROSTER_LIMIT);
  });

  it('is not held up by an array with a thousand million holes', () => {
    const holes: unknown[] = new Array(1e9);
    holes[3] = {uuid: 'u'};
    expect(read(holes)).to.deep.equal([plain('u')]);
  });

  it('reads a participant who holds the roster itself', () => {
    const entry: Record<string, unknown> = {uuid: 'u'};
    entry['can'] = entry['displayName'] = [entry];
    expect(read([entry])).to.deep.equal([plain('u')]);
  });

  it('gives a frozen list', () => {
    expect(Object.isFrozen(read([{uuid: 'u'}]))).to.equal(true);
  });

  it('wants the uuid of the own person, whole, and flags that are true', () => {
    for (const participantUuid of [undefined, '', 7, {}, 'x'.repeat(LIMITS.id + 1)]) {
      const data = wire('self', {participantUuid, canControl: true});
      expect(parseRosterMessage(data)).to.equal(undefined);
    }
    for (const value of NOT_TRUE) {
      const data = wire('self', {participantUuid: 'u', ...all(SELF_FLAGS, value)});
      expect(parseRosterMessage(data)).to.deep.equal({
        type: 'self',
        participantUuid: 'u',
        ...all(SELF_FLAGS, false),
      });
    }
  });

  it('wants a real boolean for the state of the panel', () => {
    for (const active of ODD_VALUES.filter((each) => typeof each !== 'boolean')) {
      expect(parseRosterMessage(wire('toggle-participants', {active}))).to.equal(undefined);
    }
    for (const active of [true, false]) {
      expect(parseRosterMessage(wire('toggle-participants', {active}))).to.deep.equal({
        type: 'toggle-participants',
        active,
      });
    }
  });

  it('reads no field below __proto__', () => {
    for (const name of ROSTER_MESSAGES) {
      const fields = {participants: [{uuid: 'u'}], participantUuid: 'u', active: true};
      const whole = keepingPrototypes(() => parseRosterMessage(belowProto(wire(name, fields))));
      expect(whole).to.equal(undefined);
      const half = JSON.parse(
        `{"action": "${ACTION_PREFIXES.videoconf}${name}", "__proto__": ${JSON.stringify(fields)}}`,
      ) as unknown;
      expect(keepingPrototypes(() => parseRosterMessage(half))).to.equal(undefined);
    }
  });

  it('never throws, and gives just known fields of the right type', () => {
    const value = fc.oneof(anything(), fc.string({maxLength: 300}), fc.boolean());
    const uuid = fc.oneof(fc.string({maxLength: 140}), anything());
    const odd = objectWith(['uuid', 'displayName', 'uri', 'can', ...FLAGS], value);
    const entry = fc
      .tuple(odd, fc.record({uuid}, {requiredKeys: []}))
      .map(([a, b]) => ({...a, ...b}));
    const fields = fc.record(
      {
        participants: fc.oneof(
          {weight: 3, arbitrary: fc.array(fc.oneof(entry, anything()), {maxLength: 4})},
          {weight: 1, arbitrary: anything()},
        ),
        participantUuid: fc.oneof(fc.string({maxLength: 140}), anything()),
        active: fc.oneof(fc.boolean(), anything()),
      },
      {requiredKeys: []},
    );
    const names = fc.constantFrom(...ROSTER_MESSAGES, ...INHERITED_NAMES, 'ready');
    const data = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(names, fields, objectWith(SELF_FLAGS)).map(([name, known, more]) => ({
          ...more,
          ...wire(name, known),
        })),
      },
      {weight: 1, arbitrary: anything()},
    );
    const seen = new Map<string, number>(ROSTER_MESSAGES.map((type) => [type, 0]));
    let entries = 0;
    const expectFlags = (from: object, names: readonly string[]): void => {
      for (const name of names) {
        expect(typeof (from as Record<string, unknown>)[name], name).to.equal('boolean');
      }
    };
    const expectSound = (message: RosterMessage): void => {
      switch (message.type) {
        case 'toggle-participants':
          return void expect(message).to.deep.equal({type: message.type, active: message.active});
        case 'self':
          expectFlags(message, SELF_FLAGS);
          return void expect(message).to.have.all.keys('type', 'participantUuid', ...SELF_FLAGS);
        case 'roster':
          for (const {uuid, displayName, uri = 'x', can, ...rest} of message.participants) {
            entries++;
            for (const [text, min, max] of [
              [uuid, 1, LIMITS.id],
              [displayName, 0, LIMITS.name],
              [uri, 1, LIMITS.name],
            ] as const) {
              expect(typeof text).to.equal('string');
              expect(text.length).to.be.within(min, max);
            }
            expectFlags(rest, FLAGS);
            expect(rest).to.have.all.keys(...FLAGS);
            expectFlags(can, PERMISSIONS);
            expect(can).to.have.all.keys(...PERMISSIONS);
          }
      }
    };
    fc.assert(
      fc.property(data, (each) => {
        const message = keepingPrototypes(() => parseRosterMessage(each));
        if (!message) return;
        seen.set(message.type, (seen.get(message.type) ?? 0) + 1);
        expectSound(message);
      }),
      HOSTILE_RUNS,
    );
    for (const [type, count] of seen) expect(count, type).to.be.greaterThan(50);
    expect(entries).to.be.greaterThan(50);
  });
});
