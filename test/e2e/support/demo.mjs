import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';

/**
 * Starts the demo as programs do, by `demo/serve.mjs --json`.
 *
 * @param {{root?: string, factorySettings?: boolean, brokers?: number, redis?: string}} [options] `root`: the
 *   folder with demo/ and dist/; `brokers`: how many, which share the Redis at the URL `redis`
 */
export const startDemo = async ({
  root = process.cwd(),
  factorySettings = false,
  brokers,
  redis,
} = {}) => {
  const flags = [
    '--json',
    ...(factorySettings ? ['--factory-settings'] : []),
    ...(brokers ? ['--brokers', String(brokers)] : []),
  ];
  const child = spawn(process.execPath, ['demo/serve.mjs', ...flags], {
    cwd: root,
    env: {...process.env, REDIS_URL: redis ?? ''},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines = [];
  const output = createInterface(child.stdout).on('line', (line) => lines.push(line));
  await Promise.race([once(output, 'line'), exited]);
  if (!lines.length) throw new Error(`The demo ended with ${child.exitCode}.`);
  const started = JSON.parse(lines[0]);

  const logins = new Map();
  const api = async (path, body, headers) => {
    const answer = await fetch(`${started.rocketChat}/api/v1/${path}`, {
      method: 'POST',
      headers: {'content-type': 'application/json', ...headers},
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
    return answer.json();
  };
  const loginOf = async (username) => {
    const {password} = started.users.find((user) => user.username === username);
    const {data} = await api('login', {user: username, password});
    return {'x-user-id': data.userId, 'x-auth-token': data.authToken};
  };
  return {
    started,
    /** Everything the demo has printed. */
    lines,
    /** Writes to the room without a browser. */
    writeAs: async (username, text) => {
      if (!logins.has(username)) logins.set(username, await loginOf(username));
      const message = {channel: `#${started.room}`, text};
      await api('chat.postMessage', message, logins.get(username));
    },
    /** Ends the demo by SIGTERM, and tells with which code it ended. */
    stop: async () => {
      child.kill('SIGTERM');
      const [code] = await exited;
      return code;
    },
  };
};
