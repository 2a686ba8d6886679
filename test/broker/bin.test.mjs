import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {EventEmitter} from 'node:events';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {untilStopped} from '../../broker/dist/command/until-stopped.js';
import {leastSettings, randomSecret} from './support/settings.mjs';

const BIN = fileURLToPath(new URL('../../broker/dist/bin.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'broker-bin-'));
after(() => rmSync(folder, {recursive: true}));

/** Runs the command to its end, with no environment but this. */
const run = (words, env = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [BIN, ...words], {
      env: {PATH: process.env.PATH, ...env},
      cwd: folder,
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.on('error', reject);
    child.on('close', (status) => resolve({status, stdout, stderr}));
  });

const variables = () => {
  const {publicUrl, origins, secret, apiKeys, rocketChat} = leastSettings();
  return {
    BROKER_PUBLIC_URL: publicUrl,
    BROKER_ORIGINS: origins.join(' '),
    BROKER_SECRET: secret,
    BROKER_API_KEYS: apiKeys.join(' '),
    BROKER_ROCKET_CHAT_SERVER: rocketChat.server,
    BROKER_ROCKET_CHAT_USER_ID: rocketChat.userId,
    BROKER_ROCKET_CHAT_AUTH_TOKEN: rocketChat.authToken,
  };
};

describe('pexip-chat-room-broker', () => {
  it('does not start without settings: status 2, a line for each problem, and where to read on', async () => {
    for (const words of [[], ['--check'], ['audit']]) {
      const {status, stdout, stderr} = await run(words);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      const lines = stderr.trimEnd().split('\n');
      assert.match(lines.pop(), /docs\/broker\.md#settings$/);
      assert.deepEqual(
        lines.map((line) => line.split(' ')[0]),
        [
          'publicUrl',
          'origins',
          'secret',
          'rocketChat.server',
          'rocketChat.userId',
          'rocketChat.authToken',
          'jwt,',
        ],
      );
    }
  });

  it('does not start with blank, short or well-known secrets, and repeats none', async () => {
    const canary = 'Zq7wPx2m';
    const blank = Object.fromEntries(Object.keys(variables()).map((name) => [name, '']));
    assert.equal((await run([], blank)).stderr.trimEnd().split('\n').length, 8);
    const weak = {
      BROKER_SECRET: 'changeme'.repeat(5),
      BROKER_ROCKET_CHAT_AUTH_TOKEN: canary,
      BROKER_API_KEYS: `${canary} ${randomSecret()}`,
      BROKER_JWT_ISSUER: 'app',
      BROKER_JWT_SECRET: canary,
    };
    const {status, stderr} = await run([], {...variables(), ...weak});
    assert.equal(status, 2);
    assert.deepEqual(
      stderr
        .trimEnd()
        .split('\n')
        .slice(0, -1)
        .map((line) => line.split(' ')[0])
        .sort(),
      ['apiKeys[0]', 'jwt[0].secret', 'rocketChat.authToken', 'secret'],
    );
    assert.ok(!stderr.includes(canary) && !stderr.includes('changeme'), stderr);
  });

  it('--check says that settings of environment or file are complete, and starts nothing', async () => {
    const env = variables();
    const good = {
      status: 0,
      stdout: 'The settings are complete. Nothing was started.\n',
      stderr: '',
    };
    assert.deepEqual(await run(['--check'], env), good);
    const {BROKER_PUBLIC_URL: publicUrl, ...others} = env;
    const config = join(folder, 'broker.toml');
    writeFileSync(config, `publicUrl = "${publicUrl}"`);
    assert.deepEqual(await run(['--check', '--config', config], others), good);
    assert.deepEqual(await run(['--check'], {...others, BROKER_CONFIG: config}), good);
    assert.equal((await run(['--check'], others)).status, 2);
    const {status, stderr} = await run(['--check', '--config', 'nowhere.toml'], env);
    assert.equal(status, 2);
    assert.match(stderr, /^nowhere\.toml cannot be read \(ENOENT\)\.$/m);
  });

  it('--version and --help print theirs', async () => {
    const {version} = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url)));
    assert.deepEqual(await run(['--version']), {status: 0, stdout: `${version}\n`, stderr: ''});
    for (const word of ['--help', '-h']) {
      const {status, stdout} = await run([word]);
      assert.equal(status, 0);
      for (const name of ['--config', '--check', 'audit', '--since', '--alias', 'BROKER_CONFIG'])
        assert.ok(stdout.includes(name), name);
    }
  });

  it('tells of a command line that it cannot understand, with status 2', async () => {
    for (const [words, why] of [
      [['--conifg', 'x'], /Unknown option '--conifg'\. See --help\./],
      [['start'], /There is one command, audit/],
      [['audit', 'more'], /There is one command, audit/],
      [['audit', '--check'], /--check does not go with audit/],
      [['--since', '2026-11-01'], /go with audit only/],
      [['--alias', 'x'], /go with audit only/],
      [['audit', '--since', 'yesterday'], /--since needs a date/],
      [['--config'], /argument missing/],
    ]) {
      const {status, stdout, stderr} = await run(words, variables());
      assert.equal(status, 2, words.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, why);
      assert.equal(stderr.trimEnd().split('\n').length, 1);
    }
  });
});

describe('a broker that runs', () => {
  const running = (close, options) => {
    const signals = new EventEmitter();
    const ended = untilStopped({close}, {signals, ...options});
    return {signals, ended};
  };
  const never = () => new Promise(() => {});

  for (const signal of ['SIGTERM', 'SIGINT']) {
    it(`is closed by ${signal}, once what is under way has ended`, async () => {
      let finish;
      const {signals, ended} = running(() => new Promise((resolve) => (finish = resolve)));
      let over = false;
      void ended.then(() => (over = true));
      signals.emit(signal);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(over, false);
      finish();
      assert.deepEqual(await ended, {how: 'closed'});
      assert.equal(signals.listenerCount(signal), 0);
    });

    it(`ends at once by a second ${signal}`, async () => {
      const {signals, ended} = running(never);
      signals.emit('SIGTERM');
      signals.emit(signal);
      assert.deepEqual(await ended, {how: 'hurried'});
    });
  }

  it('is left as it is after the limit', async () => {
    const {signals, ended} = running(never, {limit: 1});
    signals.emit('SIGTERM');
    assert.deepEqual(await ended, {how: 'too-slow'});
  });

  for (const name of ['uncaughtException', 'unhandledRejection'])
    it(`ends by an ${name}, and by no second one`, async () => {
      const {signals, ended} = running(never);
      const error = new Error('x');
      signals.emit(name, error);
      assert.deepEqual(await ended, {how: 'failed', error});
      assert.equal(signals.listenerCount(name), 1);
    });

  it('that cannot be closed has failed', async () => {
    const error = new Error('x');
    const {signals, ended} = running(() => Promise.reject(error));
    signals.emit('SIGTERM');
    assert.deepEqual(await ended, {how: 'failed', error});
  });
});
