/**
 * Starts the demo: the page, a Web App 3 simulator with a Pexip Infinity behind it, a Rocket.Chat
 * simulator and a broker, each on an origin of its own. With `--json` it prints one line for programs
 * when all listen; SIGTERM ends it. With `--factory-settings` Rocket.Chat is as newly installed: it lets
 * nothing be embedded, and limits the calls of everybody, administrators included. Each of the two works
 * without the other. With `--data <file>` Rocket.Chat keeps its accounts, rooms and messages there, and
 * the broker its own data beside it. With `--brokers <number>` and REDIS_URL that many brokers serve as
 * one. With `--origin <origin>` a page of that origin may use the broker, too.
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
const {startPexipInfinity, startRocketChat, startWebApp3} = await import(
  new URL('testing/index.js', dist).href
);
const {startBrokers} = await import('./broker.mjs');

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
const valueOf = (option, complaint) => {
  const at = process.argv.indexOf(option);
  const value = at > 0 ? process.argv[at + 1] : undefined;
  if (at > 0 && !value) {
    console.error(complaint);
    process.exit(1);
  }
  return value;
};
const dataFile = valueOf('--data', 'Say where the data are kept: --data <file>');
const brokerCount = Number(valueOf('--brokers', 'Say how many: --brokers <number>') ?? 1);
const ownOrigin = valueOf('--origin', 'Say whose page it is: --origin http://localhost:8080');
const redis = process.env.REDIS_URL;
if (!Number.isInteger(brokerCount) || brokerCount < 1 || brokerCount > 16) {
  console.error('Say how many brokers, from 1 to 16: --brokers <number>');
  process.exit(1);
}
if (brokerCount > 1 && !redis) {
  console.error('Several brokers share a Redis. Say where it is: REDIS_URL=redis://127.0.0.1:6379');
  process.exit(1);
}
const createTokenSecret = randomBytes(32).toString('base64url');
const rocketChat = await startRocketChat({
  ...(factorySettings ? {permissions: {'api-bypass-rate-limit': []}} : EMBEDDABLE),
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
const brokers = await startBrokers({
  rocketChat,
  webApp3,
  // One page for each person, under two names of this machine.
  origins: [
    page.origin,
    page.origin.replace('localhost', '127.0.0.1'),
    ...(ownOrigin ? [ownOrigin] : []),
  ],
  sqlite: dataFile ? `${dataFile}.broker.sqlite` : ':memory:',
  count: brokerCount,
  redis,
});
page.setBroker(brokers);
const infinity = await startPexipInfinity({
  broker: brokers.pexip,
  // The room in which the demo begins is Pexip's own, as a person's or a team's is.
  vmrs: [{alias: ROOM, name: 'Consultation'}],
});
webApp3.set({infinity});

const stop = async () => {
  await Promise.all([page.close(), webApp3.close(), infinity.close()]);
  await brokers.close();
  await rocketChat.close();
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
    broker: brokers.origins[0],
    ...(brokerCount > 1 && {brokers: brokers.origins}),
    users: people.filter((person) => !isAdmin(person)),
    admin: people.find(isAdmin) ?? null,
    createTokenSecret,
    room: ROOM,
    hostToken: {alice: brokers.tokenFor('alice'), bob: brokers.tokenFor('bob')},
    pexip: brokers.pexip,
  };
  console.log(JSON.stringify(started));
} else {
  const shut = 'Rocket.Chat has its factory settings: it lets nothing be embedded.\n\n';
  const note = factorySettings ? shut : '';
  const widget = `The floating widget: ${address}widget`;
  console.log(`\nThe demo is ready. Open ${address}\n${widget}\n\n${note}End it with Ctrl+C.`);
}
