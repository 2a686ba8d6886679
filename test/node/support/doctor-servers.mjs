import {readFile} from 'node:fs/promises';
import {createServer as createHttp} from 'node:http';
import {createServer as createHttps} from 'node:https';
import {once} from 'node:events';

import {generate} from 'selfsigned';

import {writeOrigins} from '../../../plugin/origins.mjs';

/** The page that embeds in these tests; nobody asks it for anything. */
export const PAGE = 'https://app.example.com';

/** What an administrator sets so that pages can embed the workspace. */
export const EMBEDDABLE = {
  Iframe_Restrict_Access: false,
  Iframe_Integration_send_enable: true,
  Iframe_Integration_send_target_origin: PAGE,
  Iframe_Integration_receive_enable: true,
  Iframe_Integration_receive_origin: PAGE,
  API_Enable_CORS: true,
};

const built = (name) => readFile(new URL(`../../../dist/plugin/${name}`, import.meta.url), 'utf8');

/** The built plugin, packaged for these pages. */
export const pluginFor = (...origins) => ({
  html: async () => writeOrigins(await built('index.html'), origins),
  script: () => built('index.js'),
});

/** A server of the test's own on a free port, ended with the test. */
export const serve = async (context, handler, {tls, host = '127.0.0.1', port = 0} = {}) => {
  const server = tls ? createHttps(tls, handler) : createHttp(handler);
  // A client that leaves in the middle is none of the server's business.
  server.on('clientError', (_, socket) => socket.destroy());
  server.listen(port, host);
  await once(server, 'listening');
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return {port: server.address().port, server};
};

/** A certificate for these names, self-signed; it is its own authority. */
export const certificateFor = async (
  names,
  {from = new Date(Date.now() - 86_400_000), days = 90} = {},
) => {
  const made = await generate([{name: 'commonName', value: names[0]}], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: from,
    notAfterDate: new Date(from.getTime() + days * 86_400_000),
    extensions: [
      {name: 'basicConstraints', cA: true, critical: true},
      {name: 'subjectAltName', altNames: names.map((value) => ({type: 2, value}))},
    ],
  });
  return {key: made.private, cert: made.cert};
};
