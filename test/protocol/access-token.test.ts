import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {parseAccessToken} from '../../src/protocol/access-token.js';
import {accessToken} from '../support/access-tokens.js';
import {HOSTILE_RUNS, keepingPrototypes, ODD_VALUES} from './hostile.js';

const EXP = 1_900_000_000;
const CLAIMS = {iss: 'host', aud: 'pexip-chat-room', sub: 'dr-bob', exp: EXP, iat: EXP - 360};
/** What JSON can hold that is no such claim. */
const ODD_CLAIMS = [null, true, [], {}, [['x']], {x: 1}];
const KNOWN = {sub: 'dr-bob', expiresAt: EXP * 1000, life: 360_000};

describe('parseAccessToken', () => {
  it('reads whose the token is, when it ends, and how long it is good', () => {
    expect(parseAccessToken(accessToken(CLAIMS))).to.deep.equal(KNOWN);
  });

  it('reads aliases in any script', () => {
    for (const sub of ['Zoë Müller', '日本', '👩‍⚕️', 'a/b+c==', 'x'.repeat(128)])
      expect(parseAccessToken(accessToken({...CLAIMS, sub}))?.sub).to.equal(sub);
  });

  it('needs no time at which it was made', () => {
    for (const iat of [undefined, null, 'x', NaN, -1, EXP, EXP + 1, [EXP - 1]])
      expect(parseAccessToken(accessToken({...CLAIMS, iat}))).to.deep.equal({
        ...KNOWN,
        life: undefined,
      });
  });

  it('takes an end within a second', () => {
    const {expiresAt} = parseAccessToken(accessToken({...CLAIMS, exp: EXP + 0.5})) ?? {};
    expect(expiresAt).to.equal(EXP * 1000 + 500);
  });

  it('is none without a user or an end that can be', () => {
    for (const odd of [...ODD_CLAIMS, 0, 1, '', 'x'.repeat(129)])
      expect(parseAccessToken(accessToken({...CLAIMS, sub: odd}))).to.equal(undefined);
    for (const odd of [...ODD_CLAIMS, '', '1900000000', 0, -1, 8.65e12, 1e300])
      expect(parseAccessToken(accessToken({...CLAIMS, exp: odd}))).to.equal(undefined);
    for (const odd of [...ODD_CLAIMS, 0, 'x', [CLAIMS]])
      expect(parseAccessToken(accessToken(odd))).to.equal(undefined);
  });

  it('is none of another form', () => {
    const good = accessToken(CLAIMS);
    const [header = '', payload = '', signature = ''] = good.split('.');
    const forms = [
      payload,
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `.${payload}.${signature}`,
      `${header}..${signature}`,
      `${good}.${signature}`,
      `${header}.${payload}.${signature}.${signature}.${signature}`,
      ` ${good}`,
      `${good}\n`,
      `Bearer ${good}`,
      `${header}.${payload}=.${signature}`,
      `${header}.${payload.slice(0, -3)}.${signature}`,
      `${header}.${btoa('{"sub":"x","exp":')}.${signature}`,
      // No UTF-8.
      `${header}.${btoa('{"sub":"\xff","exp":1900000000}').replace(/=+$/, '')}.${signature}`,
      accessToken({...CLAIMS, more: 'x'.repeat(8_192)}),
    ];
    for (const form of forms) expect(parseAccessToken(form), form).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(parseAccessToken(odd)).to.equal(undefined);
  });

  it('takes claims of its own alone', () => {
    const below = `{"__proto__":{"sub":"mallory","exp":${EXP}}}`;
    const token = `e30.${btoa(below).replace(/=+$/, '')}.e30`;
    expect(keepingPrototypes(() => parseAccessToken(token))).to.equal(undefined);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), fc.json(), (text, json) => {
        const payload = btoa(encodeURIComponent(json)).replace(/=+$/, '');
        for (const token of [text, `${text}.${text}.${text}`, `a.${payload}.b`])
          keepingPrototypes(() => parseAccessToken(token));
      }),
      HOSTILE_RUNS,
    );
  });
});
