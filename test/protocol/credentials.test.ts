import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseCredentials} from '../../src/protocol/credentials.js';
import {anything, belowProto, HOSTILE_RUNS, keepingPrototypes, objectWith} from './hostile.js';

const TOKEN = 'Tk-0123456789_abcdefghijklmnopqrstuvwxyzABC';
const LEAST = {userId: 'rbAXPnMktTFbNpwtJ', authToken: TOKEN};

describe('parseCredentials', () => {
  it('reads what a login answers', () => {
    expect(parseCredentials(LEAST)).to.deep.equal(LEAST);
    const full = {...LEAST, username: 'alice', expiresAt: '2030-01-01T00:00:00Z'};
    expect(parseCredentials(full)).to.deep.equal(full);
  });

  it('gives a copy without any other field', () => {
    const data = {...LEAST, me: {emails: ['a@example.com']}, password: 'secret'};
    const read = parseCredentials(data);
    expect(read).to.deep.equal(LEAST);
    expect(read).not.to.equal(data);
  });

  it('leaves out a name or time of another type', () => {
    for (const other of [null, 1, {}, ['alice'], new Date()]) {
      expect(parseCredentials({...LEAST, username: other, expiresAt: other})).to.deep.equal(LEAST);
    }
  });

  it('refuses a token that Rocket.Chat would take for none, or for a script', () => {
    for (const authToken of [
      undefined,
      null,
      '',
      0,
      {},
      [],
      [TOKEN],
      'undefined',
      'null',
      'x'.repeat(19),
      'x'.repeat(129),
      `${TOKEN}\n`,
      ` ${TOKEN}`,
      `${TOKEN} `,
      `${TOKEN}/`,
      `"${TOKEN}"`,
      `${TOKEN}é`,
    ]) {
      expect(parseCredentials({...LEAST, authToken})).to.equal(undefined);
    }
  });

  it('takes a token of 20 to 128 characters', () => {
    for (const length of [20, 128]) {
      const read = {...LEAST, authToken: 'x'.repeat(length)};
      expect(parseCredentials(read)).to.deep.equal(read);
    }
  });

  it('refuses a missing or malformed user id', () => {
    for (const userId of [
      undefined,
      null,
      '',
      7,
      {},
      'a b',
      'a/b',
      '../x',
      'a\n',
      'x'.repeat(129),
    ]) {
      expect(parseCredentials({...LEAST, userId})).to.equal(undefined);
    }
  });

  it('refuses what is no object', () => {
    for (const data of [undefined, null, '', TOKEN, 1, true, [LEAST]]) {
      expect(parseCredentials(data)).to.equal(undefined);
    }
  });

  it('reads nothing below __proto__', () => {
    expect(keepingPrototypes(() => parseCredentials(belowProto(LEAST)))).to.equal(undefined);
  });

  it('never throws, and gives well-formed credentials or none', () => {
    const value = fc.oneof(anything(), fc.stringMatching(/^[\w-]{15,130}$/));
    const names = ['userId', 'authToken', 'username', 'expiresAt'];
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(anything(), objectWith(names, value)), (data) => {
        const credentials = keepingPrototypes(() => parseCredentials(data));
        if (!credentials) return;
        read++;
        expect(names).to.include.members(Object.keys(credentials));
        for (const each of Object.values(credentials)) expect(each).to.be.a('string');
        expect(credentials.userId).to.match(/^[\w-]{1,128}$/);
        expect(credentials.authToken).to.match(/^[\w-]{20,128}$/);
      }),
      HOSTILE_RUNS,
    );
    expect(read).to.be.greaterThan(20);
  });
});
