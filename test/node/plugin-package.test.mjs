import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, beforeEach, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';

import {strFromU8, unzipSync} from 'fflate';

import {writeDialect} from '../../plugin/dialect.mjs';
import {writeOrigins} from '../../plugin/origins.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const {version} = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const html = readFileSync(join(repository, 'plugin/index.html'), 'utf8');
const MANIFEST = 'webapp3/branding/manifest.json';
const PAGE = 'webapp3/branding/plugins/external-chat/index.html';
const SCRIPT = 'webapp3/branding/plugins/external-chat/index.js';
const ORIGIN = 'https://app.example.com';

// Never in the repository itself: other work may be using its bundle.
const copies = [];
const copyOfRepository = () => {
  const root = mkdtempSync(join(tmpdir(), 'external-chat-'));
  copies.push(root);
  for (const path of ['package.json', 'dist/plugin', `plugin/${MANIFEST}`]) {
    cpSync(join(repository, path), join(root, path), {recursive: true});
  }
  return root;
};
after(() => copies.forEach((root) => rmSync(root, {recursive: true})));

describe('make package', () => {
  let root;
  beforeEach(() => (root = copyOfRepository()));

  const run = (ORIGINS, env = {}, ...args) =>
    spawnSync(process.execPath, [join(repository, 'plugin/package.mjs'), ...args], {
      cwd: root,
      encoding: 'utf8',
      env: {...process.env, ORIGINS, ...env},
    });
  const zipped = () => readFileSync(join(root, `external-chat-v${version}.zip`));
  const contents = () =>
    Object.fromEntries(
      Object.entries(unzipSync(zipped())).map(([name, bytes]) => [name, strFromU8(bytes)]),
    );

  it('zips the branding manifest and the plugin, and says what to do next', () => {
    const {stdout, status} = run(ORIGIN);
    assert.equal(status, 0);
    assert.match(stdout, new RegExp(`external-chat-v${version}\\.zip\nNext: upload`));
    assert.deepEqual(Object.keys(contents()), [MANIFEST, PAGE, SCRIPT]);
  });

  it('names the files as the manifest does', () => {
    run(ORIGIN);
    const [{src}] = JSON.parse(contents()[MANIFEST]).plugins;
    const page = new URL(src, `https://node.example.com/${MANIFEST}`);
    assert.equal(page.pathname, `/${PAGE}`);
    assert.match(contents()[PAGE], /<script src="\.\/index\.js" defer><\/script>/);
  });

  it('leaves the plugin in the default sandbox', () => {
    run(ORIGIN);
    assert.doesNotMatch(contents()[MANIFEST], /sandboxValues/);
  });

  it('writes the origins and the version', () => {
    run(`${ORIGIN}  http://localhost:3000 ${ORIGIN}`);
    assert.match(contents()[PAGE], /content="https:\/\/app\.example\.com http:\/\/localhost:3000"/);
    assert.ok(contents()[SCRIPT].includes(version));
  });

  it('takes the origins as arguments, too', () => {
    run('', {}, 'https://a.example.com', 'https://b.example.com');
    assert.match(contents()[PAGE], /content="https:\/\/a\.example\.com https:\/\/b\.example\.com"/);
  });

  it('forgets the origins of the last time, and warns what will not work without any', () => {
    run(ORIGIN);
    const {stderr, status} = run('');
    assert.equal(status, 0);
    assert.match(stderr, /Does not work: dialling out/);
    assert.match(stderr, /make package ORIGINS="https:\/\/app\.example\.com"/);
    assert.match(contents()[PAGE], /content=""/);
  });

  it('gives the same bytes for the same contents, wherever and whenever it runs', () => {
    run(ORIGIN, {TZ: 'Asia/Tokyo'});
    const first = zipped();
    root = copyOfRepository();
    run(ORIGIN, {TZ: 'America/Los_Angeles'});
    assert.ok(first.equals(zipped()));
  });

  it('refuses a wrong origin by name and leaves the last bundle as it was', () => {
    run(ORIGIN);
    const before = zipped();
    const {stderr, status} = run('https://good.example.com https://bad.example.com/');
    assert.equal(status, 1);
    assert.match(stderr, /"https:\/\/bad\.example\.com\/" .* Write https:\/\/bad\.example\.com\./);
    assert.doesNotMatch(stderr, /at .*\.mjs/);
    assert.ok(before.equals(zipped()));
    run('', {}, 'zip');
    assert.match(contents()[PAGE], /content="https:\/\/app\.example\.com"/);
  });

  const DIALECT_META = /<meta name="external-chat-dialect" content="(.*)" \/>/;

  it('writes the dialect, which is the documented one unless DIALECT says otherwise', () => {
    assert.match(run(ORIGIN, {DIALECT: 'videoconf'}).stdout, /dialect rocketchat:videoconf\//);
    assert.equal(DIALECT_META.exec(contents()[PAGE])[1], 'videoconf');
    assert.match(contents()[PAGE], /content="https:\/\/app\.example\.com"/);
    for (const DIALECT of ['', 'external-chat']) {
      assert.doesNotMatch(run(ORIGIN, {DIALECT}).stdout, /videoconf/);
      assert.equal(DIALECT_META.exec(contents()[PAGE])[1], 'external-chat');
    }
  });

  it('refuses a wrong dialect and leaves the last bundle as it was', () => {
    run(ORIGIN, {DIALECT: 'videoconf'});
    const before = zipped();
    const {stderr, status} = run(ORIGIN, {DIALECT: 'rocketchat'});
    assert.equal(status, 1);
    assert.match(stderr, /^"rocketchat" is no dialect .* Write DIALECT=videoconf, or leave it out/);
    assert.doesNotMatch(stderr, /at .*\.mjs/);
    assert.ok(before.equals(zipped()));
    run('', {}, 'zip');
    assert.equal(DIALECT_META.exec(contents()[PAGE])[1], 'videoconf');
  });

  it('refuses a build of another version', () => {
    const path = join(root, 'package.json');
    writeFileSync(path, JSON.stringify({version: '99.0.0'}));
    const {stderr, status} = run(ORIGIN);
    assert.equal(status, 1);
    assert.match(stderr, /no plugin of version 99\.0\.0\. Run: npm run build/);
  });
});

describe('writeOrigins', () => {
  const accepted = [
    'https://app.example.com',
    'https://app.example.com:8443',
    'http://localhost:3000',
    'http://page.localhost',
    'http://127.0.0.1:8080',
    'http://127.9.8.7',
    'http://[::1]:3000',
  ];
  const refused = {
    'https://app.example.com/': 'no slash at its end',
    'https://app.example.com/meet': 'path',
    'https://app.example.com?a=b': 'path, query',
    'https://*.example.com': 'wildcards',
    '*': 'wildcards',
    'http://app.example.com': 'http is for loopback only',
    'http://localhost.example.com': 'http is for loopback only',
    'http://127.0.0.1.example.com': 'http is for loopback only',
    'https://APP.example.com': 'browsers spell it https://app.example.com',
    'https://app.example.com:443': 'browsers spell it',
    'app.example.com': 'no address',
    'ftp://app.example.com': 'no address',
    null: 'no address',
    'https://': 'no address',
    'https://a"><script>': 'no address',
  };

  for (const origin of accepted) {
    it(`accepts ${origin}`, () => {
      assert.ok(writeOrigins(html, [origin]).includes(`content="${origin}"`));
    });
  }

  for (const [origin, reason] of Object.entries(refused)) {
    it(`refuses ${origin}: ${reason}`, () => {
      assert.throws(
        () => writeOrigins(html, [origin]),
        ({message}) => message.startsWith(JSON.stringify(origin)) && message.includes(reason),
      );
    });
  }

  it('refuses a password without repeating it', () => {
    assert.throws(
      () => writeOrigins(html, ['https://user:secret@app.example.com']),
      ({message}) => message.includes('Leave them out') && !message.includes('secret'),
    );
  });

  it('refuses a page without the meta element', () => {
    assert.throws(() => writeOrigins('<p>', []), /no <meta name="external-chat-origins"/);
  });
});

describe('writeDialect', () => {
  it('refuses every other name', () => {
    for (const wrong of ['', 'Videoconf', ' videoconf', 'constructor', '"><script>']) {
      assert.throws(() => writeDialect(html, wrong), /is no dialect of the plugin/);
    }
  });

  it('refuses a page without the meta element', () => {
    assert.throws(() => writeDialect('<p>', 'videoconf'), /no <meta name="external-chat-dialect"/);
  });
});
