import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync, writeFileSync} from 'node:fs';
import {get} from 'node:https';
import {join} from 'node:path';
import {text} from 'node:stream/consumers';
import {connect} from 'node:tls';

const TIMEOUT = 120_000;

/** What of the repository the server needs, beside the installed dependencies. */
export const SOURCES = [
  ...['package.json', 'rollup.config.mjs', 'tsconfig.json'],
  ...['broker/package.json', 'broker/rollup.config.mjs'],
  ...['plugin/dev', 'plugin/src', 'plugin/index.html', 'plugin/origins.mjs', 'plugin/dialect.mjs'],
  ...['plugin/webapp3/branding/manifest.json', 'src', 'bench/sizes', 'bench/sizes.json'],
];

/**
 * Starts the plugin's development server as a person does.
 *
 * @param {string} root the folder with the sources
 * @param {{port?: number | string, origins?: string, args?: string[]}} [options] `port`: default any free one
 */
export const startDevServer = async (root, {port = 0, origins = '', args = []} = {}) => {
  const child = spawn(process.execPath, ['plugin/dev/serve.mjs', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, PORT: String(port), ORIGINS: origins},
  });
  let said = '';
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (part) => {
      said += part;
      child.emit('said');
    });
  }
  const closed = once(child, 'close');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  /** Waits until the server has said it; gives the match. What was said before `from` does not count. */
  const hears = async (pattern, from = 0) => {
    const signal = AbortSignal.timeout(TIMEOUT);
    for (;;) {
      const match = pattern.exec(said.slice(from));
      if (match) return match;
      if (hasEnded()) throw new Error(`The server ended without ${pattern}:\n${said}`);
      await Promise.race([once(child, 'said', {signal}), closed]).catch(() => {
        throw new Error(`Waited in vain for ${pattern}:\n${said}`);
      });
    }
  };
  const certificate = () => readFileSync(join(root, '.dev-server/cert.pem'), 'utf8');
  const address = async () => (await hears(/^The plugin is at (\S+)/m))[1];
  return {
    hears,
    /** All that was said so far. */
    said: () => said,
    /** Where the plugin is, once it is built. */
    ready: async () => {
      await hears(/^Built in/m);
      return address();
    },
    certificate,
    /** Asks for a path, as a client that trusts this certificate and no other. */
    get: async (path, {hostname = 'localhost', method = 'GET', ca = certificate()} = {}) => {
      const {port} = new URL(await address());
      const options = {hostname, port, path, method, ca, agent: false};
      const request = get(options);
      const [response] = await once(request, 'response');
      const {statusCode: status, headers} = response;
      return {status, headers, body: await text(response)};
    },
    /** Connects a client that begins a request and never ends it. */
    connectForEver: async () => {
      const {port} = new URL(await address());
      const socket = connect({host: '127.0.0.1', port, servername: 'localhost', ca: certificate()});
      socket.on('error', () => undefined);
      await once(socket, 'secureConnect');
      await new Promise((resolve) => socket.write('GET / HTTP/1.1\r\n', resolve));
    },
    /**
     * Changes a file as a developer does, and waits for what the server says to that. The file is saved
     * again should the server be slow: it starts to watch a file a moment after it has read it.
     */
    edit: async (path, change, answer = /^Built in/m) => {
      const file = join(root, path);
      const changed = change(readFileSync(file, 'utf8'));
      const from = said.length;
      const saving = setInterval(() => writeFileSync(file, changed), 3_000);
      try {
        writeFileSync(file, changed);
        return await hears(answer, from);
      } finally {
        clearInterval(saving);
      }
    },
    /** Waits for the end; gives the exit code. */
    ended: async () => (await closed)[0],
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return (await closed)[0];
    },
  };
};
