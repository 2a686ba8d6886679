/**
 * node plugin/dev/serve.mjs [origin …]
 *
 * Serves the plugin alone on https://localhost:5173/, built from its sources and again after each
 * change. The origins of the pages that may use it come from the arguments, or from ORIGINS, separated
 * by spaces; PORT is another port. Runs in the root of the repository until Ctrl+C.
 */
import {originsOf} from '../origins.mjs';
import {watchPlugin} from './build.mjs';
import {ensureCertificate} from './certificate.mjs';
import {filesOf, readPage} from './files.mjs';
import {serveFiles} from './server.mjs';

const PORT = 5173;
const CERTIFICATE = '.dev-server';
/** Pages of the developer's own machine, on the ports that servers of pages usually take. */
const DEFAULT_ORIGINS = [3000, 4200, 8000, 8080].map((port) => `http://localhost:${port}`);

const readPort = (text) => {
  const port = text ? Number(text) : PORT;
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Error(`PORT is ${JSON.stringify(text)}. Write a number up to 65535, as in PORT=5174.`);
};

const portTaken = (port) =>
  new Error(
    `Port ${port} is in use. End the program that has it, or take another one: PORT=${port + 1} npm start`,
  );

const welcome = (address, origins, isNew) => `
The plugin is at ${address}

1. Open this address once in your browser and accept the certificate${isNew ? '' : ', the same as last time'}. The page is empty.
2. Take ${address}branding/manifest.json as webapp3/branding/manifest.json
   of a branding package, and upload it to your node. Its Web App 3 then loads the plugin from here.
3. Open a meeting of that branding in a page of one of these origins:
   ${origins.join(' ')}
   Others: ORIGINS="https://app.example.com" npm start

End it with Ctrl+C.
`;

const run = async () => {
  const port = readPort(process.env.PORT);
  const given = originsOf(process.argv.slice(2));
  const origins = given.length ? given : DEFAULT_ORIGINS;
  await readPage(origins); // A wrong origin is told now, not when a meeting loads.

  let script;
  let address = '';
  const files = filesOf({origins, script: () => script, address: () => address});
  const certificate = await ensureCertificate(CERTIFICATE);
  const server = await serveFiles({certificate, port, files}).catch((error) => {
    throw error.code === 'EADDRINUSE' ? portTaken(port) : error;
  });
  address = `https://localhost:${server.port}/`;
  console.log(welcome(address, origins, certificate.isNew));

  const build = watchPlugin({
    built: (code, milliseconds) => {
      script = code;
      console.log(`Built in ${milliseconds} ms. Reload the meeting.`);
    },
    failed: (why) => {
      const rest = script ? 'What was built last is still served.' : 'There is none yet.';
      console.error(`${why}\nThe plugin cannot be built. ${rest}`);
    },
  });

  const stop = async () => {
    await Promise.all([server.close(), build.close()]);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

run().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
