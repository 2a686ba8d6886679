import {expect} from '@open-wc/testing';

import {formattedName} from '../../../src/elements/floating/details-formatter.js';
import {ODD_VALUES} from '../../protocol/hostile.js';

const BOB = Object.freeze({userAlias: 'dr-bob', firstName: 'Bob', lastName: 'Keller'});
const formatted = (formatter: unknown): string => formattedName(formatter, BOB);

describe('the name that a formatter gives', () => {
  it('is what it returns for what is known of the user', () => {
    const name = formatted((user: typeof BOB) => `${user.firstName} ${user.lastName}`);
    expect(name).to.equal('Bob Keller');
  });

  it('is the alias where it throws, whatever it throws', () => {
    for (const reason of [new Error('x'), null, undefined, 'x', {}])
      expect(
        formatted(() => {
          throw reason;
        }),
      ).to.equal('dr-bob');
    expect(formatted((user: {x: {y: string}}) => user.x.y)).to.equal('dr-bob');
    // No tail call, which WebKit would repeat for ever.
    const endless = (): string => `${endless()}!`;
    expect(formatted(endless)).to.equal('dr-bob');
  });

  it('is told on the console as one that throws, once, without what it threw', () => {
    const {warn} = console;
    const said: string[] = [];
    console.warn = (...words: unknown[]) => void said.push(words.join(' '));
    try {
      for (let times = 0; times < 2; times++)
        formatted(() => {
          throw new Error(`CANARY ${times}`);
        });
    } finally {
      console.warn = warn;
    }
    // Another test of this page may have been the first.
    expect(said.length).to.be.lessThan(2);
    for (const line of said)
      expect(line).to.include('userDetailsFormatter').and.not.include('CANARY');
  });

  it('is the alias where it returns no text', () => {
    const odd = [Promise.resolve('Bob'), new String('Bob'), ['Bob'], {toString: () => 'Bob'}];
    for (const value of [...ODD_VALUES.filter((each) => typeof each !== 'string'), ...odd])
      expect(formatted(() => value)).to.equal('dr-bob');
  });

  it('is the alias where nobody sees anything of it', () => {
    for (const empty of ['', ' ', '\n\t', '\u200b', '\u202e\u2066', '\u2800', '\u3164', '\ufeff\0'])
      expect(formatted(() => empty)).to.equal('dr-bob');
  });

  it('is the alias where the formatter is no function', () => {
    for (const odd of ODD_VALUES)
      if (typeof odd !== 'function') expect(formatted(odd)).to.equal('dr-bob');
  });

  it('is one line of at most 256 characters', () => {
    expect(formatted(() => ' Bob\r\n\u2028Keller\t')).to.equal('Bob Keller');
    expect(formatted(() => 'x'.repeat(10_000_000))).to.equal('x'.repeat(256));
    expect(formatted(() => `${'x'.repeat(255)}👩`)).to.equal('x'.repeat(255));
  });

  it('turns no text around it', () => {
    expect(formatted(() => '\u202eBob\u202c')).to.equal('Bob');
    expect(formatted(() => '\u2066Bob')).to.equal('Bob');
    expect(formatted(() => 'Bo\0b\u001b[31m\u200fKeller')).to.equal('Bob[31mKeller');
    expect(formatted(() => 'בוב')).to.equal('בוב');
  });

  it('stays text, whatever stands in it', () => {
    const html = '<img src=x onerror=alert(1)>';
    expect(formatted(() => html)).to.equal(html);
  });

  it('is of an object that the formatter may change', () => {
    const meddling = (user: Record<string, unknown>) => {
      const name = String(user['firstName']);
      user['firstName'] = 'Mallory';
      user['userAlias'] = 'boss';
      return name;
    };
    expect(formatted(meddling)).to.equal('Bob');
    expect(formatted(meddling)).to.equal('Bob');
    expect(
      formatted((user: Record<string, unknown>) => {
        user['userAlias'] = 'boss';
        throw new Error('x');
      }),
    ).to.equal('dr-bob');
  });

  it('is the alias in a form that can be seen', () => {
    expect(formattedName(undefined, {userAlias: 'x\n\u202ey'})).to.equal('x y');
  });
});
