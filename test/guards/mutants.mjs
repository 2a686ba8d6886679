import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {fileURLToPath} from 'node:url';

import {build} from 'esbuild';
import puppeteer from 'puppeteer-core';

import {CHROMIUM_ARGS} from '../support/browsers.mjs';
import {PATHS} from '../support/machine.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const IN_PAGE = 'test/guards/in-page.js';

/** Gives esbuild the file of a guard without the guard. Nothing is written anywhere. */
const without = ({file, find, instead}) => ({
  name: 'without-a-guard',
  setup(bundler) {
    const filter = new RegExp(`/${file.replaceAll('.', '\\.')}$`);
    bundler.onLoad({filter}, async ({path}) => {
      const text = await readFile(path, 'utf8');
      return {contents: text.replace(find, () => instead), loader: 'ts'};
    });
  },
});

/** The tests as one script, with the code they are for; `guard` is taken out of it. */
const bundle = async (tests, guard) => {
  const files = [IN_PAGE, ...tests].map((file) => `import ${JSON.stringify(root + file)};`);
  const {outputFiles} = await build({
    stdin: {contents: files.join('\n'), resolveDir: root, loader: 'ts'},
    bundle: true,
    // package.json says that importing these files has no effect.
    ignoreAnnotations: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production'],
    define: {__VERSION__: '"0"', 'process.env.NODE_ENV': '"production"'},
    tsconfig: `${root}tsconfig.json`,
    plugins: guard ? [without(guard)] : [],
    logLevel: 'silent',
  });
  return outputFiles[0].text;
};

/** Runs unit tests in Chromium, with the code as it is or without one of its guards. */
export const openMutants = async () => {
  let script = '';
  const server = createServer((request, response) => {
    const isScript = request.url === '/tests.js';
    const type = isScript ? 'text/javascript' : 'text/html';
    response
      .writeHead(200, {'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store'})
      .end(isScript ? script : '<!doctype html><script type="module" src="/tests.js"></script>');
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const browser = await puppeteer.launch({
    executablePath: PATHS.chromium,
    args: CHROMIUM_ARGS,
    protocolTimeout: 300_000,
  });
  return {
    /** @returns {Promise<{ran: number, failed?: string, message?: string}>} up to the first failure */
    run: async (tests, guard) => {
      script = await bundle(tests, guard);
      const page = await browser.newPage();
      try {
        await page.goto(address, {waitUntil: 'load'});
        return await page.evaluate(() => globalThis.runTests());
      } finally {
        await page.close();
      }
    },
    close: async () => {
      await browser.close();
      server.close();
      server.closeAllConnections();
    },
  };
};
