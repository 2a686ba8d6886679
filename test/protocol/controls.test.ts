import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {
  checkControl,
  CONTROL_METHODS,
  controlToWire,
  parseControl,
  type Control,
} from '../../src/protocol/controls.js';
import {ACTION_PREFIXES} from '../../src/protocol/dialects.js';
import {LIMITS} from '../../src/protocol/guards.js';
import {control, CONTROLS} from './arbitraries.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  INHERITED_NAMES,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

type Type = Control['type'];
const TYPES = Object.keys(CONTROLS) as Type[];

/** One of each, with every field it may have. */
const WHOLE: {readonly [Each in Type]: Readonly<Record<string, unknown>>} = {
  mute: {participantUuid: 'u', muted: true},
  'mute-video': {participantUuid: 'u', muted: false},
  'mute-all-guests': {muted: true},
  admit: {participantUuid: 'u'},
  disconnect: {participantUuid: 'u'},
  spotlight: {participantUuid: 'u', active: true},
  'raise-hand': {participantUuid: 'u', raised: false},
  'set-role': {participantUuid: 'u', role: 'host'},
  transfer: {participantUuid: 'u', alias: 'other', role: 'guest', pin: '1234#'},
  dtmf: {participantUuid: 'u', digits: '1#'},
  'participants-state': {active: true},
};
const OPTIONAL = ['transfer role', 'transfer pin'];

const ODD_TEXTS = ODD_VALUES.filter((each) => typeof each !== 'string');
const ODD_FLAGS = [...ODD_VALUES.filter((each) => typeof each !== 'boolean'), 'true', 1];

/** What is wrong for each field, `undefined` apart. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  participantUuid: [...ODD_TEXTS, '', 'x'.repeat(LIMITS.id + 1), ['u'], new String('u')],
  muted: ODD_FLAGS,
  active: ODD_FLAGS,
  raised: ODD_FLAGS,
  role: [...ODD_VALUES, 'HOST', 'chair', 'host ', ['host']],
  alias: [
    ...ODD_TEXTS,
    '',
    ' ',
    'a b',
    ' a',
    'a\n',
    'a\r\nb',
    'a\u2028b',
    'a\u00a0b',
    'a\0b',
    'a\x7fb',
    'a\u0085b',
    'x'.repeat(256),
    {toString: () => 'a'},
  ],
  pin: [
    ...ODD_TEXTS,
    ' ',
    'a',
    '12 3',
    '1\n',
    '1\r\n',
    '1#2',
    '##',
    '-1',
    '١٢',
    '1'.repeat(21),
    1234,
  ],
  digits: [
    ...ODD_TEXTS,
    '',
    ' ',
    '1 2',
    'E',
    'a',
    '1\n',
    '1\r\n#',
    '1;2',
    '١',
    '1'.repeat(65),
    123,
    ['1'],
  ],
};

const wire = (type: string, fields: object = {}): Record<string, unknown> => ({
  action: ACTION_PREFIXES.videoconf + type,
  ...fields,
});
const fieldOf = (type: Type, data: unknown): string | undefined => {
  const check = checkControl(type, data);
  return 'field' in check ? check.field : undefined;
};

for (const type of TYPES) {
  describe(`the control ${type}`, () => {
    const whole = WHOLE[type];

    it('is checked, sent and read back as it is, with whatever the page may say', () => {
      expect(checkControl(type, whole)).to.deep.equal({control: {type, ...whole}});
      fc.assert(
        fc.property(CONTROLS[type], (each) => {
          expect(checkControl(type, each)).to.deep.equal({control: each});
          expect(parseControl(controlToWire(each))).to.deep.equal(each);
        }),
        {numRuns: 300},
      );
    });

    for (const name of Object.keys(whole)) {
      const optional = OPTIONAL.includes(`${type} ${name}`);

      it(`is refused with "${name}" for a wrong one, ${optional ? 'and may lack it' : 'and for none'}`, () => {
        const {[name]: _, ...rest} = whole;
        if (optional) expect(checkControl(type, rest)).to.deep.equal({control: {type, ...rest}});
        else expect(fieldOf(type, rest)).to.equal(name);
        for (const value of WRONG[name]!.filter((each) => each !== undefined)) {
          expect(fieldOf(type, {...whole, [name]: value})).to.equal(name);
          expect(parseControl(wire(type, {...whole, [name]: value}))).to.equal(undefined);
        }
        const inherits: unknown = Object.assign(Object.create({[name]: whole[name]}), rest);
        expect(checkControl(type, inherits)).to.deep.equal(checkControl(type, rest));
      });
    }

    it('travels without what it does not know', () => {
      const more = {...whole, type: 'other', by: 'x', extra: {}, action: 'y'};
      expect(checkControl(type, more)).to.deep.equal({control: {type, ...whole}});
      expect(parseControl({...more, ...wire(type)})).to.deep.equal({type, ...whole});
    });

    it('is named in the second name space, and in that one only', () => {
      expect(controlToWire({type, ...whole} as Control)).to.deep.equal(wire(type, whole));
      const documented = {...whole, action: ACTION_PREFIXES['external-chat'] + type};
      expect(parseControl(documented)).to.equal(undefined);
    });
  });
}

describe('checkControl', () => {
  it('names the first field that is wrong', () => {
    for (const odd of [undefined, null, 7, 'text', [], {}]) {
      expect(fieldOf('transfer', odd)).to.equal('participantUuid');
      expect(fieldOf('mute-all-guests', odd)).to.equal('muted');
    }
    expect(fieldOf('transfer', {participantUuid: 'u'})).to.equal('alias');
  });

  it('defaults nothing', () => {
    expect(fieldOf('mute', {participantUuid: 'u'})).to.equal('muted');
    expect(fieldOf('spotlight', {participantUuid: 'u'})).to.equal('active');
  });

  it('takes aliases and PINs of every length that Pexip knows', () => {
    const transfer = (fields: object) =>
      checkControl('transfer', {participantUuid: 'u', alias: 'a', ...fields});
    for (const alias of ['a', '1234', 'sip:a@b.example', 'größe', 'x'.repeat(255)]) {
      expect(transfer({alias})).to.have.property('control');
    }
    for (const pin of ['', '0', '1'.repeat(20), '123456#', '#']) {
      expect(transfer({pin})).to.have.property('control');
    }
  });
});

describe('parseControl', () => {
  it('reads no action that it does not know', () => {
    const fields = Object.assign({}, ...Object.values(WHOLE)) as object;
    for (const name of [...INHERITED_NAMES, '', 'Mute', 'mute ', ' mute', 'mute\0', 'roster']) {
      expect(parseControl(wire(name, fields))).to.equal(undefined);
    }
    for (const odd of ODD_VALUES) expect(parseControl(odd)).to.equal(undefined);
  });

  it('reads no field below __proto__', () => {
    for (const type of TYPES) {
      const whole = wire(type, WHOLE[type]);
      expect(keepingPrototypes(() => parseControl(belowProto(whole)))).to.equal(undefined);
    }
  });

  it('never throws, and gives just what may be sent', () => {
    const value = fc.oneof(
      anything(),
      fc.boolean(),
      fc.constantFrom('u', 'host', 'guest', '12', '1#', 'x'.repeat(200), 'a\r\nb'),
    );
    const fields = objectWith(Object.keys(WRONG), value);
    const names = fc.constantFrom(...TYPES, ...INHERITED_NAMES, 'ready');
    const named = fc
      .tuple(names, fields, control())
      .map(([name, odd, valid]) => ({...(name === valid.type && valid), ...odd, ...wire(name)}));
    const seen = new Map<string, number>(TYPES.map((type) => [type, 0]));
    fc.assert(
      fc.property(
        fc.oneof({weight: 9, arbitrary: named}, {weight: 1, arbitrary: anything()}),
        (data) => {
          const read = keepingPrototypes(() => parseControl(data));
          if (!read) return;
          seen.set(read.type, (seen.get(read.type) ?? 0) + 1);
          const {type, ...rest} = read;
          expect(Object.keys(WHOLE[type])).to.include.members(Object.keys(rest));
          expect(checkControl(type, rest)).to.deep.equal({control: read});
        },
      ),
      HOSTILE_RUNS,
    );
    for (const [type, count] of seen) expect(count, type).to.be.greaterThan(5);
  });
});

describe('CONTROL_METHODS', () => {
  it('has a method for each control, with a name for each of its fields', () => {
    const named = Object.values(CONTROL_METHODS).map(([type, ...names]) => [
      type,
      names.flatMap((name) => (name === 'target' ? ['alias', 'role', 'pin'] : [name])),
    ]);
    expect(Object.fromEntries(named)).to.deep.equal(
      Object.fromEntries(TYPES.map((type) => [type, Object.keys(WHOLE[type])])),
    );
  });
});
