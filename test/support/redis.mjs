import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

import {freePort} from './machine.mjs';

const PROGRAM = process.env.REDIS_SERVER ?? 'redis-server';
const PATIENCE = 30_000;

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('close', () => resolve(false)).end();
  });

const launch = async (port, args) => {
  const ports = args.includes('--tls-cert-file')
    ? ['--port', '0', '--tls-port', String(port)]
    : ['--port', String(port)];
  const child = spawn(PROGRAM, [...ports, ...args], {stdio: ['ignore', 'pipe', 2]});
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  const failed = once(child, 'error').then(([error]) => {
    throw new Error(`No Redis starts (${error.message}): sh test/support/install-browsers.sh`);
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error(`Redis ended: ${said}`);
  });
  for (const promise of [failed, ended]) promise.catch(() => undefined);
  const until = Date.now() + PATIENCE;
  // Its own word, as another's Redis might answer at the port.
  while (!said.includes('Ready to accept connections') || !(await answers(port))) {
    if (Date.now() > until) throw new Error(`Redis does not answer: ${said}`);
    await Promise.race([sleep(20), failed, ended]);
  }
  return child;
};

const end = async (child, signal) => {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
};

const tlsArguments = async (folder, {cert, private: key}) => {
  const files = {cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem')};
  await writeFile(files.cert, cert);
  await writeFile(files.key, key);
  return ['--tls-auth-clients', 'no', '--tls-cert-file', files.cert, '--tls-key-file', files.key];
};

/**
 * Starts a Redis of the test's own (Debian's redis-server), whose data outlives its restart.
 *
 * @param {{password?: string, tls?: {cert: string, private: string}}} [options] `password`: that of Redis, also
 *   in `url`; `tls`: a certificate and its key (PEM), by which it speaks TLS only
 * @returns its `port`, `url`, and the path of its `socket`
 */
export const startRedis = async ({password, tls} = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const args = [
    ...['--bind', '127.0.0.1', '--dir', folder, '--save', ''],
    // The kernel alone keeps what is written: it outlives the end of Redis, and no disk holds a test up.
    ...['--appendonly', 'yes', '--appendfsync', 'no', '--auto-aof-rewrite-percentage', '0'],
    ...['--unixsocket', join(folder, 'redis.sock')],
    ...(password ? ['--requirepass', password] : []),
    ...(tls ? await tlsArguments(folder, tls) : []),
  ];
  let port = await freePort();
  // Somebody may have taken the port meanwhile.
  let child = await launch(port, args).catch(async () => {
    port = await freePort();
    return launch(port, args);
  });
  return {
    port,
    socket: join(folder, 'redis.sock'),
    url: `redis${tls ? 's' : ''}://${password ? `:${encodeURIComponent(password)}@` : ''}127.0.0.1:${port}`,
    /** Ends it, without a farewell for `SIGKILL`; its data and port stay for `up()`. */
    down: (signal = 'SIGTERM') => end(child, signal),
    async up() {
      child = await launch(port, args);
    },
    async restart() {
      await this.down();
      await this.up();
    },
    /** Holds it, so that it answers nothing but its connections stay open. */
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
    async stop() {
      child.kill('SIGCONT');
      await end(child, 'SIGKILL');
      await rm(folder, {recursive: true, force: true});
    },
  };
};
