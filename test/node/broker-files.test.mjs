import assert from 'node:assert/strict';
import {request} from 'node:http';
import {describe, it} from 'node:test';

import {PAGE, withBroker} from '../support/broker-bench.mjs';

const codeOf = ({status, body}) => [status, body.error?.code];

/** What a native view asks of the broker, in Alice's name. */
const withView = (options) => {
  const bench = withBroker(options);
  const login = () => bench.login();
  const rid = () => bench.chat.room('consultation')._id;
  const form = (text, name, type = 'text/plain') => {
    const body = new FormData();
    body.append('file', new File([text], name, {type}));
    return body;
  };
  const send = async (route, body, given) => {
    const headers = given ?? (await login());
    const response = await fetch(`${bench.broker.origin}/v1/rc/${route}`, {
      method: 'POST',
      headers: {authorization: `Bearer ${bench.broker.accessToken('alice')}`, ...headers},
      body,
    });
    return {status: response.status, body: await response.json()};
  };
  return {bench, login, rid, form, send};
};

describe('the routes of a native view', () => {
  const {bench, login, rid} = withView();

  it('are passed on', async () => {
    const headers = await login();
    const {_id} = bench.chat.post('bob', 'consultation', 'A question');
    const ask = async (method, route, body) => {
      const answer = await bench.ask(method, `/v1/rc/${route}`, {headers, body});
      assert.equal(answer.status, 200, route);
      return answer.body;
    };
    await ask('POST', 'chat.react', {messageId: _id, emoji: ':eyes:'});
    assert.ok(bench.chat.messages('consultation').at(-1).reactions[':eyes:']);
    const message = {rid: rid(), msg: 'An answer', tmid: _id};
    await ask('POST', 'chat.sendMessage', {message});
    assert.equal((await ask('GET', `chat.getThreadMessages?tmid=${_id}`)).messages.length, 1);
    const selector = encodeURIComponent('{"term":"bo"}');
    const {items} = await ask('GET', `users.autocomplete?selector=${selector}`);
    assert.equal(items[0].username, 'bob');
    const {users} = await ask('GET', 'spotlight?query=%40bo');
    assert.equal(users[0].username, 'bob');
    assert.equal((await ask('GET', `users.presence?ids=${items[0]._id}`)).users.length, 1);
    assert.equal((await ask('GET', `channels.members?roomId=${rid()}`)).members.length, 2);
    const group = bench.chat.room('case-4711')._id;
    assert.equal((await ask('GET', `groups.members?roomId=${group}`)).members.length, 2);
    const direct = [headers['X-User-Id'], items[0]._id].sort().join('');
    assert.equal((await ask('GET', `im.members?roomId=${direct}`)).members.length, 2);
    assert.equal((await ask('POST', 'im.create', {username: 'bob'})).room.rid, direct);
  });
});

describe('files by the broker', () => {
  const {bench, login, rid, form, send} = withView();

  it('go up in one step, and come down as they are', async () => {
    const {status, body} = await send(
      `rooms.upload/${rid()}`,
      form('Aspirin', 'Liste für dich.txt'),
    );
    assert.equal(status, 200);
    const path = body.message.attachments[0].title_link;
    const answer = await bench.ask('GET', `/v1/rc${path}`, {headers: await login()});
    assert.equal(answer.status, 200);
    assert.equal(answer.body, 'Aspirin');
    assert.equal(answer.headers.get('content-type'), 'text/plain');
    assert.equal(answer.headers.get('content-length'), '7');
    assert.match(answer.headers.get('content-disposition'), /Liste%20f%C3%BCr%20dich\.txt/);
  });

  it('go up in two steps', async () => {
    const {file} = (await send(`rooms.media/${rid()}`, form('x', 'x.txt'))).body;
    const path = `/v1/rc/rooms.mediaConfirm/${rid()}/${file._id}`;
    const answer = await bench.ask('POST', path, {headers: await login(), body: {msg: 'There'}});
    assert.equal(answer.body.message.msg, 'There');
  });

  it('may do nothing on the broker’s address but be looked at', async () => {
    bench.chat.settings.set('FileUpload_MediaTypeBlackList', '');
    const page = form('<script>alert(1)</script>', 'x.html', 'text/html');
    const {file} = (await send(`rooms.media/${rid()}`, page)).body;
    const {headers} = await bench.ask('GET', `/v1/rc${file.url}`, {headers: await login()});
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
  });

  it('are for whoever may read the room, and the query is no login', async () => {
    const {file} = (await send(`rooms.media/${rid()}`, form('x', 'x.txt'))).body;
    const get = (query = '', headers = {}) =>
      bench.ask('GET', `/v1/rc${file.url}${query}`, {headers});
    const own = await login();
    const {'X-User-Id': userId, 'X-Auth-Token': authToken} = own;
    const lines = await bench.heard(async () => {
      const byQuery = await get(`?rc_uid=${userId}&rc_token=${authToken}`);
      const byCookie = await get('', {cookie: `rc_uid=${userId}; rc_token=${authToken}`});
      for (const answer of [await get(), byQuery, byCookie]) {
        assert.deepEqual(codeOf(answer), [401, 'session-missing']);
      }
    });
    assert.deepEqual(lines, []);
    assert.equal((await get('', {...own, 'X-Auth-Token': 'guess'})).status, 403);
    assert.equal((await get(`?rc_uid=${userId}&rc_token=${authToken}`, own)).status, 200);
    const all = bench.chat.requests().map(({line}) => line);
    assert.ok(!all.some((line) => line.includes(authToken)));
  });

  it('that are refused by the workspace are refused as it says', async () => {
    bench.chat.settings.set('FileUpload_MaxFileSize', 3);
    const {status, body} = await send(`rooms.media/${rid()}`, form('long', 'x.txt'));
    assert.deepEqual([status, body.errorType], [400, 'error-file-too-large']);
  });

  it('come as a form only, and nothing else does', async () => {
    const own = await login();
    const lines = await bench.heard(async () => {
      const json = {...own, 'content-type': 'application/json'};
      const file = await send(`rooms.upload/${rid()}`, '{}', json);
      assert.deepEqual(codeOf(file), [415, 'content-type-refused']);
      const empty = await send(`rooms.upload/${rid()}`, undefined, own);
      assert.deepEqual(codeOf(empty), [415, 'content-type-refused']);
      for (const route of ['chat.sendMessage', `rooms.mediaConfirm/${rid()}/x`]) {
        const answer = await send(route, form('x', 'x'), own);
        assert.deepEqual(codeOf(answer), [415, 'content-type-refused']);
      }
    });
    assert.deepEqual(lines, []);
  });

  it('are handed on while they come', async () => {
    const own = await login();
    const reached = new Promise((resolve) => {
      bench.watched.server.prependListener('request', (incoming) => incoming.once('data', resolve));
    });
    const headers = {
      ...own,
      authorization: `Bearer ${bench.broker.accessToken('alice')}`,
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': 10_000_000,
    };
    const url = `${bench.broker.origin}/v1/rc/rooms.upload/${rid()}`;
    const sending = request(url, {method: 'POST', headers});
    sending.on('error', () => {});
    sending.write('x'.repeat(1000));
    assert.match((await reached).toString(), /^x+$/);
    sending.destroy();
  });
});

describe('a link to a file', () => {
  const {bench, login, rid, form, send} = withView();

  it('leads to the broker of the test', async () => {
    const {file} = (await send(`rooms.media/${rid()}`, form('Aspirin', 'x.txt'))).body;
    await login();
    const {body} = await bench.ask('POST', '/v1/files/sign', {body: {path: file.url}});
    assert.ok(body.url.startsWith(`${bench.broker.origin}/v1/files/`), body.url);
    const answer = await fetch(body.url);
    assert.deepEqual([answer.status, await answer.text()], [200, 'Aspirin']);
  });
});

describe('avatars by the broker', () => {
  const {bench, login} = withView();

  it('are had by the login in the headers, made into the workspace’s cookies', async () => {
    bench.chat.settings.set('Accounts_AvatarBlockUnauthenticatedAccess', true);
    const own = await login();
    const seen = [];
    bench.watched.server.prependListener('request', ({headers}) => seen.push(headers.cookie));
    for (const path of ['avatar/bob', 'avatar/j%C3%BCrgen', 'avatar/room/none']) {
      const headers = {...own, cookie: bench.broker.cookie('alice'), origin: PAGE};
      const {status} = await bench.ask('GET', `/v1/rc/${path}`, {headers});
      assert.equal(status, path.includes('room') ? 404 : 200, path);
    }
    assert.equal(seen.length, 3);
    for (const cookie of seen) assert.match(cookie, /^rc_uid=\w+; rc_token=[\w-]+$/);
    const answer = await bench.ask('GET', '/v1/rc/avatar/bob', {headers: own});
    assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
    assert.equal(answer.headers.get('content-security-policy'), "default-src 'none'; sandbox");
    assert.equal(answer.headers.get('set-cookie'), null);
    assert.equal((await bench.ask('GET', '/v1/rc/avatar/bob')).status, 403);
  });
});

describe('paths that lead elsewhere', () => {
  const {bench, login} = withView();

  for (const [method, route] of [
    ['GET', 'rooms.upload/room'],
    ['POST', 'rooms.upload'],
    ['POST', 'rooms.upload/room/more'],
    ['POST', 'rooms.upload/..%2fusers.create'],
    ['POST', 'rooms.upload/../users.create'],
    ['POST', 'rooms.mediaConfirm/room'],
    ['POST', 'file-upload/id/name'],
    ['GET', 'file-upload/id'],
    ['GET', 'file-upload/id/a/b'],
    ['GET', 'file-upload/id/..'],
    ['GET', 'file-upload/id/..%2f..%2fapi%2fv1%2fme'],
    ['GET', 'file-upload/id/%5c..%5c'],
    ['GET', 'file-upload/id/%zz'],
    ['GET', 'avatar/'],
    ['GET', 'avatar/..%2fhome'],
    ['GET', 'avatar/../home'],
    ['GET', 'avatar/%2e%2e/home'],
    ['GET', 'avatar/other/x'],
    ['GET', 'home'],
  ]) {
    it(`are refused: ${method} ${route}`, async () => {
      const headers = await login();
      const lines = await bench.heard(async () => {
        const {body} = await bench.ask(method, `/v1/rc/${route}`, {headers});
        const codes = ['route-not-allowed', 'not-found'];
        // What is no path at all is refused as such.
        if (route.includes('%zz')) codes.push('invalid-argument');
        assert.ok(codes.includes(body.error?.code), JSON.stringify(body));
      });
      assert.deepEqual(lines, []);
    });
  }
});
