import assert from 'node:assert/strict';
import {randomBytes} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';

import selfsigned from 'selfsigned';

import {readSettings} from '../../broker/dist/config/read-settings.js';
import {SETTINGS} from '../../broker/dist/config/setting-table.js';
import {leastSettings, problemsOf, randomSecret, withChange} from './support/settings.mjs';

const problems = (settings) => problemsOf(() => readSettings(settings));
/** What is wrong once one setting of good ones is another. */
const problemsWith = (path, value) => problems(withChange(leastSettings(), path, value));

/** Expects one problem, which begins with the setting. */
const refused = (path, value, why, place = path) => {
  const found = problemsWith(path, value);
  assert.equal(found.length, 1, `${path} ${String(value)}: ${found.join(' | ') || 'taken'}`);
  assert.ok(found[0].startsWith(`${place} `), found[0]);
  if (why) assert.match(found[0], why);
};
const taken = (path, value) => assert.deepEqual(problemsWith(path, value), [], String(value));

describe('the settings of the broker', () => {
  it('are complete once the least is written, with times in ms', () => {
    const {secret, apiKeys, rocketChat, store, ...rest} = readSettings(leastSettings());
    assert.equal(Buffer.byteLength(secret), 44);
    assert.equal(apiKeys.length, 1);
    assert.equal(typeof store.sqlite, 'string');
    const {userId: _userId, authToken: _authToken, ...workspace} = rocketChat;
    assert.deepEqual(workspace, {
      server: 'https://chat.example.com',
      internalUrl: 'https://chat.example.com',
      mint: 'auto',
      calls: 10,
      window: 60_000,
      timeout: 10_000,
    });
    assert.deepEqual(rest, {
      publicUrl: 'https://broker.example.com',
      origins: ['https://app.example.com'],
      listen: {host: '127.0.0.1', port: 8090},
      trustProxy: [],
      pexip: {theme: 'rocket.chat'},
      meetings: {grace: 60_000, admins: []},
      recording: {protocol: 'rtmp', name: 'Recording'},
      discussions: {timeZone: 'UTC'},
      calls: {},
      chats: {delete: false},
      jwt: [],
      users: {
        link: 'none',
        create: true,
        ownEmail: false,
        emailDomain: 'pexip-chat-room.invalid',
      },
      sessions: {tokenLifetime: 86_400_000, leaseTime: 300_000, afterLast: 60_000},
      limits: {
        perUser: 3000,
        refusedPerAddress: 30,
        mintsPerUser: 6,
        lookUpsPerUser: 30,
        namesPerUser: 1000,
        meetingsPerUser: 30,
        events: 33_554_432,
        body: 131_072,
        upload: 104_857_600,
      },
      outgoing: {noProxy: []},
      audit: {retention: 7_776_000_000},
      log: {level: 'info'},
    });
  });

  it('are frozen to the last list', () => {
    const settings = readSettings(leastSettings());
    assert.ok(Object.isFrozen(settings) && Object.isFrozen(settings.origins));
    assert.ok(Object.isFrozen(settings.rocketChat));
  });

  it('have a table that names the fields of BrokerSettings, all of them and no other', () => {
    const source = readFileSync(
      new URL('../../broker/src/config/settings.ts', import.meta.url),
      'utf8',
    );
    const fields = [...source.matchAll(/readonly (\w+)\??: /g)].map(([, name]) => name);
    const named = SETTINGS.flatMap(({path}) => path.replace('[]', '').split('.'));
    assert.deepEqual([...new Set(named)].sort(), [...new Set(fields)].sort());
  });

  it('that are missing are told all at once, each with its variable', () => {
    const found = problems({});
    for (const start of [
      'publicUrl (BROKER_PUBLIC_URL) is missing. ',
      'origins (BROKER_ORIGINS) is missing. ',
      'secret (BROKER_SECRET) is missing. Make one: openssl rand -base64 32',
      'rocketChat.server (BROKER_ROCKET_CHAT_SERVER) is missing. ',
      'rocketChat.userId (BROKER_ROCKET_CHAT_USER_ID) is missing. ',
      'rocketChat.authToken (BROKER_ROCKET_CHAT_AUTH_TOKEN) is missing. ',
      'jwt, cookie, apiKeys are all missing',
    ])
      assert.ok(
        found.some((each) => each.startsWith(start)),
        `${start}\n${found.join('\n')}`,
      );
    assert.equal(found.length, 7);
  });

  it('that are blank are missing', () => {
    refused('secret', '', /is missing/);
    refused('rocketChat.authToken', '', /is missing/);
    refused('origins', [], /is missing/);
  });

  it('that are no table at all are refused, without an exception of another kind', () => {
    for (const given of [undefined, null, 'text', 7, [], new Date(), () => {}])
      assert.ok(problems(given).some((each) => each.startsWith('The configuration must be')));
    for (const {path} of SETTINGS)
      for (const strange of [null, 7.5, 'x', [[]], {a: {}}, new Date(), true, Symbol('s'), 10n])
        problems(withChange(leastSettings(), path.replace('[]', ''), strange));
    for (const group of ['rocketChat', 'sessions', 'store', 'cookie', 'jwt', 'log'])
      for (const strange of [null, 7, 'x', [], [7], [[]], {}, {a: 1}])
        problems({...leastSettings(), [group]: strange});
    refused('sessions', 'long', /must be a table/);
    refused('jwt', {issuer: 'x'}, /must be a list of tables/);
  });

  it('that the broker does not know are refused, with the name that was meant', () => {
    refused(
      'origin',
      ['https://app.example.com'],
      /no setting of the broker; did you mean origins\?$/,
    );
    refused('public_url', 'https://x.example', /did you mean publicUrl\?$/);
    refused('rocketChat.authtoken', randomSecret(), /did you mean rocketChat.authToken\?$/);
    refused('wholly', {other: 1}, /^wholly is no setting of the broker\.$/);
    refused('__proto__x', 1, /no setting/);
    const issuer = {issuer: 'app', secret: randomSecret(), algorithm: 'HS256'};
    refused('jwt', [issuer], /did you mean jwt\[\]\.algorithms\?$/, 'jwt[0].algorithm');
    assert.equal(problems(JSON.parse('{"__proto__": {"secret": 1}}')).length, 8);
  });
});

describe('a secret', () => {
  it('that is random is taken, in every usual writing', () => {
    for (let round = 0; round < 300; round += 1)
      for (const text of [
        randomBytes(32).toString('base64'),
        randomBytes(32).toString('base64url'),
        randomBytes(32).toString('hex'),
        randomBytes(16).toString('hex'),
        randomBytes(24).toString('base64'),
      ])
        taken('secret', text);
  });

  it('that is short is refused, in bytes', () => {
    refused('secret', randomBytes(15).toString('hex'), /has 30 bytes and needs 32/);
    refused('apiKeys', [randomSecret(), randomBytes(8).toString('hex')], /16 bytes/, 'apiKeys[1]');
    refused('rocketChat.authToken', 'aZ3kQ9', /6 bytes and needs 16/);
    const issuer = {issuer: 'https://app.example.com', secret: randomBytes(15).toString('hex')};
    refused('jwt', [issuer], /30 bytes and needs 32/, 'jwt[0].secret');
  });

  for (const text of [
    'changeme-changeme-changeme-changeme-1',
    'change-me-to-something-that-is-long-enough',
    'replace-with-openssl-rand-base64-32',
    'my-very-long-secret-which-nobody-knows',
    'ThisIsThePasswordOfOurBroker2026-11',
    'an-example-of-a-long-value-for-you-1234',
    'a'.repeat(40),
    'ab'.repeat(20),
    'hunter42hunter42hunter42hunter42hunt',
    'abcdefghijklmnopqrstuvwxyz0123456789',
    '0123456789abcdef0123456789abcdef',
    '98765432109876543210987654321098',
    'aaaabbbbaaaabbbbbaabbbabababbbbaabba',
    '                                        ',
  ])
    it(`such as ${text.slice(0, 24)}… is refused everywhere, and not repeated`, () => {
      const jwt = [{issuer: 'app', secret: text}];
      for (const [path, value] of [
        ['secret', text],
        ['rocketChat.authToken', text],
        ['rocketChat.createTokenSecret', text],
        ['apiKeys', [text]],
        ['jwt', jwt],
      ]) {
        const found = problemsWith(path, value);
        assert.equal(found.length, 1, `${path}: ${found.join(' | ')}`);
        assert.ok(!found[0].includes(text), found[0]);
      }
    });

  it('that serves two ends is refused', () => {
    const settings = leastSettings();
    const [key] = settings.apiKeys;
    assert.match(problems({...settings, secret: key})[0], /^apiKeys\[0\] .*is the same as secret/);
  });

  it('of any kind is in no problem and no message, whatever else is wrong', () => {
    const canary = () => `Kq7${randomBytes(9).toString('hex')}\n`;
    const used = [];
    const fresh = () => used[used.push(canary()) - 1];
    for (const {path, list} of SETTINGS) {
      const value = list ? [fresh()] : fresh();
      const item = path.startsWith('jwt[].');
      const settings = item
        ? {...leastSettings(), jwt: [{[path.slice(6)]: value}]}
        : withChange(leastSettings(), path, value);
      let thrown;
      try {
        readSettings(settings);
      } catch (error) {
        thrown = error;
      }
      assert.ok(thrown, path);
      const text = `${thrown.stack}${thrown.problems.join()}`;
      for (const each of used) assert.ok(!text.includes(each.trim()), `${path}: ${text}`);
    }
  });
});

describe('an origin', () => {
  for (const [origin, why] of [
    ['*', /lets every page ask/],
    ['null', /begins with https/],
    ['https://app.example.com/', /Write https:\/\/app\.example\.com\./],
    ['https://app.example.com/path', /no path/],
    ['https://App.example.com', /Write https:\/\/app\.example\.com\./],
    ['https://app.example.com:443', /no usual port/],
    ['https://user:geheim@app.example.com', /has a name or a password/],
    ['http://app.example.com', /must begin with https/],
    ['http://localhost.example.com', /must begin with https/],
    ['http://127.0.0.1.example.com', /must begin with https/],
    ['https://app.example.com?x', /Write/],
    ['https://bücher.example', /Write https:\/\/xn--bcher-kva\.example/],
    ['ftp://app.example.com', /begins with https/],
    ['file:///tmp', /begins with https/],
    ['app.example.com', /begins with https/],
    ['https://*.example.com', undefined],
    ['https://app.example.com\n', /control character/],
    [' https://app.example.com', /space/],
    ['https:app.example.com', /begins with https/],
    [7, /must be a text/],
  ])
    it(`${JSON.stringify(origin)} is refused`, () => {
      refused('origins', ['https://ok.example.com', origin], why, 'origins[1]');
      const [found] = problemsWith('origins', [origin]);
      assert.ok(!found.includes('geheim'));
    });

  it('as a browser writes it is taken, http on this machine only', () => {
    taken('origins', [
      'https://app.example.com',
      'https://app.example.com:8443',
      'http://localhost:3000',
      'http://app.localhost',
      'http://127.0.0.1:8080',
      'http://[::1]:8080',
      'https://xn--bcher-kva.example',
    ]);
  });

  it('that is there twice counts once', () => {
    const origins = ['https://app.example.com', 'https://app.example.com'];
    assert.deepEqual(readSettings({...leastSettings(), origins}).origins, [origins[0]]);
  });
});

describe('an address', () => {
  for (const path of ['publicUrl', 'rocketChat.server'])
    it(`of ${path} is https, or of this machine`, () => {
      refused(path, 'http://broker.example.com', /must begin with https/);
      refused(path, 'https://u:p@broker.example.com', /name or a password/);
      refused(path, 'https://broker.example.com/?a', /must end before/);
      refused(path, 'https://broker.example.com#a', /must end before/);
      refused(path, 'javascript:alert(1)', /begins with https/);
      refused(path, 'broker.example.com', /begins with https/);
      taken(path, 'http://localhost:8090');
      taken(path, 'https://broker.example.com/chat');
    });

  it('of the workspace loses the slashes at its end, and is the internal one unless that is set', () => {
    const settings = withChange(leastSettings(), 'rocketChat.server', 'https://x.example/chat//');
    const {rocketChat} = readSettings(settings);
    assert.equal(rocketChat.server, 'https://x.example/chat');
    assert.equal(rocketChat.internalUrl, 'https://x.example/chat');
    const other = withChange(settings, 'rocketChat.internalUrl', 'http://rocketchat:3000/');
    assert.equal(readSettings(other).rocketChat.internalUrl, 'http://rocketchat:3000');
  });

  it('of keys, or of who knows the cookie, is https', () => {
    const jwt = (jwksUrl) => [{issuer: 'app', jwksUrl}];
    refused('jwt', jwt('http://keys.example.com/jwks'), /https/, 'jwt[0].jwksUrl');
    refused('jwt', jwt('https://a:b@keys.example.com/jwks'), /password/, 'jwt[0].jwksUrl');
    taken('jwt', jwt('https://keys.example.com/jwks?v=2'));
    refused('cookie', {name: 'sid', url: 'http://app.example.com/who'}, /https/, 'cookie.url');
    taken('cookie', {name: 'sid', url: 'https://app.example.com/who'});
  });

  it('of Redis and of a proxy is of its kind', () => {
    for (const good of [
      'redis://localhost:6379/1',
      'rediss://:p@redis.example.com',
      '/run/redis.sock',
      'unix:///run/redis.sock?db=1&password=p',
    ])
      taken('store.redis', good);
    for (const bad of [
      'http://redis.example.com',
      'redis.example.com',
      'run/redis.sock',
      'redis:///1',
      'redis://redis.example.com/name',
      'unix://run/redis.sock',
      'unix:///',
    ])
      refused('store.redis', bad, /must be an address as rediss/);
    taken('outgoing.noProxy', ['chat.internal', '.example.com', '10.0.0.5', '[::1]', 'keys']);
    for (const bad of ['*', '*.example.com', 'Chat.internal', 'a:3000', 'https://a', '10.0.0.0/8'])
      refused('outgoing.noProxy', [bad], /must be a host or a domain/, 'outgoing.noProxy[0]');
    taken('outgoing.proxy', 'http://user:pass@proxy.example.com:3128');
    for (const bad of ['socks5://proxy.example.com', 'proxy:3128', 'http://proxy.example.com/x'])
      refused('outgoing.proxy', bad, /must be the address of a proxy/);
  });
});

describe('a way to prove who one is', () => {
  const without = () => withChange(leastSettings(), 'apiKeys', undefined);
  const secret = randomSecret();

  it('must be there, and any one will do', () => {
    assert.match(problems(without())[0], /jwt, cookie, apiKeys are all missing: nobody could/);
    assert.deepEqual(problems({...without(), jwt: [{issuer: 'app', secret}]}), []);
    const cookie = {name: 'sid', hook: () => undefined};
    assert.equal(readSettings({...without(), cookie}).cookie.hook, cookie.hook);
    assert.ok(!Object.isFrozen(cookie.hook));
  });

  it('by tokens has one of a secret and an address of keys, and signatures that go with it', () => {
    const jwksUrl = 'https://keys.example.com/jwks';
    const issuer = (more) => [{issuer: 'app', ...more}];
    refused('jwt', issuer({}), /neither secret nor jwksUrl/, 'jwt[0]');
    refused('jwt', issuer({secret, jwksUrl}), /both/, 'jwt[0]');
    for (const algorithms of [['none'], ['HS256', 'none'], ['None'], ['hs256'], ['']])
      for (const by of [{secret}, {jwksUrl}]) {
        const found = problemsWith('jwt', issuer({...by, algorithms}));
        assert.ok(found.some((each) => /^jwt\[0\]\.algorithms\[\d\] .*must be one of/.test(each)));
      }
    for (const name of ['HS256', 'HS384', 'HS512']) {
      const found = problemsWith('jwt', issuer({jwksUrl, algorithms: ['RS256', name]}));
      assert.match(found[0], /^jwt\[0\]\.algorithms .*not for public keys/);
      taken('jwt', issuer({secret, algorithms: [name]}));
    }
    for (const name of ['RS256', 'PS512', 'ES384', 'EdDSA']) {
      const found = problemsWith('jwt', issuer({secret, algorithms: [name]}));
      assert.match(found[0], /^jwt\[0\]\.algorithms .*not for a shared secret/);
      taken('jwt', issuer({jwksUrl, algorithms: [name]}));
    }
    refused('jwt', [{secret}], /is missing/, 'jwt[0].issuer');
    refused('jwt', [...issuer({secret}), ...issuer({jwksUrl})], /twice/, 'jwt[1].issuer');
    refused('jwt', ['app'], /must be a table/, 'jwt[0]');
  });

  it('by tokens has the audience of the product and safe signatures by default', () => {
    const jwt = [
      {issuer: 'one', secret},
      {issuer: 'two', jwksUrl: 'https://keys.example.com/jwks'},
    ];
    const settings = readSettings({...leastSettings(), jwt});
    assert.deepEqual(
      settings.jwt.map(({algorithms, audience}) => [audience, ...algorithms]),
      [
        ['pexip-chat-room', 'HS256'],
        ['pexip-chat-room', 'RS256', 'ES256'],
      ],
    );
  });

  it('by a cookie needs its name, and one who knows it', () => {
    const url = 'https://app.example.com/who';
    refused('cookie', {url}, /is missing/, 'cookie.name');
    refused('cookie', {name: 'sid'}, /needs one of url and hook/);
    refused('cookie', {name: 'sid', url, hook: () => undefined}, /needs one of url and hook/);
    refused('cookie', {name: 'a b', url}, /name of a cookie/, 'cookie.name');
    refused('cookie', {name: 'sid', hook: 'x'}, /must be a function/, 'cookie.hook');
  });
});

describe('times and numbers', () => {
  it('are seconds, or texts with a unit', () => {
    const leaseTime = (value) =>
      readSettings(withChange(leastSettings(), 'sessions.leaseTime', value)).sessions.leaseTime;
    assert.deepEqual(
      [10, 90.5, '10s', '15000ms', '5m', '1h'].map(leaseTime),
      [10_000, 90_500, 10_000, 15_000, 300_000, 3_600_000],
    );
    for (const bad of ['', '5', '5 m', '-5m', '5min', 'm', '1e3s', NaN, Infinity, null, true])
      if (bad !== null) refused('sessions.leaseTime', bad, /time/);
  });

  it('have bounds: a lease of 10 s, and tokens at least as long as a lease', () => {
    refused('sessions.leaseTime', 9, /between 10 and 86400 seconds/);
    refused('sessions.leaseTime', 300_000, /between 10/);
    const sessions = {leaseTime: '2h', tokenLifetime: '1h'};
    refused('sessions', sessions, /shorter than sessions.leaseTime/, 'sessions.tokenLifetime');
    taken('sessions', {leaseTime: '1h', tokenLifetime: '1h'});
    for (const bad of [0, -1, 1.5, '10', NaN]) refused('limits.perUser', bad, /whole number/);
    for (const bad of [-1, 65_536, '8090']) refused('listen.port', bad, /between 0 and 65535/);
    taken('listen.port', 0);
  });
});

describe('what else is decided', () => {
  it('names proxies by address, never all of them', () => {
    taken('trustProxy', ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8']);
    for (const bad of ['0.0.0.0/0', '::/0'])
      refused('trustProxy', [bad], /every address/, 'trustProxy[0]');
    for (const bad of ['true', 'proxy', '10.0.0.0/33', '10.0.0/8', '::1/129', '1.2.3.4/'])
      refused('trustProxy', [bad], /must be an IP address/, 'trustProxy[0]');
    refused('trustProxy', true, /must be a list/);
  });

  it('has a store in a folder that is there, unless it is in Redis', () => {
    const sqlite = '/nowhere/at/all/broker.sqlite';
    refused('store.sqlite', sqlite, /folder that is not there/);
    taken('store', {sqlite, redis: 'redis://localhost'});
  });

  it('have node, user and password of Pexip Infinity together, and no password that is used elsewhere', () => {
    const password = randomSecret();
    const whole = {node: 'https://node.example.com', username: 'pexip', password};
    assert.deepEqual(problemsWith('pexip', whole), []);
    assert.deepEqual(problemsWith('pexip', {node: whole.node}), []);
    for (const name of ['node', 'username', 'password']) {
      const {[name]: _missing, ...rest} = whole;
      refused('pexip', rest, /is missing; meetings need/, `pexip.${name}`);
    }
    const settings = withChange(leastSettings(), 'pexip', whole);
    assert.match(problems({...settings, secret: password})[0], /^pexip\.password .*is the same as/);
  });

  it('take the time zones of the IANA by all their names', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'Asia/Kolkata', 'America/Argentina/Ushuaia'])
      taken('discussions.timeZone', zone);
    for (const zone of ['Europe/Nowhere', 'Berlin', 'x'.repeat(100)])
      refused('discussions.timeZone', zone, /must be a time zone/);
  });

  it('has the secret that its way to make tokens needs', () => {
    refused('rocketChat.mint', 'create-token', /is missing/, 'rocketChat.createTokenSecret');
    refused('rocketChat.mint', 'any', /must be one of auto, /);
    const settings = withChange(leastSettings(), 'rocketChat.mint', 'create-token');
    const good = withChange(settings, 'rocketChat.createTokenSecret', randomSecret());
    assert.deepEqual(problems(good), []);
  });

  it('has authorities that are certificates', async () => {
    const {cert, private: key} = await selfsigned.generate([{name: 'commonName', value: 'ca'}]);
    taken('outgoing.ca', `Subject: us\n${cert}\n${cert}`);
    refused('outgoing.ca', key, /must have certificates in PEM/);
    refused('outgoing.ca', cert.replace(/MII.{40}/, ''), /cannot be read/);
  });

  it('has names that are what they are for', () => {
    refused('users.emailDomain', 'Example.com', /domain in lower case/);
    refused('users.emailDomain', 'me@example.com', /domain/);
    refused('users.link', 'email', /must be one of none, username, verified-email/);
    refused('users.create', 'yes', /true or false/);
    for (const path of ['..', '/webapp3', 'webapp3/', 'a//b', 'a b', 'a.b', '~a'])
      refused('pexip.path', path, /no slash at either end/);
    refused('pexip.node', 'https://pexip.example.com/', /Write https:\/\/pexip\.example\.com/);
    refused('log.level', 'verbose', /must be one of debug, info, warn, error, silent/);
    refused('rocketChat.userId', 'a\r\nx-auth-token: b', /control character/);
  });
});
