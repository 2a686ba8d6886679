import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {PexipChatError} from '../../src/errors.js';
import {readOptions} from '../../src/widget/options.js';

const SECRET = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c3JfMTIzNDU2In0.c2lnbmF0dXJl';

const refusal = (given: unknown): PexipChatError => {
  try {
    readOptions(given);
  } catch (error) {
    return error as PexipChatError;
  }
  throw new Error('These options were taken.');
};

/** Refused as an option that is wrong, in words that are not the page's. */
const expectRefused = (given: unknown): string => {
  const error = refusal(given);
  expect(error).to.be.instanceOf(PexipChatError);
  expect(error.code).to.equal('invalid-option');
  expect(error.message).to.have.length.below(700);
  expect(error.message).not.to.contain('secret');
  expect(error.cause).to.equal(undefined);
  return error.message;
};

const throwing = (): never => {
  throw new Error(`secret ${SECRET}`);
};

describe('options of a page that means ill or has a bug', () => {
  it('are refused when a getter throws, and nothing of what it threw is told', () => {
    const getter = {enumerable: true, get: throwing};
    expectRefused(Object.defineProperty({}, 'accessToken', getter));
    expectRefused({layout: Object.defineProperty({}, 'header', getter)});
    expectRefused({tools: {whiteboard: Object.defineProperty({}, 'wb_pen', getter)}});
  });

  it('are refused when they are a proxy that throws, or one that was revoked', () => {
    expectRefused(new Proxy({}, {ownKeys: throwing}));
    expectRefused(new Proxy({accessToken: 'jwt'}, {get: throwing}));
    expectRefused(new Proxy({}, {getOwnPropertyDescriptor: throwing, ownKeys: () => ['layout']}));
    const {proxy, revoke} = Proxy.revocable({}, {});
    revoke();
    expectRefused(proxy);
    expectRefused({layout: proxy});
    expectRefused({environment: proxy});
  });

  it('are read once: what was checked is what is used', () => {
    let reads = 0;
    const given = Object.defineProperty({}, 'callType', {
      enumerable: true,
      get: () => (reads++ ? SECRET : 'audio_only'),
    });
    expect(readOptions(given)).to.deep.equal({callType: 'audio_only'});
    expect(reads).to.equal(1);
  });

  it('are copied: the page changes nothing afterwards', () => {
    const layout = {header: {background: 'red'}};
    const read = readOptions({layout});
    layout.header.background = SECRET;
    expect(read).to.deep.equal({layout: {header: {background: 'red'}}});
  });

  it('count only if they are their own: nothing comes from a prototype', () => {
    expect(readOptions(Object.create({accessToken: 'jwt', nonsense: true}))).to.deep.equal({});
    expectRefused(JSON.parse('{"__proto__": {"accessToken": "jwt"}}'));
    expectRefused(JSON.parse('{"constructor": {}}'));
    expectRefused({layout: JSON.parse('{"__proto__": {"header": 1}}')});
    expect(({} as {accessToken?: string}).accessToken).to.equal(undefined);
  });

  it('may have no prototype', () => {
    const given = Object.assign(Object.create(null), {hidden: true, layout: Object.create(null)});
    expect(readOptions(given)).to.deep.equal({hidden: true, layout: {}});
  });

  it('may be an instance of a class of the page', () => {
    class Given {
      hidden = true;
    }
    expect(readOptions(new Given())).to.deep.equal({hidden: true});
  });

  it('are no map, date or promise, which would look like nothing at all', () => {
    for (const odd of [new Map([['chat', true]]), new Date(), Promise.resolve({}), new Set()]) {
      expectRefused(odd);
      expectRefused({tools: odd});
    }
  });

  it('may not call themselves something', () => {
    const odd = Object.defineProperty({}, Symbol.toStringTag, {get: throwing});
    expectRefused(odd);
    expectRefused({environment: odd});
    expectRefused({environment: {[Symbol.toStringTag]: `secret ${SECRET}`}});
    expectRefused({environment: {toString: throwing, toJSON: throwing}});
  });

  it('are told by their length when they are huge', () => {
    const huge = `secret${'x'.repeat(1e6)}`;
    expect(expectRefused({environment: huge})).to.contain('a text of 1000006 characters');
    for (const name of ['broker', 'language', 'userAlias', 'accessToken', 'mode'])
      expect(expectRefused({[name]: huge})).to.contain('characters');
    expectRefused({layout: {fontFamily: huge}});
    expectRefused({[huge]: true});
    expectRefused({layout: {[huge]: true}});
  });

  it('tell no token, wherever the page has put it by mistake', () => {
    const names = [
      ...['environment', 'broker', 'useCookie', 'hidden', 'language', 'layout', 'tools', 'view'],
      ...['userDetailsProvider', 'callType', 'record', 'mode', 'virtualBackground', 'isAdmin'],
    ];
    for (const name of names) expect(expectRefused({[name]: SECRET})).not.to.contain('eyJ');
    for (const wrong of [
      [SECRET],
      {token: SECRET},
      ` ${SECRET}`,
      `Bearer ${SECRET}`,
      Symbol(SECRET),
    ])
      expect(expectRefused({accessToken: wrong})).not.to.contain('eyJ');
    expect(expectRefused({accessToken: 'top secret'})).to.contain('a text of 10 characters');
    expect(expectRefused({[SECRET]: true})).not.to.contain('eyJ');
    expect(expectRefused({broker: `https://me:${SECRET}@broker.example.com`})).not.to.contain(
      'eyJ',
    );
    for (const name of ['hidden', 'layout', 'userDetailsProvider'])
      expect(expectRefused({[name]: 'hunter2'})).to.contain('not a text of 7 characters');
  });

  it('are taken or refused, and nothing else happens, whatever they are', () => {
    const names = fc.constantFrom('accessToken', 'environment', 'layout', 'tools', 'language', 'x');
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.dictionary(names, fc.anything())), (given) => {
        try {
          readOptions(given);
        } catch (error) {
          expect((error as PexipChatError).code).to.equal('invalid-option');
        }
      }),
      {numRuns: 500},
    );
  });
});
