import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';

import {startRocketChat, startWebApp3} from '../../../dist/testing/index.js';
import {writeOrigins} from '../../../plugin/origins.mjs';
import {brandingGates} from '../../support/branding-gates.mjs';

const ROOM = 'consultation';

const html = (body) => `<!doctype html>
<html lang="en">
<title>A page of one's own</title>
<link rel="icon" href="data:," />
<script src="/pexip-chat-room/pexip-chat-room.min.js"></script>
${body}
<script>
  document.querySelector('rc-chat-pane').auth = async ({signal}) =>
    (await fetch('/chat-credentials', {method: 'POST', signal})).json();
</script>
</html>`;

/**
 * Starts simulators and a server for static pages like the README's, with the built scripts and an
 * endpoint that signs Alice in.
 */
export const startOwnPage = async () => {
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
  const answer = async ({method, url}, response) => {
    const script = scriptOf(url);
    const send = (type, text) => response.writeHead(200, {'content-type': type}).end(text);
    if (script) return send('text/javascript', await readFile(`dist/${script}`));
    if (method === 'POST' && url === '/chat-credentials') {
      return send('application/json', JSON.stringify(rocketChat.issueToken('alice')));
    }
    const page = pages[Number(url.slice(1))];
    return page ? send('text/html; charset=utf-8', page) : response.writeHead(404).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${server.address().port}`;
  const gates = brandingGates();
  const webApp3 = await startWebApp3({
    publicHost: 'pexip.localhost',
    beforeBranding: gates.pass,
    plugin: {
      html: async () => writeOrigins(await readFile('dist/plugin/index.html', 'utf8'), [origin]),
      script: () => readFile('dist/plugin/index.js', 'utf8'),
    },
  });
  const places = {node: webApp3.origin, server: rocketChat.origin};
  return {
    ...places,
    /** From now on Web App 3 waits for its manifest, and so has no plugin, until `releasePlugin`. */
    holdPlugin: () => gates.hold('webapp3', 'manifest'),
    releasePlugin: () => gates.release('webapp3'),
    /** The address of a page with such a body. */
    address: (body) => `${origin}/${pages.push(html(body(places))) - 1}`,
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
