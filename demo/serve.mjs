/**
 * Starts the demo: the page, a Web App 3 simulator and a Rocket.Chat simulator, each on an origin of
 * its own. With `--json` it prints one line for programs when all listen; SIGTERM ends it. With
 * `--factory-settings` Rocket.Chat is as newly installed: it lets nothing be embedded, and limits the
 * calls of everybody, administrators included. Each of the two works without the other. With
 * `--data <file>` Rocket.Chat keeps its accounts, rooms and messages there.
 */
import {randomBytes} from 'node:crypto';
import {existsSync} from 'node:fs';
import {readFile} from 'node:fs/promises';

import {writeOrigins} from '../plugin/origins.mjs';
import {tellExamples} from './example-messages.mjs';
import {startPage} from './page-server.mjs';

const dist = new URL('../dist/', import.meta.url);

if (!existsSync(new URL('testing/index.js', dist))) {
  console.error(
    'The demo is not built yet. Run "npm run build" first, or "make demo" for all of it.',
  );
  process.exit(1);
}
const {startRocketChat, startWebApp3} = await import(new URL('testing/index.js', dist).href);

const ROOM = 'consultation';

/** What an administrator sets so that a page of another origin can embed the workspace, and send files to it. */
const EMBEDDABLE = {
  settings: {
    Iframe_Restrict_Access: false,
    Iframe_Integration_send_enable: true,
    Iframe_Integration_receive_enable: true,
    Unread_Count: 'all_messages',
    API_Enable_CORS: true,
  },
  permissions: {'api-bypass-rate-limit': ['admin']},
};

const factorySettings = process.argv.includes('--factory-settings');
const dataAt = process.argv.indexOf('--data');
const dataFile = dataAt > 0 ? process.argv[dataAt + 1] : undefined;
if (dataAt > 0 && !dataFile) {
  console.error('Say where the data are kept: --data <file>');
  process.exit(1);
}
const createTokenSecret = randomBytes(32).toString('base64url');
const rocketChat = await startRocketChat({
  ...(factorySettings ? {} : EMBEDDABLE),
  createTokenSecret,
  dataFile,
});
await tellExamples(rocketChat, ROOM);
const page = await startPage({rocketChat, room: ROOM, dist, factorySettings});
const webApp3 = await startWebApp3({
  plugin: {
    html: async () =>
      writeOrigins(await readFile(new URL('plugin/index.html', dist), 'utf8'), [page.origin]),
    script: () => readFile(new URL('plugin/index.js', dist), 'utf8'),
  },
});
page.setNode(webApp3.origin);

const stop = async () => {
  await Promise.all([page.close(), webApp3.close(), rocketChat.close()]);
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

const address = `${page.origin}/`;
const people = rocketChat.users.map(({username, password}) => ({username, password}));
const isAdmin = ({username}) => username === 'admin';

if (process.argv.includes('--json')) {
  const started = {
    page: address,
    webApp3: webApp3.origin,
    rocketChat: rocketChat.origin,
    broker: null,
    users: people.filter((person) => !isAdmin(person)),
    admin: people.find(isAdmin) ?? null,
    createTokenSecret,
    room: ROOM,
    hostToken: null,
    pexip: null,
  };
  console.log(JSON.stringify(started));
} else {
  const shut = 'Rocket.Chat has its factory settings: it lets nothing be embedded.\n\n';
  const note = factorySettings ? shut : '';
  console.log(`\nThe demo is ready. Open ${address}\n\n${note}End it with Ctrl+C.`);
}
