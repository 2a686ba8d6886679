import {readFile} from 'node:fs/promises';

import {startRocketChat, startWebApp3} from '../../dist/testing/index.js';
import {writeOrigins} from '../../plugin/origins.mjs';
import {bundle} from '../support/bundle.mjs';
import {html, script, serve} from '../support/serve.mjs';

const PAGE = html(`<link rel="icon" href="data:," />
<script src="/bench.js"></script>
<script src="/dist/pexip-chat-room.min.js"></script>
<body></body>`);

/** The page's site with the built scripts, and the simulators on sites of their own. */
export const startMountSites = async () => {
  const benchScript = await bundle('bench/mounts/page/mounts.ts');
  const page = await serve('localhost', {
    '/': () => PAGE,
    '/bench.js': () => script(benchScript),
    '*': async ({url}) => {
      const [, file] = /^\/dist\/([\w.-]+\.js)$/.exec(url) ?? [];
      return file && script(await readFile(`dist/${file}`));
    },
  });
  const webApp3 = await startWebApp3({
    publicHost: 'pexip.localhost',
    plugin: {
      html: async () =>
        writeOrigins(await readFile('dist/plugin/index.html', 'utf8'), [page.origin]),
      script: () => readFile('dist/plugin/index.js', 'utf8'),
    },
  });
  const rocketChat = await startRocketChat({
    publicHost: 'chat.localhost',
    bypassRateLimit: true,
    settings: {
      Iframe_Restrict_Access: false,
      Iframe_Integration_send_enable: true,
      Iframe_Integration_receive_enable: true,
    },
  });
  return {
    page: page.origin,
    places: {
      node: webApp3.origin,
      workspace: rocketChat.origin,
      credentials: rocketChat.issueToken('alice'),
    },
    close: () => Promise.all([page, webApp3, rocketChat].map((server) => server.close())),
  };
};
