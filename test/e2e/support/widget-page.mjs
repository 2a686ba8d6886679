import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';

import {startBroker, startRocketChat} from '../../../dist/testing/index.js';
import {startFaultProxy} from '../../support/fault-proxy.mjs';

/** A picture of which nobody sees anything: 1 by 1. */
const PIXEL = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
const FILE = /^\/pexip-chat-room\/(pexip-chat-room(?:\.([\w-]+))?\.min\.js)$/;

/**
 * A workspace that lets itself be embedded, its broker, and a server for pages with a widget, which can keep
 * a page from being loaded. All three can be far away.
 *
 * @param {{permissions?: Record<string, string[]>, brokerSettings?: object}} [options] what users may do in
 *   the workspace, and settings of the broker
 */
export const startWidgetPage = async ({permissions, brokerSettings} = {}) => {
  const rocketChat = await startRocketChat({
    ...(permissions && {permissions}),
    settings: {
      Iframe_Restrict_Access: false,
      Iframe_Integration_send_enable: true,
      Iframe_Integration_receive_enable: true,
    },
  });
  let html = '';
  const asked = [];
  let picture;
  const answer = async ({url}, response) => {
    const send = (type, body) => response.writeHead(200, {'content-type': type}).end(body);
    const [, file, part = 'first'] = FILE.exec(url) ?? [];
    if (file) {
      asked.push(part);
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
  const behind = async ({origin}) => startFaultProxy(origin, {publicHost: 'localhost'});
  const ways = [await behind({origin: `http://localhost:${server.address().port}`})];
  const [{origin}] = ways;
  ways.push(await behind(rocketChat));
  const broker = await startBroker({
    workspace: rocketChat,
    origins: [origin],
    ...(brokerSettings && {settings: brokerSettings}),
    // With a node it has calls.
    config: {node: 'https://pexip.example.com', server: ways[1].origin},
  });
  ways.push(await behind(broker));
  return {
    address: `${origin}/`,
    rocketChat,
    broker: ways[2].origin,
    /** Serves this from now on; `%TOKEN%` is Alice's. */
    serve: (text) => (html = text.replace('%TOKEN%', broker.accessToken('alice'))),
    /** The names of our files that were asked for, in order. */
    asked,
    /** What the broker was asked. */
    brokerAsked: () => broker.requests().map(({line}) => line),
    /** The page has its picture, and so has loaded. */
    finishLoading: () => picture(),
    /** From now on each round trip takes so many ms, to whichever of the three. */
    away: (roundTrip) => ways.forEach((way) => way.slow({latency: roundTrip / 2})),
    stop: async () => {
      await Promise.all(ways.map((way) => way.close()));
      server.closeAllConnections();
      await Promise.all([new Promise((resolve) => server.close(resolve)), broker.close()]);
      await rocketChat.close();
    },
  };
};
