import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {copyFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {text} from 'node:stream/consumers';

import {startRocketChat, startWebApp3} from '../../dist/testing/index.js';
import {temporaryFolder} from './support/copy.mjs';
import {certificateFor, EMBEDDABLE, PAGE, pluginFor, serve} from './support/doctor-servers.mjs';
import {loadSource} from './support/load-source.mjs';

const {diagnose} = await loadSource('bin/doctor/index.ts');
const COMMAND = new URL('../../dist/bin/pexip-chat-room.js', import.meta.url).pathname;

/** Runs the command as an operator does. */
const run = async (args, env = {}, command = COMMAND) => {
  const {NO_COLOR: _, ROCKETCHAT_AUTH_TOKEN: __, ...own} = process.env;
  const child = spawn(process.execPath, [command, ...args], {env: {...own, ...env}});
  const ended = new Promise((resolve) => child.once('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return {out, err, status: await ended};
};

const startNode = async (context, behaviour = {}) => {
  const node = await startWebApp3({plugin: pluginFor(PAGE), ...behaviour});
  context.after(() => node.close());
  return node;
};
const startServer = async (context, options = {settings: EMBEDDABLE}) => {
  const server = await startRocketChat(options);
  context.after(() => server.close());
  return server;
};

const byId = (findings) => Object.fromEntries(findings.map((each) => [each.id, each]));
const wrongIn = (findings) => findings.filter(({status}) => status === 'wrong').map(({id}) => id);
/** A diagnosis of what is given, of pages that are not there. */
const look = (options) => diagnose({page: [PAGE], readPages: false, timeout: 5_000, ...options});

const loginOf = async (server, username) => {
  const user = server.users.find((each) => each.username === username);
  const response = await fetch(`${server.origin}/api/v1/login`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: JSON.stringify({user: username, password: user.password}),
  });
  const {data} = await response.json();
  return {userId: data.userId, authToken: data.authToken};
};

describe('pexip-chat-room doctor', () => {
  it('finds nothing wrong with a node and a workspace as the documents want them', async (t) => {
    const [node, server] = await Promise.all([startNode(t), startServer(t)]);
    const args = [
      '--node',
      node.origin,
      '--server',
      server.origin,
      '--page',
      PAGE,
      '--timeout',
      '5',
    ];
    const {out, err, status} = await run(['doctor', ...args]);
    assert.equal(err, '');
    assert.equal(status, 0);
    assert.match(
      out,
      /^Pexip Infinity\n {2}\[ok\] {8}node-reachable {2,}The Conferencing Node answers/,
    );
    assert.match(out, /\nPlugin\n[^]*\nRocket\.Chat\n[^]*\nPage\n/);
    assert.match(out, /\n0 wrong, \d+ unchecked, \d+ ok\. /);
    assert.doesNotMatch(out, /\u001b/, 'no colour where it is no terminal');
  });

  it('says of a new workspace what forbids embedding, and exits with 1', async (t) => {
    const [node, server] = await Promise.all([startNode(t), startServer(t, {})]);
    const args = ['--node', node.origin, '--server', server.origin, '--page', PAGE, '--json'];
    const {out, status} = await run(['doctor', ...args]);
    assert.equal(status, 1);
    const {findings, summary} = JSON.parse(out);
    assert.deepEqual(wrongIn(findings), ['server-framing', 'iframe-events', 'iframe-commands']);
    assert.equal(summary.wrong, 3);
    assert.equal(summary.ok + summary.wrong + summary.unchecked, findings.length);
    for (const {status: each, remedy} of findings) if (each !== 'ok') assert.ok(remedy);
    assert.match(byId(findings)['server-framing'].remedy, /Restrict access inside any Iframe/);
  });

  it('takes the token from the environment or a file, and tells it to nobody', async (t) => {
    const server = await startServer(t);
    const {userId, authToken} = await loginOf(server, 'admin');
    const file = join(temporaryFolder(), 'token');
    await writeFile(file, `${authToken}\n`);
    const args = ['doctor', '--server', server.origin, '--user-id', userId, '--json'];
    for (const {out, err} of [
      await run(args, {ROCKETCHAT_AUTH_TOKEN: authToken}),
      await run([...args, '--auth-token-file', file]),
    ]) {
      assert.equal(byId(JSON.parse(out).findings)['service-permissions'].status, 'ok');
      assert.ok(!`${out}${err}`.includes(authToken));
    }
    assert.ok(server.requests().every(({line}) => !line.includes(authToken)));
  });

  for (const [args, words] of [
    [['doctor'], /give --node, --server, or both/],
    [['doctor', '--node', 'pexip.example.com'], /--node is no address/],
    [['doctor', '--server', 'https://me:secret@chat.example.com'], /user name or password/],
    [['doctor', '--node', 'https://a.example', '--nodes', 'x'], /--nodes/],
    [['doctor', '--node', 'https://a.example', '--timeout', '0'], /--timeout is in seconds/],
    [['doctor', '--node', 'https://a.example', '--path', 'a b'], /--path is a branding path/],
    [['doctor', '--node', 'https://a.example', '--ca', '/nowhere'], /--ca cannot be read/],
    [['doctor', '--server', 'https://a.example', '--user-id', 'u'], /needs its token/],
    [['nurse'], /no command "nurse"/],
  ]) {
    it(`exits with 2 for: ${args.join(' ')}`, async () => {
      const {out, err, status} = await run(args);
      assert.equal(status, 2);
      assert.match(err, words);
      assert.doesNotMatch(err, /secret|\n\s+at /);
      assert.equal(out, '');
    });
  }

  it('exits with 70 where it fails itself, as 1 would be a finding', async () => {
    const broken =
      "Object.defineProperty(process.stdout,'isTTY',{get(){throw new RangeError('secret')}})";
    const {out, err, status} = await run(['doctor', '--server', 'http://127.0.0.1:1'], {
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(broken)}`,
    });
    assert.equal(status, 70);
    assert.match(err, /^The command itself failed \(RangeError\), .*\n$/);
    assert.doesNotMatch(err, /secret/);
    assert.equal(out, '');
  });

  it('says how to install the broker where it is not', async () => {
    const alone = join(temporaryFolder(), 'pexip-chat-room.mjs');
    await copyFile(COMMAND, alone);
    const {err, status} = await run(['broker', '--config', 'x'], {}, alone);
    assert.equal(status, 2);
    assert.match(
      err,
      /^The broker is not installed here\. .*npm install pexip-chat-room-broker\n$/,
    );
  });

  it('tells its help and its version', async () => {
    const help = await run(['--help']);
    assert.equal(help.status, 0);
    assert.match(help.out, /pexip-chat-room doctor --node/);
    assert.equal((await run(['doctor', '--help'])).out, help.out);
    assert.match((await run(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
    assert.equal((await run([])).status, 2);
  });
});

describe('the doctor at the node', () => {
  it('tells a manifest without the plugin', async (t) => {
    const node = await startNode(t, {manifest: {plugins: [{id: 'other', src: './x.html'}]}});
    const findings = await look({node: node.origin});
    assert.deepEqual(wrongIn(findings), ['plugin-in-manifest']);
    assert.match(byId(findings)['plugin-in-manifest'].message, /it lists "other"/);
    assert.match(byId(findings)['plugin-in-manifest'].remedy, /make package/);
    assert.equal(byId(findings)['plugin-file'].status, 'unchecked');
  });

  it('tells unequal ids', async (t) => {
    const src = './plugins/external-chat/index.html';
    const node = await startNode(t, {manifest: {plugins: [{id: 'my-chat', src}]}});
    const findings = await look({node: node.origin});
    assert.deepEqual(wrongIn(findings), ['plugin-in-manifest', 'plugin-id']);
    assert.match(
      byId(findings)['plugin-id'].message,
      /"my-chat"; its script registers as "external-chat"/,
    );
  });

  it('tells a plugin that is listed and not there', async (t) => {
    const node = await startNode(t, {plugin: null});
    assert.deepEqual(wrongIn(await look({node: node.origin})), ['plugin-file']);
  });

  it('tells a plugin that was packaged for others', async (t) => {
    const node = await startNode(t, {plugin: pluginFor('https://other.example.com')});
    assert.deepEqual(wrongIn(await look({node: node.origin})), ['plugin-origins']);
    node.set({plugin: pluginFor()});
    const findings = await look({node: node.origin});
    assert.match(byId(findings)['plugin-origins'].message, /without origins/);
  });

  for (const [name, errorPage, words] of [
    ['a missing path', {status: 404, body: '<h1>Not found</h1>'}, /nothing there \(404\)/],
    [
      'a broken proxy',
      {status: 502, body: '<h1>Bad gateway</h1>'},
      /error page of the server.*502/,
    ],
    [
      'a sign-in wall',
      {status: 200, body: '<html><input type="password"></html>'},
      /page to sign in/,
    ],
  ]) {
    it(`tells ${name} from a web app and a manifest`, async (t) => {
      const node = await startNode(t, {errorPage});
      const findings = await look({node: node.origin});
      assert.deepEqual(wrongIn(findings), ['node-web-app', 'plugin-in-manifest']);
      for (const id of wrongIn(findings)) assert.match(byId(findings)[id].message, words);
      assert.equal(byId(findings)['node-reachable'].status, 'ok');
    });
  }

  it('tells HTML in the place of the manifest', async (t) => {
    const {port} = await serve(t, (_, response) => {
      response.setHeader('content-type', 'text/html').end('<title>Welcome</title>');
    });
    const findings = await look({node: `http://127.0.0.1:${port}`});
    assert.deepEqual(wrongIn(findings), ['plugin-in-manifest']);
    assert.match(
      byId(findings)['plugin-in-manifest'].message,
      /a page of HTML \(200, titled "Welcome"\)/,
    );
  });

  it('tells who forbids framing, and by which header', async (t) => {
    const node = await startNode(t, {headers: {'x-frame-options': 'SAMEORIGIN'}});
    let findings = await look({node: node.origin});
    assert.deepEqual(wrongIn(findings), ['node-framing', 'plugin-framing']);
    assert.match(byId(findings)['node-framing'].message, /X-Frame-Options of .* is "SAMEORIGIN"/);
    node.set({headers: {'content-security-policy': `frame-ancestors ${PAGE}`}});
    findings = await look({node: node.origin});
    assert.deepEqual(
      wrongIn(findings),
      ['plugin-framing'],
      "without 'self' the plugin is not framed",
    );
    node.set({headers: {'content-security-policy': `frame-ancestors 'self' ${PAGE}`}});
    assert.deepEqual(wrongIn(await look({node: node.origin})), []);
    node.set({headers: {'content-security-policy': 'frame-src https://*.office.com'}});
    assert.deepEqual(wrongIn(await look({node: node.origin})), ['node-csp-frame-src']);
  });

  it('asks below the branding path that it is given', async (t) => {
    const asked = [];
    const {port} = await serve(t, ({url}, response) => {
      asked.push(url);
      response.writeHead(404).end();
    });
    await look({node: `http://127.0.0.1:${port}`, path: '/clinic/'});
    assert.ok(asked.length > 0 && asked.every((url) => url.startsWith('/clinic/')));
  });

  it('says that a node is not there', async (t) => {
    const node = await startNode(t);
    await node.close();
    const findings = await look({node: node.origin});
    assert.deepEqual(wrongIn(findings), ['node-reachable']);
    const {message, remedy} = byId(findings)['node-reachable'];
    assert.match(message, /^The Conferencing Node does not answer at .*refused/);
    assert.match(remedy, /^Check that the Conferencing Node runs, /);
    assert.match(byId(findings)['node-web-app'].message, /could not be seen/);
  });
});

describe('the doctor at the workspace', () => {
  it('finds old versions', async (t) => {
    for (const [serverVersion, status, words] of [
      ['5.4', 'wrong', /6\.0 is the least/],
      ['6.10', 'ok', /persistent chat of the Pexip app needs 6\.11/],
      ['6.11', 'ok', /6\.11 for persistent chat/],
    ]) {
      const server = await startServer(t, {settings: EMBEDDABLE, serverVersion});
      const finding = byId(await look({server: server.origin}))['server-version'];
      assert.equal(finding.status, status);
      assert.match(finding.message, words);
    }
  });

  it('finds discussions that are off, and origins that are nearly right', async (t) => {
    const server = await startServer(t, {
      settings: {
        ...EMBEDDABLE,
        Discussion_enabled: false,
        Iframe_Integration_receive_origin: `https://other.example.com, ${PAGE}`,
        Iframe_Integration_send_target_origin: `${PAGE},https://other.example.com`,
      },
    });
    const findings = await look({server: server.origin});
    assert.deepEqual(wrongIn(findings), ['iframe-events', 'iframe-commands', 'discussions']);
    assert.match(byId(findings)['iframe-commands'].message, /does not count: a space/);
  });

  it('sees with the service account what is limited and what it may do', async (t) => {
    const server = await startServer(t, {settings: EMBEDDABLE});
    const findings = byId(
      await look({server: server.origin, serviceAccount: await loginOf(server, 'admin')}),
    );
    assert.equal(findings['service-permissions'].status, 'ok');
    assert.equal(findings['rate-limit'].status, 'wrong');
    assert.match(findings['rate-limit'].message, /10 in a window/);
    assert.equal(findings['create-token'].status, 'unchecked');
    assert.match(findings['create-token'].remedy, /CREATE_TOKENS_FOR_USERS_SECRET/);
    const before = server.requests().map(({line}) => line);
    assert.ok(
      before.every(
        (line) => !line.includes('createToken') && !line.startsWith('POST /api/v1/users'),
      ),
    );
  });

  it('finds an account that may do nothing, and one that cannot sign in', async (t) => {
    const permissions = {'api-bypass-rate-limit': ['user']};
    const server = await startServer(t, {settings: EMBEDDABLE, permissions});
    const account = await loginOf(server, 'alice');
    let findings = byId(await look({server: server.origin, serviceAccount: account}));
    assert.equal(findings['rate-limit'].status, 'ok');
    assert.equal(findings['service-permissions'].status, 'wrong');
    assert.match(findings['service-permissions'].message, /create-user/);
    assert.equal(findings['create-token'].status, 'wrong');
    const stranger = {...account, authToken: 'x'.repeat(43)};
    findings = byId(await look({server: server.origin, serviceAccount: stranger}));
    assert.match(findings['service-permissions'].message, /refuses the login.*401/);
    assert.equal(findings['rate-limit'].status, 'unchecked');
  });

  it('never sends the token by http to another machine', async (t) => {
    const seen = [];
    const {port} = await serve(t, ({headers}, response) => {
      seen.push(headers['x-auth-token']);
      response.end('{}');
    });
    const serviceAccount = {userId: 'u', authToken: 'the-token'};
    // A name that is not loopback's, although it leads there.
    await look({server: `http://0.0.0.0:${port}`, serviceAccount});
    assert.ok(seen.length > 0 && seen.every((each) => each === undefined));
    await look({server: `http://127.0.0.1:${port}`, serviceAccount});
    assert.ok(seen.includes('the-token'), 'on loopback it is sent');
  });

  it('finds a proxy that passes no WebSocket, and a clock that is wrong', async (t) => {
    const {port} = await serve(t, (_, response) => {
      response.setHeader('date', new Date(Date.now() - 300_000).toUTCString());
      response
        .setHeader('content-type', 'application/json')
        .end('{"version":"8.8","success":true}');
    });
    const findings = await look({server: `http://127.0.0.1:${port}`});
    assert.deepEqual(wrongIn(findings), ['websocket', 'clock']);
    assert.match(byId(findings).websocket.message, /the answer is 200 in the place of 101/);
    assert.match(
      byId(findings).clock.message,
      /Rocket\.Chat is 300 s behind|29\d s behind|30\d s behind/,
    );
  });

  it('asks at the internal address where the public name is unknown, and does not name it', async (t) => {
    const server = await startServer(t);
    const findings = await look({
      server: 'https://chat.invalid',
      internalServer: server.origin,
      serviceAccount: await loginOf(server, 'admin'),
      showAddresses: false,
    });
    assert.equal(byId(findings)['server-version'].status, 'ok');
    assert.equal(byId(findings)['iframe-events'].status, 'ok');
    assert.equal(byId(findings)['service-permissions'].status, 'ok');
    assert.ok(!JSON.stringify(findings).includes(new URL(server.origin).host));
  });

  it('does not name what an internal address redirects to', async (t) => {
    const {port} = await serve(t, (_, response) => {
      response.writeHead(302, {location: 'http://inside.invalid:3000/'}).end();
    });
    const serviceAccount = {userId: 'u', authToken: 't'};
    const findings = await look({
      server: 'https://chat.invalid',
      internalServer: `http://127.0.0.1:${port}`,
      serviceAccount,
      showAddresses: false,
    });
    assert.match(byId(findings)['server-version'].message, /a redirect to "another address"/);
    assert.match(byId(findings)['rate-limit'].message, /a redirect to "another address"/);
    assert.doesNotMatch(JSON.stringify(findings), /inside\.invalid|127\.0\.0\.1/);
  });
});

describe('the doctor at pages and brokers', () => {
  it('reads the policy of a page, in its header and in the page', async (t) => {
    const headers = {};
    let body = '';
    const {port} = await serve(t, (_, response) => {
      response.writeHead(200, {'content-type': 'text/html', ...headers}).end(body);
    });
    const page = [`http://127.0.0.1:${port}/meeting`];
    const places = {node: 'https://pexip.invalid', server: 'https://chat.invalid'};
    const policyOf = async () =>
      byId(await diagnose({...places, page, timeout: 5_000}))['page-csp'];
    assert.equal((await policyOf()).status, 'ok');
    headers['content-security-policy'] =
      'frame-src https://pexip.invalid https://chat.invalid; connect-src https://chat.invalid';
    const finding = await policyOf();
    assert.equal(finding.status, 'wrong');
    assert.match(finding.message, /connect-src lacks wss:\/\/chat\.invalid/);
    headers['content-security-policy'] += ' wss://chat.invalid';
    assert.equal((await policyOf()).status, 'ok');
    body = `<meta http-equiv="Content-Security-Policy" content="frame-src 'none'">`;
    assert.match((await policyOf()).message, /frame-src lacks https:\/\/pexip\.invalid/);
  });

  it('finds mixed content', async () => {
    const findings = await look({server: 'http://chat.invalid'});
    assert.ok(wrongIn(findings).includes('page-mixed-content'));
    assert.ok(wrongIn(findings).includes('server-tls'));
  });

  it('asks a broker as the page does', async (t) => {
    let allowed = PAGE;
    const {port} = await serve(t, (_, response) => {
      response.setHeader('access-control-allow-origin', allowed);
      response.setHeader('content-type', 'application/json').end('{}');
    });
    const broker = `http://127.0.0.1:${port}/chat`;
    const options = {server: 'https://chat.invalid', broker};
    assert.equal(byId(await look(options))['broker-reachable'].status, 'ok');
    allowed = 'https://other.example.com';
    assert.match(byId(await look(options))['broker-reachable'].message, /does not let/);
    assert.equal(byId(await look({server: 'https://chat.invalid'}))['broker-reachable'], undefined);
  });
});

describe('the doctor at certificates', () => {
  const NAME = 'pexip.example.com';
  const manifest = '{"plugins":[]}';
  const answer = (_, response) => response.end(manifest);
  const at =
    (...addresses) =>
    async () =>
      addresses.map((address) => ({address, family: 4}));

  it('accepts one of an authority that it is given', async (t) => {
    const tls = await certificateFor([NAME]);
    const {port} = await serve(t, answer, {tls});
    const options = {node: `https://${NAME}:${port}`, lookup: at('127.0.0.1')};
    const refused = byId(await look(options));
    assert.equal(refused['node-tls'].status, 'wrong');
    assert.match(refused['node-tls'].message, /self-signed/);
    const accepted = byId(await look({...options, ca: tls.cert}));
    assert.equal(accepted['node-tls'].status, 'ok');
    assert.match(accepted['node-tls'].message, /TLSv1\.3, valid for 8\d more days/);
    assert.equal(accepted['node-certificate-names'].status, 'ok');
  });

  it('refuses one that has expired, and one for another name', async (t) => {
    const from = new Date(Date.now() - 100 * 86_400_000);
    for (const [tls, words] of [
      [await certificateFor([NAME], {from, days: 90}), /it has expired/],
      [
        await certificateFor(['node1.example.com']),
        /the name is not among its names, which are "DNS:node1/,
      ],
    ]) {
      const {port} = await serve(t, answer, {tls});
      const node = `https://${NAME}:${port}`;
      const findings = byId(await look({node, ca: tls.cert, lookup: at('127.0.0.1')}));
      assert.equal(findings['node-tls'].status, 'wrong');
      assert.match(findings['node-tls'].message, words);
    }
  });

  it('looks at every node behind a common name', async (t) => {
    const good = await certificateFor(['node1.example.com', NAME]);
    const bad = await certificateFor(['node2.example.com']);
    const {port} = await serve(t, answer, {tls: good});
    const second = await serve(t, answer, {tls: bad, host: '127.0.0.2', port});
    const options = {
      node: `https://${NAME}:${port}`,
      ca: `${good.cert}\n${bad.cert}`,
      lookup: at('127.0.0.1', '127.0.0.2'),
    };
    let finding = byId(await look(options))['node-certificate-names'];
    assert.equal(finding.status, 'wrong');
    assert.match(finding.message, /has 2 addresses; the certificate at 127\.0\.0\.2 is refused/);
    finding = byId(await look({...options, showAddresses: false}))['node-certificate-names'];
    assert.match(finding.message, /the certificate at one of them/);
    assert.ok(!finding.message.includes('127.0.0'));
    await new Promise((resolve) => second.server.close(resolve));
    finding = byId(await look(options))['node-certificate-names'];
    assert.match(finding.message, /no TLS server answers at 127\.0\.0\.2/);
    await serve(t, answer, {tls: good, host: '127.0.0.2', port});
    finding = byId(await look(options))['node-certificate-names'];
    assert.equal(finding.status, 'ok');
    assert.match(finding.message, /has 2 addresses, and a certificate with that name at each/);
  });

  it('says so where TLS is asked for and not spoken', async (t) => {
    const {port} = await serve(t, answer);
    const findings = byId(await look({node: `https://127.0.0.1:${port}`}));
    assert.equal(findings['node-reachable'].status, 'wrong');
    assert.equal(findings['node-tls'].status, 'unchecked');
  });
});

describe('a hostile server', () => {
  const SHAPES = [
    'null',
    '[]',
    '7',
    '""',
    '{"plugins":{}}',
    '{"plugins":[null,7,{"id":7},{"id":"external-chat"}]}',
    '{"plugins":[{"id":"external-chat","src":"http://169.254.169.254/x"}]}',
    '{"plugins":[{"id":"external-chat","src":"http://["}]}',
    '{"settings":[null,{"_id":7},{"_id":"Discussion_enabled"}]}',
    '{"version":{}}',
    '{"version":"\\u001b[2J"}',
    '{"_id":"x","roles":7,"update":[null,{"_id":"a","roles":{}}]}',
    '{"__proto__":{"version":"9.9"}}',
    '{',
    '',
  ];
  const account = {userId: 'u', authToken: 't'};
  /** Every finding is whole and fit for a terminal, whatever was answered. */
  const whole = (findings) => {
    assert.equal(findings.length, 30);
    for (const {status, message, remedy} of findings) {
      assert.ok(['ok', 'wrong', 'unchecked'].includes(status));
      assert.ok(message.length > 10 && message.length < 2_000);
      assert.doesNotMatch(
        message + remedy,
        /[\0-\x1f\x7f-\x9f]|doctor itself failed|undefined|\[object/,
      );
      if (status !== 'ok') assert.ok(remedy);
    }
    return findings;
  };
  const lookAt = (port, more) => {
    const origin = `http://127.0.0.1:${port}`;
    return look({node: origin, server: origin, serviceAccount: account, ...more});
  };

  for (const shape of SHAPES) {
    for (const type of ['application/json', 'text/html']) {
      it(`answers everything with ${shape || 'nothing'} as ${type}`, async (t) => {
        const {port} = await serve(t, (_, response) => {
          response.writeHead(200, {'content-type': type}).end(shape);
        });
        whole(await lookAt(port));
      });
    }
  }

  it('does not make it ask another machine by its manifest or by redirects', async (t) => {
    let strays = 0;
    const canary = await serve(t, (_, response) => {
      strays += 1;
      response.end();
    });
    const away = `http://127.0.0.1:${canary.port}`;
    const manifest = JSON.stringify({plugins: [{id: 'external-chat', src: `${away}/x.html`}]});
    const {port} = await serve(t, ({url}, response) => {
      if (url.endsWith('manifest.json')) return response.end(manifest);
      return response.writeHead(302, {location: `${away}/login`}).end();
    });
    const findings = byId(whole(await lookAt(port)));
    assert.equal(strays, 0);
    assert.match(
      findings['node-web-app'].message,
      /a redirect to "http:\/\/127\.0\.0\.1:\d+" \(302\), which is not followed/,
    );
    assert.match(findings['plugin-file'].message, /another origin/);
  });

  it('redirects for ever', async (t) => {
    let asked = 0;
    const {port} = await serve(t, (_, response) => {
      asked += 1;
      response.writeHead(302, {location: `/again/${asked}`}).end();
    });
    const findings = whole(await lookAt(port));
    assert.match(byId(findings)['node-reachable'].message, /more than three times/);
    assert.ok(asked <= 30, `${asked} requests`);
  });

  it('is followed within its own origin', async (t) => {
    const {port} = await serve(t, ({url}, response) => {
      if (url === '/api/info') return response.writeHead(307, {location: '/real/info'}).end();
      return response.end('{"version":"7.1"}');
    });
    const finding = byId(await look({server: `http://127.0.0.1:${port}`}))['server-version'];
    assert.match(finding.message, /"7\.1"/);
  });

  // Only what never comes is not waited for: on a busy machine everything else comes late.
  for (const [name, answer, words, timeout = 5_000] of [
    ['never answers', () => {}, /no complete answer in time/, 300],
    [
      'sends a body without an end',
      (_, response) => {
        const timer = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(timer));
      },
      /no complete answer in time/,
      300,
    ],
    [
      'sends headers of a megabyte',
      (_, response) => {
        response.socket.end(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(2 ** 20)}\r\n\r\n`);
      },
      /headers are larger/,
    ],
    ['does not speak HTTP', ({socket}) => socket.end('SSH-2.0-OpenSSH\r\n'), /does not speak HTTP/],
    ['breaks off', ({socket}) => socket.destroy(), /broken off/],
  ]) {
    it(`${name}: that is said, and it ends`, async (t) => {
      const {port} = await serve(t, answer);
      const findings = whole(await lookAt(port, {timeout}));
      assert.equal(byId(findings)['node-reachable'].status, 'wrong');
      assert.match(byId(findings)['node-reachable'].message, words);
    });
  }

  it('sends as much as it can: a megabyte is read and no more', async (t) => {
    const lot = Buffer.alloc(2 ** 16, 'x');
    const {port} = await serve(t, (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(lot));
      };
      response.on('drain', more);
      more();
    });
    const findings = byId(whole(await lookAt(port)));
    assert.match(findings['plugin-in-manifest'].message, /larger than any manifest/);
    assert.equal(findings['server-version'].status, 'wrong');
  });
});
