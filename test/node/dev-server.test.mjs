import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {X509Certificate} from 'node:crypto';
import {readFileSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';

import {ensureCertificate} from '../../plugin/dev/certificate.mjs';
import {SOURCES, startDevServer} from '../support/dev-server.mjs';
import {copyOfRepository, repository, temporaryFolder} from './support/copy.mjs';
import {PluginHost} from './support/plugin-host.mjs';

const DEFAULTS = [3000, 4200, 8000, 8080].map((port) => `http://localhost:${port}`).join(' ');

const running = [];
const start = async (...args) => {
  const server = await startDevServer(...args);
  running.push(server);
  return server;
};
after(() => Promise.all(running.map((server) => server.stop())));

describe('the development server', {timeout: 600_000}, () => {
  let root;
  let server;
  let address;
  before(async () => {
    root = copyOfRepository(...SOURCES);
    server = await start(root);
    address = await server.ready();
  });

  it('serves the page of the plugin at its root, for pages on this machine', async () => {
    const {status, headers, body} = await server.get('/');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.ok(body.includes(`<meta name="external-chat-origins" content="${DEFAULTS}" />`));
    assert.match(body, /<script src="\.\/index\.js" defer><\/script>/);
    assert.equal((await server.get('/index.html')).body, body);
  });

  it('serves the plugin as one classic script that registers and shows its sources', async () => {
    const {status, headers, body} = await server.get('/index.js');
    assert.equal(status, 200);
    assert.equal(headers['content-type'], 'text/javascript; charset=utf-8');
    assert.match(body, /sourceMappingURL=data:application\/json/);
    const {version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const host = new PluginHost(body, {origins: ['https://app.example.com']});
    await host.until(() => host.log.includes(`plugin: external-chat loaded v${version}`));
    await host.hears('ready');
  });

  it('serves a branding manifest that names the plugin at its address', async () => {
    const {body, headers} = await server.get('/branding/manifest.json');
    assert.equal(headers['content-type'], 'application/json; charset=utf-8');
    const released = readFileSync(join(root, 'plugin/webapp3/branding/manifest.json'), 'utf8');
    assert.deepEqual(JSON.parse(body), {
      ...JSON.parse(released),
      plugins: [{id: 'external-chat', src: address}],
    });
  });

  it('lets nothing be kept by a cache, and any origin read', async () => {
    for (const path of ['/', '/index.js', '/branding/manifest.json', '/nothing']) {
      const {headers} = await server.get(path);
      assert.equal(headers['cache-control'], 'no-store', path);
      assert.equal(headers['access-control-allow-origin'], '*', path);
    }
  });

  it('answers 404 for everything else, and names what there is', async () => {
    for (const path of ['/package.json', '/plugin/index.html', '/.dev-server/key.pem', '//']) {
      const {status, body} = await server.get(path);
      assert.equal(status, 404, path);
      assert.match(body, /There are: \/ \/index\.html \/index\.js \/branding\/manifest\.json/);
    }
    assert.equal((await server.get('/', {method: 'POST'})).status, 404);
  });

  it('has a certificate for localhost, 127.0.0.1 and ::1, and is no authority', async () => {
    const certificate = new X509Certificate(server.certificate());
    assert.equal(certificate.checkHost('localhost'), 'localhost');
    assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1');
    assert.match(certificate.subjectAltName, /IP Address:0:0:0:0:0:0:0:1$/);
    assert.equal(certificate.ca, false);
    assert.equal((await server.get('/', {hostname: '127.0.0.1'})).status, 200);
    const {cert} = await ensureCertificate(temporaryFolder());
    await assert.rejects(server.get('/', {ca: cert}), /self-signed certificate/);
  });

  it('says what to do next', () => {
    const said = server.said();
    assert.match(said, /1\. Open this address once in your browser and accept the certificate\./);
    assert.ok(said.includes(`Take ${address}branding/manifest.json as webapp3/branding/manifest`));
    assert.ok(said.includes(DEFAULTS));
  });

  /** Waits for such a script. An edit may be built twice, and the second time within the next edit. */
  const serves = async (pattern) => {
    for (;;) {
      const from = server.said().length;
      if (pattern.test((await server.get('/index.js')).body)) return;
      await server.hears(/^Built in/m, from);
    }
  };

  it('builds again when a source of the plugin changes', async () => {
    const rename = (code) => code.replace('plugin: ', 'edited: ');
    await server.edit('plugin/src/log.ts', rename, /^Built in .* Reload the meeting\./m);
    await serves(/edited: \$/);
  });

  it('builds again when the protocol changes', async () => {
    const add = (code) => `console.debug('protocol');\n${code}`;
    await server.edit('src/protocol/external-chat.ts', add, /^Built in/m);
    await serves(/console\.debug\(["']protocol["']\)/);
  });

  it('keeps serving the last good build when a source is wrong, until it is mended', async () => {
    const {body: good} = await server.get('/index.js');
    const spoil = (code) => `const;\n${code}`;
    const failed = /log\.ts.*cannot be built\. What was built last is still served\./s;
    await server.edit('plugin/src/log.ts', spoil, failed);
    assert.equal((await server.get('/index.js')).body, good);

    const mend = (code) => code.replace('const;\n', '').replace('edited', 'mended');
    await server.edit('plugin/src/log.ts', mend, /^Built in/m);
    await serves(/mended: \$/);
  });

  it('shows the certificate of last time at the next start, and says so', async () => {
    const before = server.certificate();
    const next = await start(root);
    await next.ready();
    assert.match(next.said(), /accept the certificate, the same as last time\./);
    assert.equal(next.certificate(), before);
    assert.equal((await next.get('/', {ca: before})).status, 200);
  });

  it('says how to take another port when its own is taken, and leaves the other server alone', async () => {
    const {port} = new URL(address);
    const second = await start(root, {port});
    assert.equal(await second.ended(), 1);
    assert.equal(
      second.said(),
      `Port ${port} is in use. End the program that has it, or take another one: PORT=${Number(port) + 1} npm start\n`,
    );
    assert.equal((await server.get('/')).status, 200);
  });

  for (const signal of ['SIGINT', 'SIGTERM']) {
    it(
      `ends with 0 on ${signal}, though a client is in the middle of a request`,
      {timeout: 120_000},
      async () => {
        const other = await start(root);
        await other.ready();
        await other.connectForEver();
        assert.equal(await other.stop(signal), 0);
      },
    );
  }
});

describe('the development server, before it serves', {timeout: 600_000}, () => {
  let root;
  before(() => (root = copyOfRepository(...SOURCES)));

  for (const [how, options] of [
    ['from ORIGINS', {origins: 'https://app.example.com  http://localhost:9000'}],
    ['from its arguments', {args: ['https://app.example.com', 'http://localhost:9000']}],
  ]) {
    it(`takes the origins ${how}`, async () => {
      const server = await start(root, options);
      await server.ready();
      const {body} = await server.get('/');
      assert.ok(body.includes('content="https://app.example.com http://localhost:9000"'));
    });
  }

  it('refuses a wrong origin, and says what to write', async () => {
    const server = await start(root, {origins: 'https://app.example.com/'});
    assert.equal(await server.ended(), 1);
    assert.match(server.said(), /^"https:\/\/app\.example\.com\/" .* Write https:.*com\.\n$/);
  });

  for (const port of ['http', '-1', '5173.5', '70000']) {
    it(`refuses the port ${port}`, async () => {
      const server = await start(root, {port});
      assert.equal(await server.ended(), 1);
      assert.match(
        server.said(),
        /^PORT is ".*"\. Write a number up to 65535, as in PORT=5174\.\n$/,
      );
    });
  }

  it('takes port 5173 unless told otherwise', async () => {
    // Whether it is free or not: either way the server names it.
    const server = await start(root, {port: ''});
    const [, port] = await server.hears(/^(?:The plugin is at https:\/\/localhost:|Port )(\d+)/m);
    assert.equal(port, '5173');
  });

  it('sees a port that is taken for IPv6 alone, as browsers try that first', async () => {
    const holder = createServer();
    const held = await new Promise((resolve) => {
      holder.once('error', () => resolve(undefined));
      holder.listen(0, '::1', () => resolve(holder.address().port));
    });
    // Where there is no IPv6, nobody else can be there either.
    if (held === undefined) return;
    try {
      const server = await start(root, {port: held});
      assert.equal(await server.ended(), 1);
      assert.match(server.said(), /^Port \d+ is in use/);
    } finally {
      holder.close();
    }
  });

  it('tells that there is no build yet when the first one fails', async () => {
    const broken = copyOfRepository(...SOURCES);
    const entry = 'plugin/src/index.ts';
    writeFileSync(join(broken, entry), "import './missing.js';\n");
    const server = await start(broken);
    await server.hears(/missing\.js.*\nThe plugin cannot be built\. There is none yet\./);
    const {status, body} = await server.get('/index.js');
    assert.equal(status, 503);
    assert.match(body, /cannot be built/);

    await server.edit(entry, () => 'void 0;\n', /^Built in/m);
    assert.equal((await server.get('/index.js')).status, 200);
  });
});

describe('the ways to start the development server', () => {
  const run = (...command) =>
    spawnSync(command[0], command.slice(1), {
      cwd: repository,
      encoding: 'utf8',
      env: {...process.env, PORT: 'none', MAKEFLAGS: ''},
    });

  for (const command of ['npm start', 'npm run dev:plugin']) {
    it(`has ${command}`, () => {
      assert.match(run(...command.split(' ')).stderr, /^PORT is "none"\./m);
    });
  }

  it('has make dev, which make help lists', () => {
    assert.match(run('make', '-n', 'dev').stdout, /^node plugin\/dev\/serve\.mjs$/m);
    assert.match(
      run('make', 'help').stdout,
      /^make dev +Serve the plugin alone on https:\/\/localhost:5173\//m,
    );
  });
});

describe('the certificate', () => {
  it('is the same at the next start', async () => {
    const folder = temporaryFolder();
    const first = await ensureCertificate(folder);
    assert.equal(first.isNew, true);
    assert.deepEqual(await ensureCertificate(folder), {...first, isNew: false});
  });

  it('has a key that only its owner can read, even when it was readable before', async () => {
    const folder = join(temporaryFolder(), 'certificate');
    const {key} = await ensureCertificate(folder);
    const file = join(folder, 'key.pem');
    const modeOf = (path) => (statSync(path).mode & 0o777).toString(8);
    assert.equal(modeOf(folder), '700');
    assert.equal(modeOf(file), '600');

    const open = join(temporaryFolder(), 'key.pem');
    writeFileSync(open, 'damaged', {mode: 0o644});
    await ensureCertificate(join(open, '..'));
    assert.equal(modeOf(open), '600');
    assert.equal(readFileSync(file, 'utf8'), key);
  });

  it('is valid for 397 days, and made anew on its last day', async (t) => {
    const folder = temporaryFolder();
    const {cert} = await ensureCertificate(folder);
    const {validFrom, validTo} = new X509Certificate(cert);
    const day = 24 * 60 * 60 * 1000;
    assert.equal((Date.parse(validTo) - Date.parse(validFrom)) / day, 397);

    t.mock.timers.enable({apis: ['Date'], now: Date.parse(validTo) - 2 * day});
    assert.equal((await ensureCertificate(folder)).isNew, false);
    t.mock.timers.setTime(Date.parse(validTo) - day);
    assert.equal((await ensureCertificate(folder)).isNew, true);
  });

  for (const [damage, file, content] of [
    ['damaged', 'cert.pem', () => 'no certificate'],
    ['another key', 'key.pem', (other) => other.key],
  ]) {
    it(`is made anew when it is there with ${damage} in ${file}`, async () => {
      const folder = temporaryFolder();
      const first = await ensureCertificate(folder);
      const other = await ensureCertificate(temporaryFolder());
      writeFileSync(join(folder, file), content(other));
      const {isNew, cert} = await ensureCertificate(folder);
      assert.equal(isNew, true);
      assert.notEqual(cert, first.cert);
    });
  }
});
