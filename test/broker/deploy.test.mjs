import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {parse} from 'smol-toml';

import {loadSettings} from '../../broker/dist/config/load-settings.js';
import {readSettings} from '../../broker/dist/config/read-settings.js';
import {variableOf} from '../../broker/dist/config/setting.js';
import {SETTINGS} from '../../broker/dist/config/setting-table.js';
import {problemsOf, randomSecret} from './support/settings.mjs';

const BIN = fileURLToPath(new URL('../../broker/dist/bin.js', import.meta.url));
const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const sample = (name) => read(`broker/deploy/${name}`);
const PLACEHOLDER = /replace-with-[\w-]+/g;
const VARIABLES = SETTINGS.map(({path}) => variableOf(path)).flatMap((name) => [
  name,
  `${name}_FILE`,
]);
const defaultOf = (path) => SETTINGS.find((each) => each.path === path).default;

describe('the sample broker.toml', () => {
  const text = sample('broker.toml');
  const filled = (toml) =>
    parse(
      toml
        .replace(PLACEHOLDER, () => randomSecret())
        .replace('"broker.sqlite"', JSON.stringify(join(tmpdir(), 'broker.sqlite'))),
    );

  it('is refused as it is, for each of its placeholders', () => {
    const found = problemsOf(() => readSettings(parse(text)));
    for (const place of [
      'secret (',
      'apiKeys[0] (',
      'rocketChat.userId (',
      'rocketChat.authToken (',
      'jwt[0].secret (',
    ])
      assert.ok(
        found.some((each) => each.startsWith(place)),
        `${place} ${found}`,
      );
  });

  it('is taken once they are replaced', () => {
    const settings = readSettings(filled(text));
    assert.equal(settings.jwt.length, 1);
    assert.equal(settings.listen.port, defaultOf('listen.port'));
  });

  it('is taken with what is commented out in the place of what is not', () => {
    const other = text
      .replace(/^\[\[jwt\]\][\s\S]*?\n\n/m, '')
      .replace(
        /^# (\[|name|url|issuer|jwksUrl|internalUrl|createTokenSecret|username|password)/gm,
        '$1',
      );
    const settings = readSettings(filled(other));
    assert.equal(settings.cookie.name, 'sid');
    assert.match(settings.jwt[0].jwksUrl, /^https:/);
    assert.equal(settings.rocketChat.internalUrl, 'http://rocketchat:3000');
  });
});

describe('the settings that a sample for servers has', () => {
  const folder = mkdtempSync(join(tmpdir(), 'broker-deploy-'));
  after(() => rmSync(folder, {recursive: true}));
  const config = join(folder, 'broker.toml');

  /** The sample without secrets, as these come from elsewhere. */
  const withoutSecrets = (toml) =>
    toml
      .replace(/^(secret|apiKeys|authToken) = .*$/gm, '')
      .replace('replace-with-its-id', 'hsu2XjB7Fgy5sKzqP');
  const byPublicKeys = (toml) =>
    toml.replace(/^issuer = .*$/m, '$&\njwksUrl = "https://app.example.com/jwks.json"');

  /** What `--check` says in the sample's environment, and the settings that it comes to. */
  const checked = (env, words = []) => {
    const {status, stderr} = spawnSync(process.execPath, [BIN, '--check', ...words], {
      env: {PATH: process.env.PATH, ...env},
      encoding: 'utf8',
    });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    return loadSettings({file: env.BROKER_CONFIG ?? words.at(-1), env});
  };

  it('is complete: the Dockerfile’s, with a configuration file where its comment mounts it', () => {
    const text = sample('Dockerfile');
    const [, mounted] = /-v \.\/broker\.toml:(\S+):ro/.exec(text);
    const places = {[mounted]: config, '/data/': `${folder}/`};
    const place = (value) =>
      Object.entries(places).reduce((path, [from, to]) => path.replace(from, to), value);
    const [env] = /^ENV(?:.*\\\n)*.*/m.exec(text);
    const own = Object.fromEntries(
      [...env.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, place(value)]),
    );
    assert.equal(own.BROKER_CONFIG, config);
    writeFileSync(config, byPublicKeys(withoutSecrets(sample('broker.toml'))));
    const secrets = {BROKER_SECRET: randomSecret(), BROKER_ROCKET_CHAT_AUTH_TOKEN: randomSecret()};
    const settings = checked({...own, ...secrets});
    assert.equal(settings.listen.host, '0.0.0.0');
    assert.equal(settings.store.sqlite, join(folder, 'broker.sqlite'));
    assert.equal(settings.jwt.length, 1);
    // Without that file, if none is mounted.
    assert.match(text, /-e BROKER_CONFIG=$/m);
    const {status, stderr} = spawnSync(process.execPath, [BIN, '--check'], {
      env: {PATH: process.env.PATH, ...own, ...secrets, BROKER_CONFIG: ''},
      encoding: 'utf8',
    });
    assert.equal(status, 2);
    assert.match(stderr, /^publicUrl \(BROKER_PUBLIC_URL\) is missing/);
  });

  for (const used of ['public keys', 'each credential that it names'])
    it(`is complete: the unit’s, with ${used}`, () => {
      const all = used !== 'public keys';
      const text = sample('pexip-chat-room-broker.service').replace(
        all ? /^# (LoadCredential|Environment)=/gm : /^$/,
        all ? '$1=' : '',
      );
      const lines = (name) =>
        [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value]) => value);
      const credentials = lines('LoadCredential').map((line) => line.split(':')[0]);
      for (const name of credentials) writeFileSync(join(folder, name), `${randomSecret()}\n`);
      const env = Object.fromEntries(
        lines('Environment').map((line) => {
          const [name, value] = line.split('=');
          const [, credential] = /%d\/(.*)/.exec(value) ?? [];
          assert.ok(!credential || credentials.includes(credential), line);
          return [name, value.replace('%d', folder).replace(/%S\/.*(?=\/)/, folder)];
        }),
      );
      const toml = withoutSecrets(sample('broker.toml'));
      writeFileSync(config, all ? toml : byPublicKeys(toml));
      const [start] = lines('ExecStart');
      assert.ok(start.endsWith('--config /etc/pexip-chat-room-broker/broker.toml'));
      const settings = checked(env, ['--config', config]);
      assert.equal(settings.apiKeys.length, all ? 1 : 0);
      assert.equal(Boolean(settings.jwt[0].secret), all);
      assert.equal(settings.store.sqlite, join(folder, 'broker.sqlite'));
    });

  it('come with the packed broker, as nothing is at a registry', () => {
    const packed = /npm install .*\.\/pexip-chat-room-broker-\S+\.tgz/;
    for (const name of ['Dockerfile', 'pexip-chat-room-broker.service'])
      assert.match(sample(name), packed, name);
    assert.match(read('docs/broker.md'), packed);
  });

  it('are for a Node that is still looked after', () => {
    const versions = [...sample('Dockerfile').matchAll(/^FROM node:(\d+)-slim/gm)];
    assert.equal(versions.length, 2);
    for (const [, version] of versions) assert.ok(Number(version) >= 22, version);
  });
});

describe('the commands of the pages', () => {
  it('are found where the quick start has put them', () => {
    for (const page of ['docs/broker.md', 'docs/broker-sign-in.md', 'broker/README.md']) {
      const blocks = [...read(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, block]) => block);
      for (const line of blocks.flatMap((block) => block.split('\n')))
        assert.doesNotMatch(line, /^pexip-chat-room-broker\b/, page);
    }
  });
});

describe('the samples for servers', () => {
  const names = ['Dockerfile', 'pexip-chat-room-broker.service', 'nginx.conf', 'haproxy.cfg'];

  it('are in the package, and described', () => {
    assert.ok(JSON.parse(read('broker/package.json')).files.includes('deploy'));
    const page = read('docs/broker.md');
    for (const name of [...names, 'broker.toml']) {
      assert.ok(existsSync(new URL(`../../broker/deploy/${name}`, import.meta.url)), name);
      assert.ok(page.includes(`broker/deploy/${name}`), name);
    }
  });

  it('have variables that the broker knows', () => {
    const used = names.flatMap((name) => sample(name).match(/\bBROKER_[A-Z_]+/g) ?? []);
    assert.ok(used.length > 8);
    for (const name of used) assert.ok(name === 'BROKER_CONFIG' || VARIABLES.includes(name), name);
  });

  it('have the port at which the broker listens', () => {
    const port = String(defaultOf('listen.port'));
    for (const name of names.filter((each) => !each.endsWith('.service')))
      assert.match(sample(name), new RegExp(`\\b${port}\\b`), name);
  });

  it('have the command of the package', () => {
    const {bin, name} = JSON.parse(read('broker/package.json'));
    assert.ok(sample('Dockerfile').includes(`/node_modules/${name}/${bin[name]}"`));
    assert.match(
      sample('pexip-chat-room-broker.service'),
      new RegExp(`^ExecStart=.* ${name} `, 'm'),
    );
  });

  it('have routes that the broker has', () => {
    const health = read('broker/src/http/health.ts');
    for (const name of names)
      for (const [route] of sample(name).matchAll(/\/health\/(live|ready)/g))
        assert.ok(health.includes(`'${route}'`), route);
  });

  it('set who asks, and append to nothing that a caller wrote', () => {
    const nginx = sample('nginx.conf');
    assert.match(nginx, /proxy_set_header X-Forwarded-For \$remote_addr;/);
    assert.doesNotMatch(nginx, /proxy_add_x_forwarded_for/);
    // A location that sets one header has none of those around it.
    for (const [, inner] of nginx.matchAll(/location [^{]*\{([^}]*)\}/g))
      assert.doesNotMatch(inner, /proxy_set_header|add_header/);
    const haproxy = sample('haproxy.cfg');
    assert.match(haproxy, /http-request set-header X-Forwarded-For %\[src\]/);
    assert.doesNotMatch(haproxy, /option forwardfor|add-header X-Forwarded/);
  });

  it('let uploads through that the broker takes', () => {
    const upload = defaultOf('limits.upload');
    const [, mebibytes] = /client_max_body_size (\d+)m;/.exec(sample('nginx.conf'));
    assert.ok(Number(mebibytes) * 1024 * 1024 > upload);
    const [, bytes] = /req\.body_size gt (\d+)/.exec(sample('haproxy.cfg'));
    assert.ok(Number(bytes) > upload);
  });

  it('wait longer for the end than the broker does', () => {
    const seconds = (pattern, text) => Number(pattern.exec(text)[1]);
    const limit = seconds(/LIMIT = (\d+)_000;/, read('broker/src/command/until-stopped.ts'));
    assert.ok(seconds(/TimeoutStopSec=(\d+)/, sample('pexip-chat-room-broker.service')) > limit);
    assert.ok(seconds(/docker stop --time (\d+)/, sample('Dockerfile')) > limit);
    // Which waits longer than the broker needs for its last requests, and then for its last calls.
    const requests = seconds(/LAST_REQUESTS = (\d+)_000;/, read('broker/src/serve.ts'));
    const calls = seconds(/LAST_CALLS = (\d+)_000;/, read('broker/src/sessions/chat-sessions.ts'));
    assert.ok(limit > requests + calls, `${limit} > ${requests} + ${calls}`);
    const page = read('docs/broker.md');
    assert.ok(page.includes(`for ${requests} s at most`) && page.includes(`within ${limit} s`));
    assert.ok(sample('Dockerfile').includes(`get ${requests} s`));
  });

  it('write no links to files into a log', () => {
    assert.match(sample('nginx.conf'), /^ {2}access_log off;/m);
    assert.doesNotMatch(sample('haproxy.cfg'), /option httplog|%HU|%HP|%HQ|%r\b/);
  });
});
