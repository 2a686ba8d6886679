import {expect} from '@open-wc/testing';
import fc from 'fast-check';

import {
  COOKIE_GUARD,
  parseBrokerConfig,
  parseBrokerRefusal,
  parseChatSession,
} from '../../src/protocol/broker-api.js';
import {LIMITS} from '../../src/protocol/guards.js';
import {
  anything,
  belowProto,
  HOSTILE_RUNS,
  keepingPrototypes,
  objectWith,
  ODD_VALUES,
} from './hostile.js';

const TOKEN = 'Tk-0123456789_abcdefghijklmnopqrstuvwxyzABC';
const SESSION = {
  lease: 'lease-1',
  leaseExpiresAt: '2026-11-21T00:05:00Z',
  userId: 'u-alice',
  username: 'alice',
  surfaces: {embed: {authToken: TOKEN}, live: {authToken: `${TOKEN}2`}},
  expiresAt: '2026-11-22T00:00:00.000Z',
};
const NO_TEXT = ODD_VALUES.filter((each) => typeof each !== 'string');

describe('parseChatSession', () => {
  it('reads what the broker answers, and no more', () => {
    expect(parseChatSession(SESSION)).to.deep.equal(SESSION);
    const more = {...SESSION, alias: 'sub', secret: 'x', surfaces: {...SESSION.surfaces, x: {}}};
    expect(parseChatSession(more)).to.deep.equal(SESSION);
  });

  it('wants a lease, a user and both instants', () => {
    for (const odd of [...NO_TEXT, '', 'x'.repeat(513)])
      expect(parseChatSession({...SESSION, lease: odd})).to.equal(undefined);
    expect(parseChatSession({...SESSION, lease: 'x'.repeat(512)})).to.be.an('object');
    for (const odd of [...NO_TEXT, '', 'a b', 'a/b', '../x', 'x'.repeat(129)])
      expect(parseChatSession({...SESSION, userId: odd})).to.equal(undefined);
    for (const odd of [...NO_TEXT, '', 'x'.repeat(LIMITS.id + 1)])
      expect(parseChatSession({...SESSION, username: odd})).to.equal(undefined);
    for (const name of ['leaseExpiresAt', 'expiresAt'])
      for (const odd of [...NO_TEXT, '', 'soon', '2026-13-40', 'x'.repeat(1e6)])
        expect(parseChatSession({...SESSION, [name]: odd})).to.equal(undefined);
    for (const odd of ODD_VALUES) expect(parseChatSession(odd)).to.equal(undefined);
  });

  it('leaves out a token that Rocket.Chat would take for none', () => {
    for (const authToken of [...NO_TEXT, '', 'short', 'undefined', `${TOKEN} `, `${TOKEN}\n`]) {
      const surfaces = {embed: {authToken}, live: {authToken: TOKEN}};
      expect(parseChatSession({...SESSION, surfaces})?.surfaces).to.deep.equal({
        live: {authToken: TOKEN},
      });
    }
    for (const surfaces of [...ODD_VALUES, {live: TOKEN}, [SESSION.surfaces]])
      expect(parseChatSession({...SESSION, surfaces})?.surfaces).to.deep.equal({});
  });

  it('reads no inherited name', () => {
    expect(parseChatSession(Object.create(SESSION))).to.equal(undefined);
    expect(keepingPrototypes(() => parseChatSession(belowProto(SESSION)))).to.equal(undefined);
    const surfaces = Object.create(SESSION.surfaces) as unknown;
    expect(parseChatSession({...SESSION, surfaces})?.surfaces).to.deep.equal({});
    const below = belowProto(SESSION.surfaces);
    expect(parseChatSession({...SESSION, surfaces: below})?.surfaces).to.deep.equal({});
  });

  it('never throws, and gives just known fields of the right type', () => {
    const value = fc.oneof(
      anything(),
      fc.stringMatching(/^[\w-]{15,130}$/),
      fc.record({live: fc.record({authToken: fc.stringMatching(/^[\w-]{15,130}$/)})}),
    );
    const data = objectWith(Object.keys(SESSION), value).chain((odd) =>
      fc.constantFrom<unknown>(odd, {...SESSION, ...odd}),
    );
    let read = 0;
    fc.assert(
      fc.property(fc.oneof(data, anything()), (given) => {
        const session = keepingPrototypes(() => parseChatSession(given));
        if (!session) return;
        read++;
        expect(Object.keys(session)).to.have.members(Object.keys(SESSION));
        for (const [surface, each] of Object.entries(session.surfaces)) {
          expect(surface).to.be.oneOf(['embed', 'live']);
          expect(each.authToken).to.match(/^[\w-]{20,128}$/);
        }
        for (const each of [session.expiresAt, session.leaseExpiresAt])
          expect(Date.parse(each)).to.be.finite;
      }),
      HOSTILE_RUNS,
    );
    expect(read).to.be.greaterThan(500);
  });
});

describe('parseBrokerConfig', () => {
  it('reads the addresses, and leaves out what is none', () => {
    const config = {node: 'https://node.example', path: '/webapp3', server: 'https://chat.example'};
    expect(parseBrokerConfig({...config, more: 1})).to.deep.equal(config);
    for (const odd of [...NO_TEXT, '', 'x'.repeat(2049)])
      expect(parseBrokerConfig({...config, path: odd})).to.deep.equal({
        node: config.node,
        server: config.server,
      });
    for (const odd of [...ODD_VALUES, belowProto(config), Object.create(config)])
      expect(keepingPrototypes(() => parseBrokerConfig(odd))).to.deep.equal({});
  });

  it('reads what the broker can do, without what is no text', () => {
    const featuresOf = (features: unknown) => parseBrokerConfig({features}).features;
    expect(featuresOf(['users', 'delete-chats'])).to.deep.equal(['users', 'delete-chats']);
    expect(featuresOf(['users', ...NO_TEXT, '', 'x'.repeat(65)])).to.deep.equal(['users']);
    for (const odd of ODD_VALUES) expect(featuresOf(odd)).to.equal(undefined);
    expect(featuresOf(Array(10_000).fill('x'))).to.have.length(100);
  });
});

describe('parseBrokerRefusal', () => {
  const error = {code: 'sign-in-queued', message: 'Wait', position: 7};

  it('reads why, and the place in the queue', () => {
    const {code, position} = error;
    expect(parseBrokerRefusal({error})).to.deep.equal({code, position});
    expect(parseBrokerRefusal({error: {code: 'x'}})).to.deep.equal({code: 'x'});
    expect(parseBrokerRefusal({error: {...error, position: 0, stack: 's'}})).to.deep.equal({
      code,
      position: 0,
    });
  });

  it('leaves out a place that is none', () => {
    for (const position of [undefined, null, 1.5, NaN, 1e309, '7', {}])
      expect(parseBrokerRefusal({error: {...error, position}})).to.deep.equal({code: error.code});
  });

  it('takes nothing but words for a code, as a proxy may repeat a token there', () => {
    for (const code of [TOKEN, 'Sign-In', 'a--b', '_a', '-a', 'a-', 'a b', 'a1', 'x.y.z', 'ä'])
      expect(parseBrokerRefusal({error: {...error, code}})).to.equal(undefined);
  });

  it('takes no other answer for one of the broker', () => {
    for (const code of [...NO_TEXT, '', 'x'.repeat(LIMITS.code + 1)])
      expect(parseBrokerRefusal({error: {...error, code}})).to.equal(undefined);
    for (const odd of ODD_VALUES) {
      expect(parseBrokerRefusal(odd)).to.equal(undefined);
      expect(parseBrokerRefusal({error: odd})).to.equal(undefined);
    }
    for (const data of [{error: 'unauthorized'}, {success: false, error: 'x', errorType: 'y'}])
      expect(parseBrokerRefusal(data)).to.equal(undefined);
    expect(keepingPrototypes(() => parseBrokerRefusal(belowProto({error})))).to.equal(undefined);
    expect(parseBrokerRefusal({error: belowProto(error)})).to.equal(undefined);
  });
});

describe('the header that goes with a cookie', () => {
  it('is one that no form and no other origin can send unasked', () => {
    expect(COOKIE_GUARD).to.deep.equal({'X-Requested-With': 'pexip-chat-room'});
  });
});
