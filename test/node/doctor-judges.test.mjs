import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {loadSource} from './support/load-source.mjs';

const judge = (name) => loadSource(`bin/doctor/judge/${name}.ts`);
const {policiesOf, policiesAllow, sourcesAllow} = await judge('csp');
const {framingForbidden} = await judge('framing');
const {judgeFraming} = await judge('framed-page');
const {judgeEvents, judgeCommands} = await judge('iframe-settings');
const {numbersOf, isAtLeast, judgeVersion} = await judge('version');
const {pluginsOf, chatPluginOf, judgeManifest} = await judge('manifest');
const {judgeOrigins, judgeId, registeredIds, scriptsOf, metaOf} = await judge('plugin-page');
const {pageKind, whatCame} = await judge('page-kind');
const {judgeTls, judgeNames} = await judge('certificates');
const {judgeClock} = await judge('clock');
const {holdersOf, missingOf, rolesOf} = await judge('permissions');
const {judgePolicies} = await judge('page-policies');
const {failureOf, wordsOf} = await loadSource('bin/doctor/net/failures.ts');
const {shown} = await loadSource('bin/doctor/shown.ts');

const PAGE = 'https://app.example.com';
const NODE = new URL('https://pexip.example.com/webapp3/m/x');
const answer = (over = {}) => ({
  kind: 'answer',
  url: NODE,
  status: 200,
  headers: {},
  body: '',
  whole: true,
  receivedAt: 0,
  ...over,
});

describe('a policy', () => {
  it('is read as browsers do: names in any case, the first of a directive, commas between policies', () => {
    const [one, two, ...more] = policiesOf(
      "Frame-Src 'self'  a.example ;; frame-src b, ,img-src *",
    );
    assert.deepEqual([...one], [['frame-src', ["'self'", 'a.example']]]);
    assert.deepEqual([...two], [['img-src', ['*']]]);
    assert.equal(more.length, 0);
    assert.deepEqual(policiesOf(undefined), []);
    assert.deepEqual(policiesOf(' ; , ;'), []);
  });

  for (const [source, address, allowed] of [
    ['*', 'https://chat.example.com', true],
    ['*', 'data:x', false],
    ["'none'", 'https://chat.example.com', false],
    ["'self'", 'https://app.example.com/x', true],
    ["'self'", 'wss://app.example.com/x', true],
    ["'SELF'", 'https://app.example.com/x', true],
    ["'self'", 'https://app.example.com:8443', false],
    ["'self'", 'http://app.example.com', false],
    ["'self'", 'https://chat.example.com', false],
    ['https:', 'https://chat.example.com', true],
    ['https:', 'wss://chat.example.com', false],
    ['wss:', 'wss://chat.example.com', true],
    ['http:', 'https://chat.example.com', true],
    ['https://chat.example.com', 'https://chat.example.com/a', true],
    ['HTTPS://Chat.Example.com', 'https://chat.example.com/a', true],
    ['https://chat.example.com', 'wss://chat.example.com/a', false],
    ['http://chat.example.com', 'https://chat.example.com/a', true],
    ['chat.example.com', 'https://chat.example.com', true],
    ['chat.example.com', 'http://chat.example.com', false],
    ['*.example.com', 'https://chat.example.com', true],
    ['*.example.com', 'https://a.chat.example.com', true],
    ['*.example.com', 'https://example.com', false],
    ['*.example.com', 'https://badexample.com', false],
    ['https://chat.example.com.evil.com', 'https://chat.example.com', false],
    ['https://chat.example.com:443', 'https://chat.example.com', true],
    ['https://chat.example.com:8443', 'https://chat.example.com', false],
    ['https://chat.example.com', 'https://chat.example.com:8443', false],
    ['https://chat.example.com:*', 'https://chat.example.com:8443', true],
    ['https://chat.example.com/a/', 'https://chat.example.com/a/b', true],
    ['https://chat.example.com/a', 'https://chat.example.com/a/b', false],
    ["'nonce-x'", 'https://chat.example.com', false],
    ['https://', 'https://chat.example.com', false],
    ['https://chat.example.com;', 'https://chat.example.com', false],
  ]) {
    it(`with the source ${source} ${allowed ? 'allows' : 'forbids'} ${address}`, () => {
      assert.equal(sourcesAllow([source], new URL(address), new URL(PAGE)), allowed);
    });
  }

  for (const [header, directive, allowed] of [
    ['', 'frame-src', true],
    ["img-src 'none'", 'frame-src', true],
    ["default-src 'none'", 'frame-src', false],
    ["default-src 'none'; frame-src *", 'frame-src', true],
    ['frame-src; default-src *', 'frame-src', false],
    ["child-src *; default-src 'none'", 'frame-src', true],
    ["frame-src 'none'; child-src *", 'frame-src', false],
    ["frame-src *, frame-src 'none'", 'frame-src', false],
    ["script-src 'none'; script-src-elem *", 'script-src', true],
    ["default-src *; connect-src 'self'", 'connect-src', false],
  ]) {
    it(`${header || '(none)'} ${allowed ? 'allows' : 'forbids'} by ${directive}`, () => {
      const url = new URL('https://chat.example.com');
      assert.equal(policiesAllow(policiesOf(header), directive, url, new URL(PAGE)), allowed);
    });
  }
});

describe('being framed', () => {
  for (const [headers, ancestors, header] of [
    [{}, [PAGE], undefined],
    [{'x-frame-options': 'DENY'}, [PAGE], 'X-Frame-Options'],
    [{'x-frame-options': 'deny'}, [NODE.origin], 'X-Frame-Options'],
    [{'x-frame-options': 'SameOrigin'}, [PAGE], 'X-Frame-Options'],
    [{'x-frame-options': 'sameorigin, SAMEORIGIN'}, [PAGE], 'X-Frame-Options'],
    [{'x-frame-options': 'sameorigin'}, [NODE.origin], undefined],
    [{'x-frame-options': 'sameorigin'}, [PAGE, NODE.origin], 'X-Frame-Options'],
    [{'x-frame-options': `ALLOW-FROM ${PAGE}`}, [PAGE], undefined],
    [{'x-frame-options': 'allowall, sameorigin'}, [PAGE], 'X-Frame-Options'],
    [{'content-security-policy': "frame-ancestors 'none'"}, [PAGE], 'frame-ancestors'],
    [{'content-security-policy': 'frame-ancestors'}, [PAGE], 'frame-ancestors'],
    [{'content-security-policy': "frame-ancestors 'self'"}, [PAGE], 'frame-ancestors'],
    [{'content-security-policy': `frame-ancestors ${PAGE}`}, [PAGE], undefined],
    [
      {'content-security-policy': `frame-ancestors ${PAGE}`},
      [PAGE, NODE.origin],
      'frame-ancestors',
    ],
    [{'content-security-policy': `frame-ancestors 'self' ${PAGE}`}, [PAGE, NODE.origin], undefined],
    [
      {'content-security-policy': 'frame-ancestors *, frame-ancestors x.com'},
      [PAGE],
      'frame-ancestors',
    ],
    [{'content-security-policy': "frame-src 'none'"}, [PAGE], undefined],
    // Where there are both, browsers do not look at the older one.
    [
      {'x-frame-options': 'DENY', 'content-security-policy': 'frame-ancestors *'},
      [PAGE],
      undefined,
    ],
  ]) {
    it(`${JSON.stringify(headers)} for ${ancestors.join(' and ')}: ${header ?? 'allowed'}`, () => {
      assert.equal(framingForbidden(headers, NODE, ancestors)?.header, header);
    });
  }

  for (const [headers, origins, status] of [
    [{}, [], 'ok'],
    [{'x-frame-options': 'SAMEORIGIN'}, [], 'wrong'],
    [{'content-security-policy': "frame-ancestors 'self'"}, [], 'wrong'],
    [{'content-security-policy': 'frame-ancestors https://other.example'}, [], 'unchecked'],
    [{'content-security-policy': 'frame-ancestors https://other.example'}, [PAGE], 'wrong'],
    [{'content-security-policy': `frame-ancestors ${PAGE}`}, [PAGE], 'ok'],
    [{'content-security-policy': `frame-ancestors ${PAGE}`}, [PAGE, 'https://b.example'], 'wrong'],
  ]) {
    it(`${JSON.stringify(headers)} with ${origins.length} pages is ${status}`, () => {
      const words = {who: 'It', remedy: (list) => `Allow ${list}.`};
      assert.equal(judgeFraming([answer({headers})], origins, words).status, status);
    });
  }
});

describe("the workspace's settings for frames", () => {
  const events = (enabled, target) =>
    new Map([
      ['Iframe_Integration_send_enable', enabled],
      ['Iframe_Integration_send_target_origin', target],
    ]);
  for (const [enabled, target, origins, status] of [
    [false, '*', [PAGE], 'wrong'],
    [true, '*', [PAGE], 'ok'],
    [true, PAGE, [PAGE], 'ok'],
    // postMessage reads an address, and takes its origin.
    [true, `${PAGE}/`, [PAGE], 'ok'],
    [true, `${PAGE}/room?x`, [PAGE], 'ok'],
    [true, 'HTTPS://APP.EXAMPLE.COM', [PAGE], 'ok'],
    [true, `${PAGE},https://b.example`, [PAGE], 'wrong'],
    [true, `${PAGE} https://b.example`, [PAGE], 'wrong'],
    [true, 'app.example.com', [PAGE], 'wrong'],
    [true, '', [PAGE], 'wrong'],
    [true, PAGE, [PAGE, 'https://b.example'], 'wrong'],
    [true, PAGE, [], 'unchecked'],
    [undefined, '*', [PAGE], 'unchecked'],
    ['yes', '*', [PAGE], 'unchecked'],
    [true, 7, [PAGE], 'unchecked'],
  ]) {
    it(`send ${enabled} to ${JSON.stringify(target)}, ${origins.length} pages: ${status}`, () => {
      assert.equal(judgeEvents(events(enabled, target), origins).status, status);
    });
  }

  const commands = (enabled, listed) =>
    new Map([
      ['Iframe_Integration_receive_enable', enabled],
      ['Iframe_Integration_receive_origin', listed],
    ]);
  for (const [enabled, listed, origins, status] of [
    [false, '*', [PAGE], 'wrong'],
    [true, '*', [PAGE], 'ok'],
    [true, PAGE, [PAGE], 'ok'],
    [true, `https://b.example,${PAGE}`, [PAGE], 'ok'],
    // Rocket.Chat compares letter by letter.
    [true, `https://b.example, ${PAGE}`, [PAGE], 'wrong'],
    [true, `${PAGE}/`, [PAGE], 'wrong'],
    [true, 'https://App.example.com', [PAGE], 'wrong'],
    [true, `*,${PAGE}x`, [PAGE], 'wrong'],
    [true, '', [PAGE], 'wrong'],
    [true, PAGE, [PAGE, 'https://b.example'], 'wrong'],
    [true, PAGE, [], 'unchecked'],
    [null, PAGE, [PAGE], 'unchecked'],
    [true, null, [PAGE], 'unchecked'],
  ]) {
    it(`receive ${enabled} of ${JSON.stringify(listed)}, ${origins.length} pages: ${status}`, () => {
      assert.equal(judgeCommands(commands(enabled, listed), origins).status, status);
    });
  }

  it('says what is nearly right', () => {
    assert.match(judgeCommands(commands(true, `${PAGE}/`), [PAGE]).message, /does not count/);
    assert.doesNotMatch(
      judgeCommands(commands(true, 'https://b'), [PAGE]).message,
      /does not count/,
    );
  });
});

describe('a version', () => {
  for (const [text, numbers] of [
    ['8.8', [8, 8, 0]],
    ['6.11.0', [6, 11, 0]],
    ['v7.0.0-rc.1', [7, 0, 0]],
    ['35', [35, 0, 0]],
    ['35.1 (79522.0.0)', [35, 1, 0]],
    ['', undefined],
    ['latest', undefined],
    ['8.x', undefined],
    ['1e9', undefined],
    ['999999.1', undefined],
  ]) {
    it(`${JSON.stringify(text)} is ${JSON.stringify(numbers)}`, () => {
      assert.deepEqual(numbersOf(text), numbers);
    });
  }

  for (const [own, least, yes] of [
    [[6, 11, 0], [6, 0], true],
    [[6, 2, 0], [6, 11], false],
    [[10, 0, 0], [6, 11], true],
    [[5, 99, 9], [6], false],
    [[6, 11, 0], [6, 11, 0], true],
    [[1, 6, 0], [1, 6, 1], false],
  ]) {
    it(`${own.join('.')} is ${yes ? '' : 'not '}${least.join('.')} or newer`, () => {
      assert.equal(isAtLeast(own, least), yes);
    });
  }

  it('is judged against both floors', () => {
    const words = {
      product: 'It',
      least: '6.0',
      persistent: '6.11',
      remedy: 'Update.',
      byHand: 'Look.',
    };
    const statusOf = (version) => judgeVersion(version, words).status;
    assert.deepEqual(['5.4', '6.0', '6.11', 'x'].map(statusOf), ['wrong', 'ok', 'ok', 'unchecked']);
    assert.match(judgeVersion('6.10', words).message, /needs 6\.11/);
  });
});

describe('a manifest', () => {
  const listed = (...plugins) => ({version: 0, plugins});
  const CHAT = {id: 'external-chat', src: './plugins/external-chat/index.html'};
  for (const [manifest, status] of [
    [listed(CHAT), 'ok'],
    [listed({id: 'other', src: 'x'}, CHAT), 'ok'],
    [listed({...CHAT, id: 'chat'}), 'wrong'],
    [listed({...CHAT, id: 'External-Chat'}), 'wrong'],
    [listed({id: 'external-chat'}), 'wrong'],
    [listed(), 'wrong'],
    [{version: 0}, 'wrong'],
    [{plugins: {}}, 'wrong'],
    [[], 'wrong'],
    [null, 'wrong'],
    ['x', 'wrong'],
  ]) {
    it(`${JSON.stringify(manifest)} is ${status}`, () => {
      assert.equal(judgeManifest(manifest, 'There').status, status);
    });
  }

  it('tells the plugin under another id from none', () => {
    const other = pluginsOf(listed({...CHAT, id: 'chat'}));
    assert.equal(chatPluginOf(other).id, 'chat');
    assert.match(
      judgeManifest(listed({...CHAT, id: 'chat'}), 'There').message,
      /under the id "chat"/,
    );
    assert.match(judgeManifest(listed(), 'There').message, /it lists none/);
  });

  it('leaves out what is no plugin, and reads no more than it needs', () => {
    const odd = [null, 7, 'x', {id: 7, src: 'x'}, {id: 'a'.repeat(200), src: 'x'}, {src: 'x'}];
    assert.deepEqual(pluginsOf({plugins: odd}), []);
    assert.equal(pluginsOf({plugins: Array(1000).fill(CHAT)}).length, 50);
    const [first] = pluginsOf(listed({...CHAT, sandboxValues: [7, 'allow-same-origin']}));
    assert.deepEqual(first.sandboxValues, ['allow-same-origin']);
  });
});

describe("the plugin's files", () => {
  const page = (content) => `<meta name="external-chat-origins" content="${content}" />`;
  for (const [html, pages, status] of [
    [page(PAGE), [PAGE], 'ok'],
    [page(`https://b.example ${PAGE}`), [PAGE], 'ok'],
    [page(`${PAGE}/`), [PAGE], 'wrong'],
    [page(''), [PAGE], 'wrong'],
    [page('  '), [], 'wrong'],
    [page(PAGE), [PAGE, 'https://b.example'], 'wrong'],
    [page(PAGE), [], 'unchecked'],
    ['<title>Rocket.Chat</title>', [PAGE], 'unchecked'],
  ]) {
    it(`${html} for ${pages.length} pages is ${status}`, () => {
      assert.equal(judgeOrigins(html, pages).status, status);
    });
  }

  for (const [script, ids] of [
    ['registerPlugin({id:"external-chat",version:0})', ['external-chat']],
    ["registerPlugin({ id: 'my-chat', version: 1 })", ['my-chat']],
    ['registerPlugin({\n  id: `a.b`,\n  version: 0,\n})', ['a.b']],
    ['const N="external-chat";r({id:N,version:0})', ['external-chat']],
    ['var a=1,$n="x-y",b;r({id:$n,version:0})', ['x-y']],
    ['o.N="wrong";r({id:N,version:0})', []],
    ['r({id:e,version:t})', []],
    ['r({id:e.id,version:0})', []],
    ['', []],
  ]) {
    it(`registers ${JSON.stringify(ids)} by ${JSON.stringify(script)}`, () => {
      assert.deepEqual(registeredIds(script), ids);
    });
  }

  it('has the id that the manifest lists', () => {
    const script = 'r({id:"external-chat",version:0})';
    assert.equal(judgeId('external-chat', script).status, 'ok');
    assert.equal(judgeId('external_chat', script).status, 'wrong');
    assert.equal(judgeId('external-chat', 'r(e)').status, 'unchecked');
  });

  // A million characters each, as much as the doctor reads.
  for (const [name, part, read] of [
    ['ids', '{id:a,version:0}', registeredIds],
    ['ids in variables of their own', (i) => `{id:a${i},version:0}`, registeredIds],
    ['beginnings of ids', 'id: ', registeredIds],
    ['beginnings of scripts', '<script src="', scriptsOf],
    ['scripts', '<script src=x>', scriptsOf],
    ['beginnings of metas', '<meta ', (html) => metaOf(html, 'name', 'x')],
    ['beginnings of inputs', '<input ', (body) => pageKind(answer({body: `<html>${body}`}))],
    ['spaces', ' ', (body) => pageKind(answer({body}))],
  ]) {
    it(`is read in seconds when it is full of ${name}`, () => {
      const next = typeof part === 'string' ? () => part : part;
      const parts = [];
      for (let size = 0; size < 2 ** 20; size += parts.at(-1).length)
        parts.push(next(parts.length));
      const text = parts.join('');
      const {user} = process.cpuUsage();
      read(text);
      const seconds = (process.cpuUsage().user - user) / 1e6;
      assert.ok(seconds < 5, `${seconds} s`);
    });
  }

  it('has its scripts found however the tag is written', () => {
    const html = `<script>1</script><SCRIPT defer SRC=./a.js></SCRIPT><script type='module' src='./b.js'>`;
    assert.deepEqual(scriptsOf(html), [
      {src: './a.js', isModule: false},
      {src: './b.js', isModule: true},
    ]);
    assert.equal(metaOf('<meta content="x" name="A">', 'name', 'a'), 'x');
    assert.equal(metaOf('<meta name="b">', 'name', 'a'), undefined);
  });
});

describe('what came', () => {
  const html = {'content-type': 'text/html; charset=utf-8'};
  for (const [over, kind] of [
    [{headers: html}, 'html'],
    [{body: '<!DOCTYPE html><p>'}, 'html'],
    [{headers: html, body: '<input name=p type=password>'}, 'sign-in'],
    [{status: 401}, 'sign-in'],
    [{status: 403, headers: html}, 'refused'],
    [{status: 404, headers: html}, 'missing'],
    [{status: 429}, 'too-many'],
    [{status: 503, headers: html}, 'server-error'],
    [{status: 302, elsewhere: 'https://login.example'}, 'elsewhere'],
    [{headers: {'content-type': 'application/json'}, body: '{}'}, 'other'],
  ]) {
    it(`${JSON.stringify(over)} is ${kind}`, () => {
      assert.equal(pageKind(answer(over)), kind);
      assert.match(whatCame(answer(over)), /^an? /);
    });
  }

  it('is fit for a terminal', () => {
    assert.equal(shown('a\u001b[2J\r\n\u202eb'), '"a [2J b"');
    assert.equal(shown('x'.repeat(500)).length, 83);
  });

  for (const [error, code] of [
    [{code: 'ENOTFOUND'}, 'unknown-name'],
    [{code: 'EAI_AGAIN'}, 'unknown-name'],
    [{errors: [{code: 'ECONNREFUSED'}]}, 'refused'],
    [{code: 'CERT_HAS_EXPIRED'}, 'certificate'],
    [{code: 'ERR_TLS_CERT_ALTNAME_INVALID'}, 'certificate'],
    [{code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'}, 'certificate'],
    [{code: 'ERR_SSL_WRONG_VERSION_NUMBER'}, 'tls'],
    [{code: 'EPROTO'}, 'tls'],
    [{code: 'HPE_INVALID_CONSTANT'}, 'not-http'],
    [{code: 'constructor'}, 'broken-off'],
    [undefined, 'broken-off'],
  ]) {
    it(`${JSON.stringify(error)} means ${code}`, () => {
      assert.equal(failureOf(error).code, code);
      assert.ok(wordsOf(failureOf(error)));
    });
  }
});

describe('certificates', () => {
  const DAY = 86_400_000;
  const seen = (over) => ({
    kind: 'certificate',
    address: '192.0.2.1',
    protocol: 'TLSv1.3',
    problem: '',
    names: ['DNS:a'],
    validTo: 100 * DAY,
    ...over,
  });
  const dead = (code, address = '192.0.2.9') => ({kind: 'failure', code, detail: '', address});
  const words = {who: 'the node', name: 'a.example', remedy: 'Renew it there.'};
  for (const [all, tls, names] of [
    [[seen()], 'ok', 'ok'],
    [[seen(), seen({problem: 'CERT_HAS_EXPIRED'})], 'wrong', 'wrong'],
    [[seen({problem: 'whatever\u001b'})], 'wrong', 'wrong'],
    [[seen(), dead('refused')], 'ok', 'wrong'],
    [[seen(), dead('unreachable')], 'ok', 'unchecked'],
    [[dead('refused')], 'unchecked', 'unchecked'],
    [[], 'unchecked', 'unchecked'],
  ]) {
    it(`${all.map(({problem, code}) => code ?? (problem || 'good')).join(', ') || 'none'}: ${tls}, ${names}`, () => {
      assert.equal(judgeTls(all, words, 0).status, tls);
      assert.equal(judgeNames(all, words, true).status, names);
      assert.doesNotMatch(judgeNames(all, words, false).message, /192\.0\.2/);
    });
  }

  it('are to be renewed before they end', () => {
    assert.equal(judgeTls([seen()], words, 0).remedy, '');
    assert.match(judgeTls([seen()], words, 87 * DAY).remedy, /Renew/);
  });
});

describe('clocks', () => {
  const at = (seconds) => ({
    who: 'it',
    date: new Date(1e12 + seconds * 1000).toUTCString(),
    receivedAt: 1e12,
  });
  for (const [seen, status] of [
    [[at(0)], 'ok'],
    [[at(59)], 'ok'],
    [[at(-60)], 'wrong'],
    [[at(0), at(86_400)], 'wrong'],
    [[{...at(0), date: 'tomorrow'}], 'unchecked'],
    [[{...at(0), date: undefined}], 'unchecked'],
    [[], 'unchecked'],
  ]) {
    it(`${seen.map(({date}) => date).join(' and ') || 'none'}: ${status}`, () => {
      assert.equal(judgeClock(seen).status, status);
    });
  }
});

describe('permissions', () => {
  it('are held by roles', () => {
    const holders = holdersOf({
      update: [{_id: 'a', roles: ['admin', 7]}, null, {_id: 'b'}],
      remove: [],
    });
    assert.deepEqual([...holders], [['a', ['admin']]]);
    assert.deepEqual(missingOf(['a', 'b'], ['admin'], holders), ['b']);
    assert.deepEqual(missingOf(['a'], ['user'], holders), ['a']);
    assert.equal(holdersOf({update: {}}), undefined);
    assert.deepEqual(rolesOf({_id: 'u', roles: ['admin', null]}), ['admin']);
    for (const odd of [null, [], {roles: ['admin']}, {_id: 'u', roles: 'admin'}]) {
      assert.equal(rolesOf(odd), undefined);
    }
  });
});

describe("a page's policies", () => {
  const needs = {
    node: new URL('https://pexip.example.com'),
    server: new URL('https://chat.example.com'),
    broker: new URL('https://broker.example.com/x'),
  };
  const script = '<script src="https://static.example.com/pexip-chat-room.min.js"></script>';
  const page = answer({url: new URL(PAGE), body: script});
  const frames = 'frame-src https://pexip.example.com https://chat.example.com';
  const connects = 'connect-src wss://chat.example.com https://broker.example.com';
  for (const [header, problems] of [
    ['', []],
    [`${frames}; ${connects}`, []],
    ['frame-src https://pexip.example.com', ['frame-src lacks https://chat.example.com']],
    [
      "connect-src 'self'",
      ['connect-src lacks wss://chat.example.com', 'connect-src lacks https://broker.example.com'],
    ],
    ["script-src 'self'", ['script-src lacks https://static.example.com']],
    ["script-src 'nonce-abc' 'strict-dynamic'", []],
    ["script-src 'sha384-abc'", []],
    ['script-src https://static.example.com/', []],
    ['trusted-types my-own', ['trusted-types lacks pexip-chat-room']],
    ['trusted-types my-own pexip-chat-room', []],
    ['trusted-types *', []],
  ]) {
    it(`${header || '(none)'}: ${problems.join(', ') || 'fine'}`, () => {
      const found = judgePolicies(policiesOf(header), page, needs);
      assert.deepEqual(
        found.map(({what}) => what),
        problems,
      );
      assert.ok(found.every(({add}) => add.startsWith('add ')));
    });
  }

  it('are not asked for what is not there', () => {
    const nothing = {node: undefined, server: undefined, broker: undefined};
    assert.deepEqual(judgePolicies(policiesOf("default-src 'none'"), answer(), nothing), []);
  });
});
