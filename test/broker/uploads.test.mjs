import assert from 'node:assert/strict';
import {once} from 'node:events';
import {Agent, request as ask} from 'node:http';
import {PassThrough} from 'node:stream';
import {describe, it} from 'node:test';

import {drain, metered} from '../../broker/dist/pass-through/body-meter.js';
import {
  headersOf,
  routesBefore,
  startServer,
  startTcp,
  until,
  withRoutes,
} from '../support/routes-bench.mjs';

const MB = 1024 * 1024;
const LARGE = 64 * MB;
const codeOf = ({status, body}) => [status, body.error?.code];

const form = (text, name, type = 'text/plain') => {
  const body = new FormData();
  body.append('file', new File([text], name, {type}));
  return body;
};

/** Begins an upload by hand; `answer` resolves with its status and body. */
const beginUpload = ({origin, own}, headers = {}) => {
  const sending = ask(`${origin}/v1/rc/rooms.upload/room`, {
    method: 'POST',
    // As browsers do: a connection is not over with its answer.
    agent: new Agent({keepAlive: true}),
    headers: {
      ...own,
      authorization: 'Bearer alice',
      'content-type': 'multipart/form-data; boundary=x',
      ...headers,
    },
  });
  const answer = (async () => {
    const [response] = await once(sending, 'response');
    const chunks = [];
    for await (const chunk of response) chunks.push(chunk);
    return {status: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString())};
  })();
  answer.catch(() => {});
  sending.on('error', () => {});
  return {sending, answer};
};

/** Writes so many bytes, as fast as they are taken. */
const pour = async (target, bytes, chunk = Buffer.alloc(64 * 1024, 'x')) => {
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!target.write(left < chunk.length ? chunk.subarray(0, left) : chunk)) {
      await once(target, 'drain');
    }
  }
  target.end();
};

/** The most that the process has grown by while something was done, in bytes. */
const growth = async (act) => {
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 5);
  try {
    await act();
  } finally {
    clearInterval(look);
  }
  return Math.max(most, process.memoryUsage.rss()) - before;
};

describe('files by the broker', () => {
  const bench = withRoutes();
  const rid = () => bench.chat.room('consultation')._id;
  const send = (route, body, headers = bench.own) =>
    bench.ask('POST', `/v1/rc/${route}`, {headers, body});

  it('go up in one step, and come down as they are', async () => {
    const {status, body} = await send(
      `rooms.upload/${rid()}`,
      form('Aspirin', 'Liste für dich.txt'),
    );
    assert.equal(status, 200);
    const path = body.message.attachments[0].title_link;
    const answer = await bench.ask('GET', `/v1/rc${path}`, {headers: bench.own});
    assert.deepEqual([answer.status, answer.body], [200, 'Aspirin']);
    assert.equal(answer.headers.get('content-type'), 'text/plain');
    assert.equal(answer.headers.get('content-length'), '7');
    assert.match(answer.headers.get('content-disposition'), /Liste%20f%C3%BCr%20dich\.txt/);
  });

  it('go up in two steps', async () => {
    const {file} = (await send(`rooms.media/${rid()}`, form('x', 'x.txt'))).body;
    const confirmed = await send(`rooms.mediaConfirm/${rid()}/${file._id}`, {msg: 'There'});
    assert.equal(confirmed.body.message.msg, 'There');
  });

  it('may do nothing on the broker’s address but be looked at', async () => {
    bench.chat.settings.set('FileUpload_MediaTypeBlackList', '');
    const page = form('<script>alert(1)</script>', 'x.html', 'text/html');
    const {file} = (await send(`rooms.media/${rid()}`, page)).body;
    const {headers} = await bench.ask('GET', `/v1/rc${file.url}`, {headers: bench.own});
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.equal(headers.get('cache-control'), 'no-store');
  });

  it('are for whoever may read the room, and neither query nor cookie is a login', async () => {
    const room = bench.chat.room('case-4711')._id;
    const {file} = (await send(`rooms.media/${room}`, form('x', 'x.txt'))).body;
    const {userId, authToken} = bench.login;
    const get = (query = '', headers = {}, as = 'alice') =>
      bench.ask('GET', `/v1/rc${file.url}${query}`, {headers, as});
    assert.equal((await get(`?rc_uid=${userId}&rc_token=${authToken}`)).status, 401);
    assert.equal((await get('', {cookie: `rc_uid=${userId}; rc_token=${authToken}`})).status, 401);
    assert.equal((await get(`?rc_token=${authToken}`, bench.own)).status, 200);
    const carol = bench.chat.issueToken('carol');
    bench.logins.set('carol', carol);
    assert.equal((await get('', headersOf(carol), 'carol')).status, 403);
    assert.ok(!bench.seen.some(({url}) => url.includes(authToken)));
  });

  it('that are refused by the workspace are refused as it says', async () => {
    bench.chat.settings.set('FileUpload_MaxFileSize', 3);
    const {status, body} = await send(`rooms.media/${rid()}`, form('long', 'x.txt'));
    assert.deepEqual([status, body.errorType], [400, 'error-file-too-large']);
  });

  it('come as a form only, and nothing else does', async () => {
    const json = {...bench.own, 'content-type': 'application/json'};
    assert.deepEqual(codeOf(await send(`rooms.upload/${rid()}`, '{}', json)), [
      415,
      'content-type-refused',
    ]);
    assert.deepEqual(codeOf(await send(`rooms.upload/${rid()}`)), [415, 'content-type-refused']);
    for (const route of ['chat.sendMessage', `rooms.mediaConfirm/${rid()}/x`]) {
      assert.deepEqual(codeOf(await send(route, form('x', 'x'))), [415, 'content-type-refused']);
    }
    assert.deepEqual(bench.seen, []);
  });
});

describe('avatars by the broker', () => {
  const bench = withRoutes();

  it('are had by the login in the headers, made into the workspace’s cookies', async () => {
    bench.chat.settings.set('Accounts_AvatarBlockUnauthenticatedAccess', true);
    for (const path of ['avatar/bob', 'avatar/j%C3%BCrgen', 'avatar/room/none', 'avatar/@x']) {
      const headers = {...bench.own, cookie: 'session=x'};
      const {status} = await bench.ask('GET', `/v1/rc/${path}`, {headers});
      assert.equal(status, path.includes('room') ? 404 : 200, path);
    }
    const {userId, authToken} = bench.login;
    const cookie = `rc_uid=${userId}; rc_token=${authToken}`;
    assert.deepEqual(new Set(bench.seen.map(({headers}) => headers.cookie)), new Set([cookie]));
    const answer = await bench.ask('GET', '/v1/rc/avatar/bob', {headers: bench.own});
    assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
    assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.equal(answer.headers.get('set-cookie'), null);
    assert.equal((await bench.ask('GET', '/v1/rc/avatar/bob')).status, 403);
  });

  it('give no second cookie by a token that has one in it', async () => {
    const headers = {...bench.own, 'X-Auth-Token': 'x; admin=1'};
    await bench.ask('GET', '/v1/rc/avatar/bob', {headers});
    assert.match(bench.seen[0].headers.cookie, /; rc_token=x%3B%20admin%3D1$/);
  });
});

describe('an upload', () => {
  it('reaches the workspace before its last byte is sent', async (t) => {
    let reached;
    const first = new Promise((resolve) => (reached = resolve));
    const upstream = await startServer((request, response) => {
      request.once('data', (chunk) => reached(chunk.toString()));
      request.on('end', () => response.end('{"success":true}'));
      request.resume();
    });
    t.after(upstream.close);
    const {sending, answer} = beginUpload(await routesBefore(t, upstream.origin), {
      'content-length': 2000,
    });
    sending.write('x'.repeat(1000));
    assert.match(await first, /^x+$/);
    sending.end('x'.repeat(1000));
    assert.deepEqual(await answer, {status: 200, body: {success: true}});
  });

  it('of 64 MB is never held as a whole, neither up nor down', async (t) => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    let bytes = 0;
    const upstream = await startServer((request, response) => {
      if (request.method === 'GET') return void pour(response, LARGE, chunk);
      request.on('data', (data) => (bytes += data.length));
      request.on('end', () => response.end('{}'));
    });
    t.after(upstream.close);
    const routes = await routesBefore(t, upstream.origin, {limits: {upload: LARGE}});
    const up = async () => {
      const {sending, answer} = beginUpload(routes);
      await pour(sending, LARGE, chunk);
      assert.equal((await answer).status, 200);
    };
    const down = async () => {
      const headers = {authorization: 'Bearer alice', ...routes.own};
      const asking = ask(`${routes.origin}/v1/rc/file-upload/x/y`, {headers}).end();
      const [response] = await once(asking, 'response');
      let count = 0;
      for await (const data of response) count += data.length;
      assert.equal(count, LARGE);
    };
    // The heap takes its size once.
    await up();
    await down();
    bytes = 0;
    const grown = {up: await growth(up), down: await growth(down)};
    assert.equal(bytes, LARGE);
    for (const [way, most] of Object.entries(grown)) {
      assert.ok(most < 20 * MB, `${way}: ${Math.round(most / MB)} MB`);
    }
  });

  it('waits for a workspace that does not read', async (t) => {
    const upstream = await startTcp((socket) => setImmediate(() => socket.pause()));
    t.after(upstream.close);
    const routes = await routesBefore(t, upstream.origin, {limits: {upload: LARGE}});
    const {sending} = beginUpload(routes);
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      do sent += chunk.length;
      while (sent < LARGE && sending.write(chunk));
    };
    sending.on('drain', more);
    more();
    // It stands when nothing more is taken over three looks.
    let before = -1;
    let same = 0;
    await until(async () => {
      same = sent > 0 && sent === before ? same + 1 : 0;
      before = sent;
      await new Promise((resolve) => setTimeout(resolve, 100));
      return same >= 3;
    }, 'the sender is held back');
    assert.ok(sent < LARGE / 2, `${sent} bytes`);
    sending.destroy();
  });

  it('that says to be too large is refused before anything is asked', async (t) => {
    const upstream = await startServer((_request, response) => response.end('{}'));
    t.after(upstream.close);
    let asked = 0;
    upstream.server.on('request', () => (asked += 1));
    const routes = await routesBefore(t, upstream.origin);
    const {sending, answer} = beginUpload(routes, {'content-length': MB + 1});
    sending.flushHeaders();
    assert.deepEqual(codeOf(await answer), [413, 'body-too-large']);
    sending.destroy();
    assert.equal(asked, 0);
  });

  for (const [what, over, expected] of [
    ['as large as allowed is taken', 0, [200, undefined]],
    ['of one byte more is ended', 1, [413, 'body-too-large']],
  ]) {
    it(`in chunks that is ${what}`, async (t) => {
      let whole = 0;
      const upstream = await startServer((request, response) => {
        request.on('end', () => {
          whole += 1;
          response.end('{}');
        });
        request.on('error', () => {}).resume();
      });
      t.after(upstream.close);
      const closed = [];
      upstream.server.on('connection', (socket) => socket.on('close', () => closed.push(1)));
      const {sending, answer} = beginUpload(await routesBefore(t, upstream.origin));
      await pour(sending, MB + over);
      assert.deepEqual(codeOf(await answer), expected);
      assert.equal(whole, over ? 0 : 1);
      if (over) await until(() => closed.length > 0, 'the workspace’s connection is cut');
    });
  }

  it('that goes on and on is cut off', async (t) => {
    const upstream = await startServer((request) => request.on('error', () => {}).resume());
    t.after(upstream.close);
    const {sending} = beginUpload(await routesBefore(t, upstream.origin));
    const closed = new Promise((resolve) => sending.on('close', resolve));
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      while (!sending.destroyed && sending.write(chunk)) sent += chunk.length;
    };
    sending.on('drain', more);
    more();
    await closed;
    assert.ok(sent < LARGE);
  });

  it('that the caller leaves is ended at the workspace', async (t) => {
    const upstream = await startServer((request) => request.on('error', () => {}).resume());
    t.after(upstream.close);
    const left = new Promise((resolve) => {
      upstream.server.on('request', (request) => {
        request.once('data', () => sending.destroy());
        request.on('close', () => resolve(request.complete));
      });
    });
    const {failures, ...routes} = await routesBefore(t, upstream.origin);
    const {sending} = beginUpload(routes, {'content-length': 5000});
    sending.write('x'.repeat(1000));
    assert.equal(await left, false);
    assert.deepEqual(failures, []);
  });

  it('that the workspace refuses before its end is told of', async (t) => {
    const upstream = await startServer((request, response) => {
      request.once('data', () =>
        response.writeHead(413, {'content-type': 'application/json'}).end('{"error":"too much"}'),
      );
      request.on('error', () => {}).resume();
    });
    t.after(upstream.close);
    const {sending, answer} = beginUpload(await routesBefore(t, upstream.origin));
    await pour(sending, MB / 2);
    assert.deepEqual(await answer, {status: 413, body: {error: 'too much'}});
  });

  it('that the workspace hangs up on is told of', async (t) => {
    const upstream = await startTcp((socket) => socket.once('data', () => socket.destroy()));
    t.after(upstream.close);
    const {sending, answer} = beginUpload(await routesBefore(t, upstream.origin));
    await pour(sending, MB / 2);
    assert.deepEqual(codeOf(await answer), [502, 'workspace-unreachable']);
  });

  it('may take longer than an answer, as long as it goes on', async (t) => {
    const upstream = await startServer((request, response) => {
      request.on('end', () => response.end('{}')).resume();
    });
    t.after(upstream.close);
    const routes = await routesBefore(t, upstream.origin, {rocketChat: {timeout: 2000}});
    const {sending, answer} = beginUpload(routes);
    for (let i = 0; i < 4; i++) {
      sending.write('x');
      // Together longer than an answer may take, by more than undici's clock is coarse.
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    sending.end();
    assert.equal((await answer).status, 200);
  });

  it('that gets no answer when it is whole is told of in time', async (t) => {
    const upstream = await startServer((request) => request.resume());
    t.after(upstream.close);
    const options = {rocketChat: {timeout: 50}, storing: 50};
    const {sending, answer} = beginUpload(await routesBefore(t, upstream.origin, options));
    sending.end('x');
    assert.deepEqual(codeOf(await answer), [504, 'workspace-unreachable']);
  });

  it('that the workspace still stores is waited for, longer than for an answer', async (t) => {
    let late;
    const upstream = await startServer((request, response) => {
      const answer = () => response.end('{"success":true}');
      // Longer than an answer may take, by more than undici's clock is coarse.
      request.on('end', () => (late = setTimeout(answer, 3_000))).resume();
    });
    t.after(upstream.close);
    t.after(() => clearTimeout(late));
    const routes = await routesBefore(t, upstream.origin, {rocketChat: {timeout: 50}});
    const {sending, answer} = beginUpload(routes);
    sending.end('x');
    assert.deepEqual(await answer, {status: 200, body: {success: true}});
  });
});

describe('a body of which nothing comes for a minute', () => {
  it('is given up, and one of which something comes is not', (t) => {
    t.mock.timers.enable({apis: ['setTimeout']});
    const source = new PassThrough();
    const body = metered(source, 100).resume();
    t.mock.timers.tick(59_000);
    source.write('x');
    return new Promise((resolve) => {
      body.once('data', () => {
        t.mock.timers.tick(59_000);
        assert.equal(source.destroyed, false);
        t.mock.timers.tick(1001);
        assert.equal(source.destroyed, true);
        body.once('close', () => {
          assert.ok(body.errored);
          resolve();
        });
      });
    });
  });
});

describe('the rest of a refused body', () => {
  it('is read as far as allowed, and then cut off', async () => {
    const source = new PassThrough();
    drain(source, 10);
    source.write('x'.repeat(10));
    await until(() => source.readableLength === 0, 'it is read');
    assert.equal(source.destroyed, false);
    source.write('x');
    await until(() => source.destroyed, 'it is cut off');
  });
});
