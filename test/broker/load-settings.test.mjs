import assert from 'node:assert/strict';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';

import {loadSettings} from '../../broker/dist/config/load-settings.js';
import {hasFile, variableOf} from '../../broker/dist/config/setting.js';
import {SETTINGS} from '../../broker/dist/config/setting-table.js';
import {leastSettings, problemsOf, randomSecret} from './support/settings.mjs';

const folder = mkdtempSync(join(tmpdir(), 'broker-settings-'));
after(() => rmSync(folder, {recursive: true}));

let files = 0;
const fileWith = (text) => {
  const path = join(folder, `file-${(files += 1)}`);
  writeFileSync(path, text);
  return path;
};
const list = (values) => `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;

/** The least settings as a configuration file, with more lines at the end of each table. */
const toml = ({more = '', rocketChat = '', without} = {}) => {
  const least = leastSettings();
  const {server, userId, authToken} = least.rocketChat;
  return [
    `publicUrl = "${least.publicUrl}"`,
    `origins = ${list(least.origins)}`,
    `secret = "${least.secret}"`,
    `apiKeys = ${list(least.apiKeys)}`,
    more,
    '[rocketChat]',
    `server = "${server}"`,
    `userId = "${userId}"`,
    `authToken = "${authToken}"`,
    rocketChat,
  ]
    .filter((line) => !without || !line.startsWith(`${without} =`))
    .join('\n');
};
const load = (text, env = {}) => loadSettings({file: fileWith(text), env});
const problems = (text, env = {}) => problemsOf(() => load(text, env));

/** The least settings as variables. */
const variables = () => {
  const {publicUrl, origins, secret, apiKeys, rocketChat, store} = leastSettings();
  return {
    BROKER_PUBLIC_URL: publicUrl,
    BROKER_ORIGINS: origins.join(' '),
    BROKER_SECRET: secret,
    BROKER_API_KEYS: apiKeys.join(','),
    BROKER_STORE_SQLITE: store.sqlite,
    BROKER_ROCKET_CHAT_SERVER: rocketChat.server,
    BROKER_ROCKET_CHAT_USER_ID: rocketChat.userId,
    BROKER_ROCKET_CHAT_AUTH_TOKEN: rocketChat.authToken,
  };
};
const problemsOfVariables = (env) => problemsOf(() => loadSettings({env}));

describe('a configuration file', () => {
  it('is TOML with the names of the settings', () => {
    const settings = load(toml({rocketChat: 'window = "30s"\n[sessions]\nleaseTime = 60'}));
    assert.equal(settings.rocketChat.window, 30_000);
    assert.equal(settings.sessions.leaseTime, 60_000);
  });

  it('has its paths relative to its own folder', () => {
    mkdirSync(join(folder, 'data'));
    const settings = load(toml({rocketChat: '[store]\nsqlite = "data/b.sqlite"'}));
    assert.equal(settings.store.sqlite, join(folder, 'data/b.sqlite'));
  });

  it('that is missing, or no TOML, is told with its place, and without its text', () => {
    const nowhere = join(folder, 'nowhere.toml');
    assert.deepEqual(
      problemsOf(() => loadSettings({file: nowhere, env: {}})),
      [`${nowhere} cannot be read (ENOENT).`],
    );
    const canary = randomSecret();
    const [problem, ...others] = problems(`publicUrl = "x"\nsecret = ${canary}`);
    assert.match(problem, /is no TOML, line 2, column \d+; texts stand in quotation marks/);
    assert.ok(!problem.includes(canary.slice(0, 8)));
    assert.deepEqual(others, []);
  });

  it('can have each secret in a file of its own, without the line break at its end', () => {
    const secret = randomSecret();
    writeFileSync(join(folder, 'secret'), `${secret}\n`);
    const keys = [randomSecret(), randomSecret()];
    writeFileSync(join(folder, 'keys'), keys.join('\r\n'));
    const shared = fileWith(`${randomSecret()}\n`);
    const text = toml({more: 'secretFile = "secret"\napiKeysFile = "keys"', without: 'secret'})
      .split('\n')
      .filter((line) => !line.startsWith('apiKeys ='))
      .join('\n');
    const settings = load(`${text}\n[[jwt]]\nissuer = "app"\nsecretFile = "${shared}"`);
    assert.equal(settings.secret, secret);
    assert.deepEqual(settings.apiKeys, keys);
    assert.equal(settings.jwt[0].secret.length, 44);
  });

  it('tells which secret is in a file that cannot be read, not which file', () => {
    const path = join(folder, randomSecret().replaceAll('/', '-'));
    const found = problems(toml({more: `secretFile = "${path}"`, without: 'secret'}));
    assert.deepEqual(found, [
      'secretFile (BROKER_SECRET_FILE) names a file that cannot be read (ENOENT).',
    ]);
    assert.match(
      problems(toml({more: `secretFile = "${fileWith('')}"`, without: 'secret'}))[0],
      /^secret \(BROKER_SECRET\) is missing/,
    );
  });

  it('cannot have a secret twice, nor a file for what is none', () => {
    assert.deepEqual(problems(toml({more: `secretFile = "${fileWith(randomSecret())}"`})), [
      'secret (BROKER_SECRET) is given twice, as secret and secretFile; keep one.',
    ]);
    assert.match(
      problems(toml({more: 'publicUrlFile = "x"'}))[0],
      /^publicUrlFile .*is no setting of the broker/,
    );
  });

  it('tells all problems of file and environment at once', () => {
    const found = problems(
      toml({
        more: 'origin = "x"\nsecretFile = "/nowhere"',
        without: 'secret',
        rocketChat: 'calls = "x"',
      }),
      {BROKER_LOG_LEVEL: 'loud', BROKER_ORIGIN: 'x'},
    ).map((each) => each.split(' ')[0]);
    assert.deepEqual(found.sort(), [
      'BROKER_ORIGIN',
      'log.level',
      'origin',
      'rocketChat.calls',
      'secretFile',
    ]);
  });
});

describe('the environment', () => {
  it('has a variable for each setting but the function', () => {
    assert.equal(
      variableOf('rocketChat.createTokenSecret'),
      'BROKER_ROCKET_CHAT_CREATE_TOKEN_SECRET',
    );
    assert.equal(variableOf('jwt[].jwksUrl'), 'BROKER_JWT_JWKS_URL');
    const names = SETTINGS.map(({path}) => variableOf(path));
    assert.equal(new Set(names).size, names.length);
  });

  it('is enough by itself', () => {
    const settings = loadSettings({
      env: {
        ...variables(),
        BROKER_ORIGINS:
          'https://one.example.com, https://two.example.com\nhttps://three.example.com',
        BROKER_LISTEN_PORT: '9000',
        BROKER_USERS_CREATE: 'FALSE',
        BROKER_SESSIONS_LEASE_TIME: '120',
        BROKER_SESSIONS_AFTER_LAST: '2m',
        BROKER_JWT_ISSUER: 'https://app.example.com',
        BROKER_JWT_JWKS_URL: 'https://app.example.com/jwks',
        BROKER_JWT_ALGORITHMS: 'ES256',
        BROKER_COOKIE_NAME: 'sid',
        BROKER_COOKIE_URL: 'https://app.example.com/who',
      },
    });
    assert.equal(settings.origins.length, 3);
    assert.equal(settings.listen.port, 9000);
    assert.equal(settings.users.create, false);
    assert.equal(settings.sessions.leaseTime, 120_000);
    assert.equal(settings.sessions.afterLast, 120_000);
    assert.deepEqual(settings.jwt, [
      {
        issuer: 'https://app.example.com',
        audience: 'pexip-chat-room',
        jwksUrl: 'https://app.example.com/jwks',
        algorithms: ['ES256'],
      },
    ]);
    assert.deepEqual(settings.cookie, {name: 'sid', url: 'https://app.example.com/who'});
  });

  it('wins over the file; an empty variable says nothing', () => {
    const env = {BROKER_PUBLIC_URL: 'https://other.example.com', BROKER_ORIGINS: ''};
    const settings = load(toml(), env);
    assert.equal(settings.publicUrl, 'https://other.example.com');
    assert.deepEqual(settings.origins, ['https://app.example.com']);
  });

  it('completes the first issuer of the file', () => {
    const text = toml({
      rocketChat:
        '[[jwt]]\nissuer = "one"\n[[jwt]]\nissuer = "two"\njwksUrl = "https://k.example/j"',
    });
    const secret = randomSecret();
    const {jwt} = load(text, {BROKER_JWT_SECRET: secret});
    assert.deepEqual(
      jwt.map(({issuer, secret: its}) => [issuer, its]),
      [
        ['one', secret],
        ['two', undefined],
      ],
    );
  });

  it('can name a file for each secret', () => {
    for (const setting of SETTINGS.filter(hasFile)) {
      const name = `${variableOf(setting.path)}_FILE`;
      const found = problemsOfVariables({
        ...variables(),
        [variableOf(setting.path)]: '',
        [name]: '/nowhere/x',
      });
      assert.ok(
        found.some((each) => each.includes(`(${name}) names a file that cannot be read (ENOENT)`)),
        `${name}: ${found}`,
      );
      assert.ok(!found.join().includes('/nowhere/x'));
      assert.ok(!found.some((each) => each.startsWith(`${setting.path} `)), found.join());
    }
    const secret = randomSecret();
    const env = {
      ...variables(),
      BROKER_SECRET: undefined,
      BROKER_SECRET_FILE: fileWith(`${secret}\n`),
    };
    assert.equal(loadSettings({env}).secret, secret);
    assert.match(
      problemsOfVariables({...variables(), BROKER_SECRET_FILE: fileWith(secret)})[0],
      /^secret \(BROKER_SECRET\) is given twice, also as BROKER_SECRET_FILE; keep one\.$/,
    );
  });

  it('knows REDIS_URL, and its own name for it goes first', () => {
    const redis = (more) => loadSettings({env: {...variables(), ...more}}).store.redis;
    assert.equal(redis({}), undefined);
    assert.equal(redis({REDIS_URL: 'redis://one:6379'}), 'redis://one:6379');
    assert.equal(
      redis({REDIS_URL: 'redis://one', BROKER_STORE_REDIS: 'redis://two'}),
      'redis://two',
    );
  });

  it('has no variable of ours that we do not know, but may have those of Kubernetes', () => {
    assert.deepEqual(
      problemsOfVariables({...variables(), BROKER_ORIGIN: 'x', BROKER_SECRETS_FILE: 'y'}),
      [
        'BROKER_ORIGIN is no variable of the broker; did you mean BROKER_ORIGINS?',
        'BROKER_SECRETS_FILE is no variable of the broker; did you mean BROKER_SECRET_FILE?',
      ],
    );
    assert.deepEqual(
      problemsOfVariables({
        ...variables(),
        BROKER_CONFIG: '/etc/broker.toml',
        BROKER_PORT: 'tcp://10.0.0.1:8090',
        BROKER_PORT_8090_TCP_ADDR: '10.0.0.1',
        BROKER_SERVICE_HOST: '10.0.0.1',
        BROKER_SERVICE_PORT_HTTP: '8090',
        OTHER: 'x',
      }),
      [],
    );
  });

  it('has texts where a number or a choice is wanted: these are told', () => {
    const wrong = {
      BROKER_LISTEN_PORT: 'http',
      BROKER_USERS_CREATE: 'yes',
      BROKER_SESSIONS_LEASE_TIME: '5 minutes',
    };
    assert.deepEqual(
      problemsOfVariables({...variables(), ...wrong}).map((each) => each.split(' ')[0]),
      ['listen.port', 'users.create', 'sessions.leaseTime'],
    );
  });
});
