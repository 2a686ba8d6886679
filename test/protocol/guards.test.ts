import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {defined, field, identifier, LIMITS, text} from '../../src/protocol/guards.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  INHERITED_NAMES,
  keepingPrototypes,
  ODD_VALUES,
} from './hostile.js';

describe('field', () => {
  it('reads an own property, whatever its value', () => {
    for (const value of ODD_VALUES) {
      expect(Object.is(field({name: value}, 'name'), value)).to.equal(true);
    }
  });

  it('reads an own property of an object without a prototype', () => {
    expect(field(Object.assign(Object.create(null), {name: 1}), 'name')).to.equal(1);
  });

  it('reads no inherited name', () => {
    for (const name of INHERITED_NAMES) expect(field({}, name)).to.equal(undefined);
    expect(field(Object.create({name: 1}), 'name')).to.equal(undefined);
    expect(field(belowProto({name: 1}), 'name')).to.equal(undefined);
  });

  it('reads an inherited name that a peer has made its own', () => {
    expect(field(JSON.parse('{"constructor": 1}'), 'constructor')).to.equal(1);
    expect(field(belowProto({name: 1}), '__proto__')).to.deep.equal({name: 1});
  });

  it('is undefined for what is no object, as a text or function with that property', () => {
    for (const data of [undefined, null, 1, 'text', true, 1n, Symbol('x'), () => 1]) {
      expect(field(data, 'length')).to.equal(undefined);
      expect(field(data, 'name')).to.equal(undefined);
    }
  });

  it('never throws, and gives the own value or undefined', () => {
    const name = fc.oneof(fc.constantFrom(...INHERITED_NAMES), fc.string());
    fc.assert(
      fc.property(anything(), name, (data, key) => {
        const own = Object(data) === data && Object.hasOwn(data as object, key);
        const value = keepingPrototypes(() => field(data, key));
        if (!own) expect(value).to.equal(undefined);
      }),
      HOSTILE_RUNS,
    );
  });
});

describe('text', () => {
  it('keeps a text of up to the limit, and cuts a longer one', () => {
    expect(text('', 3)).to.equal('');
    expect(text('abc', 3)).to.equal('abc');
    expect(text('abcd', 3)).to.equal('abc');
  });

  it('takes no other type for a text, not even one that could become one', () => {
    for (const value of ODD_VALUES.filter((each) => typeof each !== 'string')) {
      expect(text(value, 3)).to.equal(undefined);
    }
    expect(text(new String('abc'), 3)).to.equal(undefined);
    expect(text({toString: () => 'abc'}, 3)).to.equal(undefined);
  });
});

describe('identifier', () => {
  it('keeps a text of 1 up to the limit', () => {
    expect(identifier('a', 3)).to.equal('a');
    expect(identifier('abc', 3)).to.equal('abc');
  });

  it('refuses an empty or longer text, as a part of it would name something else', () => {
    expect(identifier('', 3)).to.equal(undefined);
    expect(identifier('abcd', 3)).to.equal(undefined);
  });

  it('has the limit of ids unless another is given', () => {
    expect(identifier('x'.repeat(LIMITS.id))).to.have.length(LIMITS.id);
    expect(identifier('x'.repeat(LIMITS.id + 1))).to.equal(undefined);
  });

  it('takes no other type', () => {
    for (const value of ODD_VALUES.filter((each) => typeof each !== 'string')) {
      expect(identifier(value)).to.equal(undefined);
    }
    expect(identifier(['abc'])).to.equal(undefined);
  });
});

describe('defined', () => {
  it('leaves out just what is undefined', () => {
    const fields = {a: undefined, b: null, c: 0, d: '', e: false};
    expect(defined(fields)).to.have.all.keys('b', 'c', 'd', 'e');
    expect(defined(fields)).to.deep.equal({b: null, c: 0, d: '', e: false});
  });

  it('gives a copy', () => {
    const fields = {a: 1};
    expect(defined(fields)).not.to.equal(fields);
  });
});
