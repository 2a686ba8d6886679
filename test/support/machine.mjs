import {randomInt} from 'node:crypto';
import {existsSync, readdirSync} from 'node:fs';
import {createServer} from 'node:net';

const isFree = (port) =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * A port that was free a moment ago: two test runners choosing for themselves can clash. It is below
 * those that Linux gives to outgoing connections: one of these could have it while its server is away,
 * and even whoever tries to reach that server, who would then be connected with himself.
 */
export const freePort = async () => {
  for (;;) {
    const port = randomInt(20_000, 32_768);
    if (await isFree(port)) return port;
  }
};

/** Debian keeps it below a folder of the machine's architecture and the library's version. */
const debianMiniBrowser = () =>
  readdirSync('/usr/lib')
    .flatMap((triplet) =>
      ['4.1', '4.0'].map((api) => `/usr/lib/${triplet}/webkit2gtk-${api}/MiniBrowser`),
    )
    .find((path) => existsSync(path));

/** Where Debian puts the browsers; other places are told by the environment. */
export const PATHS = {
  chromium: process.env.CHROMIUM ?? '/usr/bin/chromium',
  firefox: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
  miniBrowser: process.env.MINIBROWSER ?? debianMiniBrowser(),
};
