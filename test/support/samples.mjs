/**
 * Starts the samples of an endpoint for `auth` as a reader of docs/getting-started.md would, with a
 * session of Alice's in the place of the application's own.
 */
import {fork, spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {pathToFileURL} from 'node:url';

import {freePort} from './machine.mjs';

const SESSION = 'f00dfacef00dfacef00dfacef0';

// Tells the test where the sample listens, which says nothing itself.
const TELL_PORT = `
  import {Server} from 'node:net';
  const {listen} = Server.prototype;
  Server.prototype.listen = function (...options) {
    this.once('listening', () => process.send(this.address().port));
    return listen.apply(this, options);
  };`;

const nodeSample = async () => {
  const guide = await readFile('docs/getting-started.md', 'utf8');
  return /```js\n(import \{createServer\}[^]*?)```/.exec(guide)[1];
};

const startNode = async (folder, {name, password}, env) => {
  const user = JSON.stringify({chatName: name, chatPassword: password});
  const sessions = `export const userOf = async ({headers: {cookie}}) =>
    cookie === 'session=${SESSION}' ? ${user} : Promise.reject(new Error('no session'));`;
  await writeFile(join(folder, 'session.mjs'), sessions);
  const sample = join(folder, 'chat-credentials.mjs');
  await writeFile(sample, await nodeSample());
  const preload = join(folder, 'tell-port.mjs');
  await writeFile(preload, TELL_PORT);
  const child = fork(sample, {
    execArgv: ['--import', pathToFileURL(preload).href],
    env: {...env, PORT: '0'},
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [port] = await once(child, 'message');
  return {child, address: `http://127.0.0.1:${port}/chat-credentials`, cookie: 'session'};
};

/** How often PHP is started where somebody was quicker than it at the port that was free. */
const TRIES = 5;

/** Starts PHP's own server; nothing where it ends at once. */
const servePhp = async (folder, env) => {
  const place = `127.0.0.1:${await freePort()}`;
  const options = ['-d', `session.save_path=${folder}`, '-d', 'session.name=session'];
  const child = spawn('php', [...options, '-S', place, '-t', 'docs/samples'], {
    env: {...env, PATH: process.env.PATH},
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let started = false;
  for await (const line of createInterface(child.stderr))
    if ((started = line.includes('started'))) break;
  child.stderr.resume();
  return started ? {child, place} : undefined;
};

const startPhp = async (folder, {name, password}, env) => {
  const field = (key, value) => `${key}|s:${Buffer.byteLength(value)}:"${value}";`;
  const session = field('chatName', name) + field('chatPassword', password);
  await writeFile(join(folder, `sess_${SESSION}`), session);
  let served;
  for (let tries = 1; !served && tries <= TRIES; tries++) served = await servePhp(folder, env);
  if (!served) throw new Error('PHP did not start.');
  const {child, place} = served;
  return {child, address: `http://${place}/chat-credentials.php`, cookie: 'session'};
};

const STARTS = {Node: startNode, PHP: startPhp};

/** The languages of the samples that can be started. */
export const SAMPLES = Object.keys(STARTS);

/**
 * Starts a sample.
 *
 * @param {string} language one of {@link SAMPLES}
 * @param {string} workspace where it asks for the sign-in
 * @param {{name: string, password: string}} account what the session knows of Alice
 */
export const startSample = async (language, workspace, account) => {
  const folder = await mkdtemp(join(tmpdir(), 'sample-'));
  const {child, address, cookie} = await STARTS[language](folder, account, {
    ROCKET_CHAT: workspace,
  });
  return {
    address,
    /** The cookie of the person's session. */
    cookie: `${cookie}=${SESSION}`,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill();
      await exited;
      await rm(folder, {recursive: true});
    },
  };
};
