import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';

import {startBroker, startRocketChat} from '../../../dist/testing/index.js';

/** A picture of which nobody sees anything: 1 by 1. */
const PIXEL = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
const FILE = /^\/pexip-chat-room\/(pexip-chat-room(?:\.([\w-]+))?\.min\.js)$/;

/**
 * A workspace, its broker, and a server for pages with a widget, which can keep a page from being loaded,
 * and its files back.
 */
export const startWidgetPage = async () => {
  const rocketChat = await startRocketChat();
  let html = '';
  const asked = [];
  const held = new Set();
  let holds = false;
  let picture;
  const answer = async ({url}, response) => {
    const send = (type, body) => response.writeHead(200, {'content-type': type}).end(body);
    const [, file, part = 'first'] = FILE.exec(url) ?? [];
    if (file) {
      asked.push(part);
      if (holds) await new Promise((go) => held.add(go));
      return send('text/javascript', await readFile(`dist/${file}`));
    }
    if (url === '/slow.gif') return (picture = () => send('image/gif', PIXEL));
    if (url === '/') return send('text/html; charset=utf-8', html);
    // Some browsers ask for an icon by themselves.
    return response.writeHead(204).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://localhost:${server.address().port}`;
  const broker = await startBroker({
    workspace: rocketChat,
    origins: [origin],
    // With a node it has calls.
    config: {node: 'https://pexip.example.com'},
  });
  return {
    address: `${origin}/`,
    rocketChat,
    broker: broker.origin,
    /** Serves this from now on; `%TOKEN%` is Alice's. */
    serve: (text) => (html = text.replace('%TOKEN%', broker.accessToken('alice'))),
    /** The names of our files that were asked for, in order. */
    asked,
    /** What the broker was asked. */
    brokerAsked: () => broker.requests().map(({line}) => line),
    /** The page has its picture, and so has loaded. */
    finishLoading: () => picture(),
    /** From now on files are kept back until they are let go. */
    hold: () => (holds = true),
    /** How many are kept back. */
    held: () => held.size,
    letGo: () => {
      for (const go of held) go();
      held.clear();
    },
    stop: async () => {
      holds = false;
      for (const go of held) go();
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), broker.close()]);
      await rocketChat.close();
    },
  };
};
