import assert from 'node:assert/strict';
import {once} from 'node:events';
import {request as ask} from 'node:http';
import {describe, it} from 'node:test';

import fc from 'fast-check';

import {workspaceFile} from '../../broker/dist/pass-through/workspace-file.js';
import {
  CANARY,
  PUBLIC,
  routesBefore,
  SERVER,
  startServer,
  startTcp,
  until,
  withRoutes,
} from '../support/routes-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];
const MINUTES = 60_000;

describe('a link to a file', () => {
  const bench = withRoutes();

  const upload = async (text = 'Aspirin', name = 'Liste für dich.txt') => {
    const room = bench.chat.room('case-4711')._id;
    const body = new FormData();
    body.append('file', new File([text], name, {type: 'text/html'}));
    bench.chat.settings.set('FileUpload_MediaTypeBlackList', '');
    const sent = await bench.ask('POST', `/v1/rc/rooms.media/${room}`, {headers: bench.own, body});
    bench.seen.length = 0;
    return sent.body.file.url;
  };
  const sign = (path, options) => bench.ask('POST', '/v1/files/sign', {body: {path}, ...options});
  /** Opens a link as somebody who is not signed in. */
  const open = (url, {method = 'GET', headers} = {}) =>
    bench.ask(method, url.replace(PUBLIC, ''), {as: null, headers});

  it('opens it without sign-in, to be saved under its name', async () => {
    const {status, body, headers} = await sign(await upload());
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body).sort(), ['expiresAt', 'url']);
    assert.equal(headers.get('cache-control'), 'no-store');
    const answer = await open(body.url);
    assert.deepEqual([answer.status, answer.body], [200, 'Aspirin']);
    for (const [name, value] of Object.entries({
      'cache-control': 'no-store',
      'content-disposition': "attachment; filename*=UTF-8''Liste%20f%C3%BCr%20dich.txt",
      'content-length': '7',
      'content-security-policy': "default-src 'none'; sandbox",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })) {
      assert.equal(answer.headers.get(name), value, name);
    }
    assert.equal(answer.headers.get('access-control-allow-origin'), null);
  });

  it('tells its head alone', async () => {
    const {body} = await sign(await upload());
    const answer = await open(body.url, {method: 'HEAD'});
    assert.deepEqual([answer.status, answer.body], [200, '']);
    assert.equal(answer.headers.get('content-length'), '7');
    assert.equal(bench.seen[0].method, 'HEAD');
  });

  it('works five minutes, and not a second longer', async (t) => {
    t.mock.timers.enable({apis: ['Date'], now: Date.parse('2026-11-22T12:00:00Z')});
    const {body} = await sign(await upload());
    assert.equal(body.expiresAt, '2026-11-22T12:05:00.000Z');
    t.mock.timers.setTime(Date.parse('2026-11-22T12:04:59.999Z'));
    assert.equal((await open(body.url)).status, 200);
    t.mock.timers.setTime(Date.parse('2026-11-22T12:05:01Z'));
    const answer = await open(body.url);
    assert.deepEqual(codeOf(answer), [410, 'link-expired']);
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  });

  it('says nothing of who made it, and holds no token', async () => {
    const path = await upload();
    const {body} = await sign(path);
    const ticket = body.url.slice(`${PUBLIC}/v1/files/`.length).split('/')[0];
    const bytes = Buffer.from(ticket, 'base64url').toString('latin1');
    const {userId, authToken} = bench.login;
    const [, , id] = path.split('/');
    for (const secret of ['alice', userId, authToken, id, CANARY]) {
      assert.ok(!body.url.includes(secret) && !bytes.includes(secret), secret);
    }
    await open(body.url);
    assert.ok(!bench.seen[0].url.includes(authToken));
    assert.equal(bench.seen[0].headers['x-auth-token'], authToken);
  });

  it('works with no byte of it changed', async () => {
    const {body} = await sign(await upload());
    const [ticket, name] = body.url.slice(`${PUBLIC}/v1/files/`.length).split('/');
    const refused = [name, '', 'x', `${ticket}x`, ticket.slice(1), ticket.slice(0, -1)];
    for (let at = 0; at < ticket.length; at++) {
      const other = ticket[at] === 'A' ? 'B' : 'A';
      refused.push(ticket.slice(0, at) + other + ticket.slice(at + 1));
    }
    for (const other of refused) {
      const answer = await open(`/v1/files/${other}/${name}`);
      assert.deepEqual(codeOf(answer), [403, 'link-invalid'], other);
    }
    for (const other of ['other.txt', '', `${name}/x`, '..%2fx', '%zz']) {
      const {status} = await open(`/v1/files/${ticket}/${other}`);
      // What cannot be decoded is no business of any route.
      assert.equal(status, other === '%zz' ? 400 : 403, other);
    }
    assert.equal((await open(`/v1/files/${ticket}`)).status, 403);
    assert.deepEqual(bench.seen, []);
    assert.equal((await open(body.url)).status, 200);
  });

  it('is none that was sealed for something else', async () => {
    const path = '/file-upload/x/y';
    const plain = JSON.stringify({alias: 'alice', path, exp: Date.now() + MINUTES});
    const other = bench.context.seal.close('login', plain);
    assert.deepEqual(codeOf(await open(`/v1/files/${other}/y`)), [403, 'link-invalid']);
    for (const strange of ['{}', '[]', '{"alias":"alice","path":"/x"}']) {
      const ticket = bench.context.seal.close('file-link', strange);
      assert.deepEqual(codeOf(await open(`/v1/files/${ticket}/y`)), [403, 'link-invalid']);
    }
  });

  it('works as long as who made it is signed in, and may read the file', async () => {
    const {body} = await sign(await upload());
    const mine = bench.login;
    bench.logins.delete('alice');
    assert.deepEqual(codeOf(await open(body.url)), [410, 'file-gone']);
    // A new login is as good as the old one.
    bench.chat.revokeTokens('alice');
    bench.logins.set('alice', mine);
    assert.deepEqual(codeOf(await open(body.url)), [410, 'file-gone']);
    bench.logins.set('alice', bench.chat.issueToken('alice'));
    assert.equal((await open(body.url)).status, 200);
  });

  it('reads nothing that its maker may not', async () => {
    const path = await upload();
    bench.logins.set('carol', bench.chat.issueToken('carol'));
    const {body} = await sign(path, {as: 'carol'});
    assert.deepEqual(codeOf(await open(body.url)), [410, 'file-gone']);
  });

  it('is opened sixty times a minute at most', async () => {
    const path = await upload();
    const {body} = await sign(path);
    for (let i = 0; i < 60; i++) assert.equal((await open(body.url)).status, 200);
    const answer = await open(body.url);
    assert.deepEqual(codeOf(answer), [429, 'rate-limited']);
    assert.equal(answer.headers.get('retry-after'), '60');
    bench.logins.set('bob', bench.chat.issueToken('bob'));
    const {body: others} = await sign(path, {as: 'bob'});
    assert.equal((await open(others.url)).status, 200);
    const counted = [...bench.context.store.counts.keys()].join();
    assert.ok(!/alice|file-upload/.test(counted), counted);
  });

  it('is made for the workspace’s own address of a file, too', async () => {
    const path = await upload();
    for (const given of [`${SERVER}${path}`, `${path}?download`, `${path}?rc_token=x#y`]) {
      const {status, body} = await sign(given);
      assert.equal(status, 200, given);
      assert.equal((await open(body.url)).status, 200);
    }
    assert.deepEqual(new Set(bench.seen.map(({url}) => url)), new Set([path]));
  });

  it('is made for who is signed in', async () => {
    const answer = await sign('/file-upload/x/y', {as: null});
    assert.deepEqual(codeOf(answer), [401, 'access-token-invalid']);
  });

  for (const path of [
    undefined,
    null,
    7,
    '',
    '/',
    ['/file-upload/x/y'],
    {$ne: null},
    'file-upload/x/y',
    '/file-upload/x',
    '/file-upload//y',
    '/file-upload/x/y/z',
    '/file-upload/../y',
    '/file-upload/x/..',
    '/file-upload/x/%2e%2e',
    '/file-upload/x/..%2f..%2fapi%2fv1%2fme',
    '/file-upload/x/%5c',
    '/file-upload/x/\r\ny: z',
    '/avatar/bob',
    '/api/v1/me',
    '//evil.example/file-upload/x/y',
    'https://evil.example/file-upload/x/y',
    'https://chat.example.com.evil.example/file-upload/x/y',
    'https://chat.example.com@evil.example/file-upload/x/y',
    'https://chat.example.com:8443/file-upload/x/y',
    'http://chat.example.com/file-upload/x/y',
    'https://chat.example.com//file-upload/x/y',
    'https://chat.example.com/api/v1/me',
    'http://169.254.169.254/file-upload/x/y',
    'http://[::ffff:127.0.0.1]/file-upload/x/y',
  ]) {
    it(`is not made for ${JSON.stringify(path)}`, async () => {
      assert.deepEqual(codeOf(await sign(path)), [400, 'invalid-argument']);
    });
  }
});

describe('where a file is', () => {
  it('is read as a path of the workspace, or not at all', () => {
    const part = fc.constantFrom(...'/\\.%2fF5cCexy:@?#&', SERVER, '/file-upload/', 'id/', '//');
    const text = fc.array(part, {maxLength: 12}).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.anything()), (given) => {
        const file = workspaceFile(given, SERVER);
        if (!file) return;
        assert.match(file.path, /^\/file-upload\/[\w-]+\/[\w.!~*'()%-]+$/);
        assert.equal(new URL(file.path, SERVER).href, SERVER + file.path);
        assert.ok(!/[/\\]/.test(file.name));
      }),
      {numRuns: 5000},
    );
    assert.equal(workspaceFile(`${SERVER}/file-upload/id/x`, SERVER).name, 'x');
  });

  it('is read below the path of a workspace that has one', () => {
    const given = `${SERVER}/rocket/file-upload/id/x`;
    assert.equal(workspaceFile(given, `${SERVER}/rocket`).path, '/file-upload/id/x');
    assert.equal(workspaceFile(given, SERVER), undefined);
  });
});

describe('a link, where the workspace', () => {
  const linked = async (t, origin, options) => {
    const routes = await routesBefore(t, origin, options);
    const {body} = await routes.ask('POST', '/v1/files/sign', {body: {path: '/file-upload/x/y'}});
    const path = body.url.replace(PUBLIC, '');
    return {...routes, path, open: (headers) => routes.ask('GET', path, {as: null, headers})};
  };

  for (const [status, expected] of [
    [302, [502, 'workspace-refused']],
    [404, [410, 'file-gone']],
    [429, [502, 'workspace-refused']],
    [500, [502, 'workspace-refused']],
  ]) {
    it(`answers ${status}, says ${expected[1]}`, async (t) => {
      const headers = {location: 'https://evil.example/'};
      const upstream = await startServer((_request, response) =>
        response.writeHead(status, headers).end('secret of the server'),
      );
      t.after(upstream.close);
      const {open} = await linked(t, upstream.origin);
      const answer = await open();
      assert.deepEqual(codeOf(answer), expected);
      assert.ok(!JSON.stringify(answer.body).includes('secret'));
    });
  }

  it('serves parts of files, hands them on', async (t) => {
    const upstream = await startServer(({headers}, response) => {
      const more = {'accept-ranges': 'bytes', 'content-range': 'bytes 0-1/7'};
      response.writeHead(headers.range ? 206 : 200, more).end('As');
    });
    t.after(upstream.close);
    const {open, ask: get, own} = await linked(t, upstream.origin);
    const range = {range: 'bytes=0-1'};
    for (const answer of [
      await open(range),
      await get('GET', '/v1/rc/file-upload/x/y', {headers: {...own, ...range}}),
    ]) {
      assert.deepEqual([answer.status, answer.body], [206, 'As']);
      assert.equal(answer.headers.get('content-range'), 'bytes 0-1/7');
    }
  });

  it('breaks off, does so too', async (t) => {
    const bytes = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf';
    const upstream = await startTcp((socket) => {
      socket.once('data', () => {
        socket.write(bytes);
        broken.then(() => socket.destroy());
      });
    });
    t.after(upstream.close);
    let cut;
    const broken = new Promise((resolve) => (cut = resolve));
    const {origin, path} = await linked(t, upstream.origin);
    const asking = ask(origin + path).end();
    const [answer] = await once(asking, 'response');
    assert.equal(answer.statusCode, 200);
    const end = new Promise((resolve) => answer.on('error', resolve).on('end', resolve));
    answer.once('data', cut).resume();
    assert.equal((await end)?.code, 'ECONNRESET');
    assert.equal(answer.complete, false);
  });

  it('is read by somebody who leaves, is left too', async (t) => {
    const upstream = await startTcp((socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
    );
    t.after(upstream.close);
    const {origin, path} = await linked(t, upstream.origin);
    const asking = ask(origin + path)
      .on('error', () => {})
      .end();
    const [answer] = await once(asking, 'response');
    answer.on('error', () => {});
    assert.equal(upstream.sockets.size, 1);
    asking.destroy();
    await until(() => upstream.sockets.size === 0, 'the workspace is left');
  });
});
