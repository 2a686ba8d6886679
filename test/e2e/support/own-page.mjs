import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';

import {startRocketChat, startWebApp3} from '../../../dist/testing/index.js';
import {writeOrigins} from '../../../plugin/origins.mjs';
import {brandingGates} from '../../support/branding-gates.mjs';

const ROOM = 'consultation';

/**
 * Starts simulators and a server for static pages, with the built scripts and an endpoint that signs
 * Alice in. The scripts are there at another origin, too, which is `scripts`.
 *
 * @param {object} [options]
 * @param {Record<string, string>} [options.scriptHeaders] go out with the scripts of the other origin
 * @param {Record<string, string>} [options.ownScripts] further scripts of the page, by path
 */
export const startOwnPage = async ({scriptHeaders = {}, ownScripts = {}} = {}) => {
  const rocketChat = await startRocketChat({
    publicHost: 'chat.localhost',
    settings: {
      Iframe_Restrict_Access: false,
      Iframe_Integration_send_enable: true,
      Iframe_Integration_receive_enable: true,
      Unread_Count: 'all_messages',
    },
  });
  const pages = [];
  const scriptOf = (path) => /^\/pexip-chat-room\/([\w.-]+\.js)$/.exec(path)?.[1];
  const answer = async ({method, url, headers: {host}}, response) => {
    const send = (type, text, headers) =>
      response.writeHead(200, {...headers, 'content-type': type}).end(text);
    const script = scriptOf(url);
    if (script) {
      const headers = host.startsWith('static.') ? scriptHeaders : {};
      return send('text/javascript', await readFile(`dist/${script}`), headers);
    }
    if (ownScripts[url]) return send('text/javascript', ownScripts[url]);
    if (method === 'POST' && url === '/chat-credentials') {
      return send('application/json', JSON.stringify(rocketChat.issueToken('alice')));
    }
    // Some browsers ask for it by themselves.
    if (url === '/favicon.ico') return response.writeHead(204).end();
    const page = pages[Number(url.slice(1))];
    return page
      ? send('text/html; charset=utf-8', page.html, page.headers)
      : response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address();
  const origin = `http://localhost:${port}`;
  const gates = brandingGates();
  const webApp3 = await startWebApp3({
    publicHost: 'pexip.localhost',
    beforeBranding: gates.pass,
    plugin: {
      html: async () => writeOrigins(await readFile('dist/plugin/index.html', 'utf8'), [origin]),
      script: () => readFile('dist/plugin/index.js', 'utf8'),
    },
  });
  return {
    origin,
    scripts: `http://static.localhost:${port}`,
    node: webApp3.origin,
    server: rocketChat.origin,
    /** Serves a page from now on, and tells its address. */
    serve: (html, headers) => `${origin}/${pages.push({html, headers}) - 1}`,
    /** From now on Web App 3 waits for its manifest, and so has no plugin, until `releasePlugin`. */
    holdPlugin: () => gates.hold('webapp3', 'manifest'),
    releasePlugin: () => gates.release('webapp3'),
    writeAs: (username, text) => void rocketChat.post(username, ROOM, text),
    lastMessage: () => {
      const {u, msg} = rocketChat.messages(ROOM).at(-1);
      return `${u.username}: ${msg}`;
    },
    stop: async () => {
      server.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => server.close(resolve)),
        webApp3.close(),
        rocketChat.close(),
      ]);
    },
  };
};
