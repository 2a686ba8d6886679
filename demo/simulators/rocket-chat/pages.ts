import {readFile} from 'node:fs/promises';
import type {ServerResponse} from 'node:http';

import {send} from '../http.js';

// The bundle lies in dist/testing/, the page's files in a folder beside it.
const FILES = new URL('./rocket-chat/', import.meta.url);

const ASSETS: ReadonlyMap<string, string> = new Map([
  ['main.js', 'text/javascript; charset=utf-8'],
  ['style.css', 'text/css; charset=utf-8'],
]);

// Rocket.Chat's own policy (`Enable_CSP`); framing is not its part.
const POLICY =
  "default-src 'self'; connect-src *; frame-src *; img-src * data: blob:; script-src 'self'";

/** Answers with a file of the page, or with the page itself, which is the same for every path. */
export const answerPage = async (
  response: ServerResponse,
  path: string,
  remoteControl: boolean,
): Promise<void> => {
  const asset = path.replace(/^\/assets\//, '');
  const type = ASSETS.get(asset);
  if (type) {
    send(response, 200, await readFile(new URL(asset, FILES), 'utf8'), {'content-type': type});
    return;
  }
  const html = await readFile(new URL('index.html', FILES), 'utf8');
  const head = remoteControl ? '<meta name="remote-control" content="on" /></head>' : '</head>';
  send(response, 200, html.replace('</head>', head), {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': POLICY,
  });
};
