import {execFile} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {extname, join, resolve, sep} from 'node:path';
import {promisify} from 'node:util';

import {build} from 'esbuild';

import {startBroker, startRocketChat} from '../../../dist/testing/index.js';
import {installPacked} from '../../node/support/packed.mjs';

const TYPES = {'.html': 'text/html', '.js': 'text/javascript'};
/** What each project has installed beside the package. */
const PACKAGES = {
  html: {},
  react: {
    react: 'react',
    'react-dom': 'react-dom',
    '@types/react': '@types/react',
    '@types/react-dom': '@types/react-dom',
  },
};

const typecheck = async (folder) => {
  const tsc = resolve('node_modules/typescript/bin/tsc');
  await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(({stdout}) => {
    throw new Error(`The project's types are wrong:\n${stdout}`);
  });
};

/**
 * Makes a project of test/projects as its users do: the packed package is installed, types are checked
 * and modules bundled. Then serves it, under a strict policy, beside a workspace and a broker, for Alice.
 */
export const startProject = async (name) => {
  const folder = mkdtempSync(join(tmpdir(), `pexip-chat-room-${name}-`));
  cpSync(`test/projects/${name}`, folder, {recursive: true});
  installPacked(folder, PACKAGES[name]);
  if (name !== 'html') {
    await typecheck(folder);
    await build({
      entryPoints: [join(folder, 'main.tsx')],
      outdir: folder,
      bundle: true,
      splitting: true,
      format: 'esm',
      define: {'process.env.NODE_ENV': '"production"'},
      logLevel: 'warning',
    });
  }
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://localhost:${server.address().port}`;
  const workspace = await startRocketChat({settings: {Unread_Count: 'all_messages'}});
  const broker = await startBroker({workspace, origins: [origin]});

  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: ${workspace.origin}`,
    `connect-src 'self' ${broker.origin} ${workspace.origin} ${workspace.origin.replace('http', 'ws')}`,
    "require-trusted-types-for 'script'",
    'trusted-types pexip-chat-room lit-html',
  ].join('; ');
  const answer = async ({method, url}, response) => {
    const send = (type, text, headers) =>
      response.writeHead(200, {'content-type': type, ...headers}).end(text);
    if (url === '/settings.json')
      return send('application/json', JSON.stringify({broker: broker.origin}));
    // Some browsers ask for it by themselves.
    if (url === '/favicon.ico') return response.writeHead(204).end();
    if (method === 'POST' && url === '/access-token')
      return send('text/plain', broker.accessToken('alice'));
    const path = resolve(folder, `.${url === '/' ? '/index.html' : url}`);
    const type = TYPES[extname(path)];
    if (!type || !path.startsWith(folder + sep)) return response.writeHead(404).end();
    const html = type === 'text/html' && {'content-security-policy': policy};
    return send(`${type}; charset=utf-8`, await readFile(path), html);
  };

  return {
    address: `${origin}/`,
    workspace,
    broker,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await broker.close();
      await workspace.close();
      rmSync(folder, {recursive: true});
    },
  };
};
