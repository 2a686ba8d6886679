import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {startRocketChat} from '../../dist/testing/index.js';

/** Starts a simulator for each test of a block; the settings differ. */
const withSimulator = (options = {}) => {
  const context = {};
  beforeEach(async () => {
    context.chat = await startRocketChat({bypassRateLimit: true, ...options});
  });
  afterEach(() => context.chat.close());

  const rest = async (method, path, {login, body, headers} = {}) => {
    const response = await fetch(`${context.chat.origin}/api/v1/${path}`, {
      method,
      headers: {
        ...(login && {'X-User-Id': login.userId, 'X-Auth-Token': login.authToken}),
        ...headers,
      },
      ...(body && {body: JSON.stringify(body)}),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
    return {status: response.status, headers: response.headers, body: json};
  };
  const login = async (username) => {
    const {password} = context.chat.users.find((user) => user.username === username);
    const {body} = await rest('POST', 'login', {body: {user: username, password}});
    return body.data;
  };
  const subscription = async (entry, rid) => {
    const {body} = await rest('GET', 'subscriptions.get', {login: entry});
    return body.update.find((each) => each.rid === rid);
  };
  return {context, rest, login, subscription};
};

describe('login', () => {
  const {context, rest, login} = withSimulator();

  it('answers a right password with user, token and account', async () => {
    const {userId, authToken, me} = await login('alice');
    assert.equal(userId, context.chat.users.find(({username}) => username === 'alice').userId);
    assert.match(authToken, /^[\w-]{43}$/);
    assert.equal(me.username, 'alice');
    assert.ok(!JSON.stringify(me).includes('password'));
  });

  it('takes the e-mail address, too', async () => {
    const {password} = context.chat.users.find(({username}) => username === 'bob');
    const answer = await rest('POST', 'login', {body: {email: 'bob@example.com', password}});
    assert.equal(answer.body.status, 'success');
  });

  it('refuses a wrong password and an unknown user alike', async () => {
    const wrong = await rest('POST', 'login', {body: {user: 'alice', password: 'wrong'}});
    const unknown = await rest('POST', 'login', {body: {user: 'nobody', password: 'wrong'}});
    assert.equal(wrong.status, 401);
    assert.equal(wrong.body.status, 'error');
    assert.equal(wrong.body.message, 'Unauthorized');
    assert.deepEqual(unknown.body, wrong.body);
  });

  it('resumes by a token, which stays the same', async () => {
    const {authToken} = await login('alice');
    const {body} = await rest('POST', 'login', {body: {resume: authToken}});
    assert.equal(body.data.authToken, authToken);
  });

  it('refuses empty and foreign values of resume', async () => {
    for (const resume of ['', null, 0, {}, [], 'undefined']) {
      const {status} = await rest('POST', 'login', {body: {resume}});
      assert.equal(status, 401, JSON.stringify(resume));
    }
  });

  it('wants both headers, and of the same user', async () => {
    const alice = await login('alice');
    const bob = await login('bob');
    assert.equal((await rest('GET', 'me', {login: alice})).body.username, 'alice');
    const mixed = {userId: bob.userId, authToken: alice.authToken};
    for (const headers of [{}, {'X-Auth-Token': alice.authToken}]) {
      const {status, body} = await rest('GET', 'me', {headers});
      assert.equal(status, 401);
      assert.equal(body.error, 'You must be logged in to do this.');
      assert.equal(body.message, body.error);
      assert.equal(body.status, 'error');
    }
    assert.equal((await rest('GET', 'me', {login: mixed})).status, 401);
  });

  it('ends that one token at logout', async () => {
    const one = await login('alice');
    const other = await login('alice');
    const {body} = await rest('POST', 'logout', {login: one});
    assert.equal(body.data.message, "You've been logged out!");
    assert.equal((await rest('GET', 'me', {login: one})).status, 401);
    assert.equal((await rest('GET', 'me', {login: other})).status, 200);
  });

  it('ends every token when they are revoked', async () => {
    const entry = await login('alice');
    context.chat.revokeTokens('alice');
    assert.equal((await rest('GET', 'me', {login: entry})).status, 401);
  });

  it('ends tokens after the days of Accounts_LoginExpiration', async () => {
    const entry = await login('alice');
    context.chat.settings.set('Accounts_LoginExpiration', 0);
    assert.equal((await rest('GET', 'me', {login: entry})).status, 401);
  });

  it('keeps 50 logins of a user and drops the oldest', async () => {
    const first = context.chat.issueToken('alice');
    const others = Array.from({length: 50}, () => context.chat.issueToken('alice'));
    assert.equal((await rest('GET', 'me', {login: first})).status, 401);
    assert.equal((await rest('GET', 'me', {login: others[0]})).status, 200);
  });
});

describe('embedding', () => {
  const {context, rest} = withSimulator();
  const framing = async (path = 'channel/general?layout=embedded') => {
    const response = await fetch(`${context.chat.origin}/${path}`);
    return response.headers.get('x-frame-options');
  };

  it('is refused by X-Frame-Options from the factory', async () => {
    assert.equal(await framing(), 'sameorigin');
  });

  it('is open once Iframe_Restrict_Access is off', async () => {
    context.chat.settings.set('Iframe_Restrict_Access', false);
    assert.equal(await framing(), null);
    context.chat.settings.set('Iframe_Restrict_Access', true);
    assert.equal(await framing(), 'sameorigin');
  });

  it('is refused on every path by what Iframe_X_Frame_Options says', async () => {
    context.chat.settings.set('Iframe_X_Frame_Options', 'deny');
    for (const path of ['home', 'group/x', 'assets/main.js', 'api/v1/info']) {
      assert.equal(await framing(path), 'deny', path);
    }
  });

  it('is no part of the Content-Security-Policy, which names no frame-ancestors', async () => {
    const response = await fetch(`${context.chat.origin}/home`);
    const policy = response.headers.get('content-security-policy');
    assert.match(policy, /default-src 'self'/);
    assert.doesNotMatch(policy, /frame-ancestors/);
  });

  it('is as newly installed without options: nothing is sent, taken or shared', async () => {
    const {body} = await rest('GET', 'settings.public');
    const value = (name) => body.settings.find(({_id}) => _id === name)?.value;
    assert.equal(value('Iframe_Integration_send_enable'), false);
    assert.equal(value('Iframe_Integration_send_target_origin'), '*');
    assert.equal(value('Iframe_Integration_receive_enable'), false);
    assert.equal(value('Iframe_Integration_receive_origin'), '*');
    for (const secret of [
      'Iframe_Restrict_Access',
      'Iframe_X_Frame_Options',
      'API_Enable_CORS',
      'API_CORS_Origin',
    ]) {
      assert.equal(value(secret), undefined, secret);
    }
  });

  it('tells its integration settings to everybody, and no secret ones', async () => {
    const ids =
      'Iframe_Integration_receive_enable,Iframe_Integration_receive_origin,Iframe_Restrict_Access';
    const {body} = await rest('GET', `settings.public?_id=${ids}`);
    assert.equal(body.success, true);
    assert.deepEqual(
      body.settings.map(({_id, value}) => [_id, value]),
      [
        ['Iframe_Integration_receive_enable', false],
        ['Iframe_Integration_receive_origin', '*'],
      ],
    );
  });

  it('has no commands for tests unless asked for', async () => {
    const response = await fetch(`${context.chat.origin}/__simulator/token`, {
      method: 'POST',
      body: '{"username": "alice"}',
    });
    assert.ok(!(await response.text()).includes('authToken'));
  });
});

describe('the rate limit', () => {
  const {context, rest, login} = withSimulator({bypassRateLimit: false});

  it('refuses the eleventh call of a route within a minute', async () => {
    const entry = context.chat.issueToken('alice');
    for (let left = 9; left >= 0; left -= 1) {
      const {status, headers} = await rest('GET', 'me', {login: entry});
      assert.equal(status, 200);
      assert.equal(headers.get('x-ratelimit-limit'), '10');
      assert.equal(headers.get('x-ratelimit-remaining'), String(left));
      assert.ok(Number(headers.get('x-ratelimit-reset')) > Date.now());
    }
    const {status, body} = await rest('GET', 'me', {login: entry});
    assert.equal(status, 429);
    assert.equal(body.success, false);
    assert.match(
      body.error,
      /^Error, too many requests\. Please slow down\. You must wait \d+ seconds before trying this endpoint again\. \[error-too-many-requests\]$/,
    );
    assert.equal((await rest('GET', 'rooms.get', {login: entry})).status, 200, 'another route');
  });

  it('holds for administrators, too, from the factory', async () => {
    const admin = await login('admin');
    for (let call = 0; call < 10; call += 1) await rest('GET', 'me', {login: admin});
    assert.equal((await rest('GET', 'me', {login: admin})).status, 429);
  });

  it('counts the sign-ins of all users together', async () => {
    for (let call = 0; call < 5; call += 1) {
      assert.ok(await login('alice'));
      assert.ok(await login('admin'));
    }
    assert.equal(await login('bob'), undefined);
  });
});

describe('the permission api-bypass-rate-limit', () => {
  const {rest, login} = withSimulator({
    bypassRateLimit: false,
    permissions: {'api-bypass-rate-limit': ['admin']},
  });

  it('spares the roles that hold it, and nobody else from the same address', async () => {
    const [admin, alice] = [await login('admin'), await login('alice')];
    for (let call = 0; call < 25; call += 1) {
      const {status, headers} = await rest('GET', 'me', {login: admin});
      assert.equal(status, 200);
      assert.equal(headers.get('x-ratelimit-limit'), null);
    }
    for (let call = 0; call < 10; call += 1) {
      assert.equal((await rest('GET', 'me', {login: alice})).status, 200, 'not used up by admin');
    }
    assert.equal((await rest('GET', 'me', {login: alice})).status, 429);
    assert.equal((await rest('GET', 'me', {login: admin})).status, 200);
  });
});

describe('CORS', () => {
  const {context, rest} = withSimulator();
  const headers = {Origin: 'https://app.example.com'};
  const allowed = (answer) => answer.headers.get('access-control-allow-origin');

  it('is off from the factory: no header, no preflight', async () => {
    const answer = await rest('GET', 'info', {headers});
    assert.equal(answer.status, 200);
    assert.equal(allowed(answer), null);
    const preflight = await rest('OPTIONS', 'login', {headers});
    assert.equal(preflight.status, 405);
    assert.equal(allowed(preflight), null);
  });

  it('allows everybody once it is on, but exposes no header', async () => {
    context.chat.settings.set('API_Enable_CORS', true);
    const answer = await rest('OPTIONS', 'login', {headers});
    assert.equal(answer.status, 200);
    assert.equal(allowed(answer), '*');
    assert.equal(
      answer.headers.get('access-control-allow-headers'),
      'Origin, X-Requested-With, Content-Type, Accept, X-User-Id, X-Auth-Token, x-visitor-token, Authorization',
    );
    assert.equal(
      answer.headers.get('access-control-allow-methods'),
      'GET, POST, PUT, DELETE, HEAD, PATCH',
    );
    assert.equal(answer.headers.get('access-control-expose-headers'), null);
  });

  it('keeps to its list of origins', async () => {
    context.chat.settings.set('API_Enable_CORS', true);
    context.chat.settings.set('API_CORS_Origin', 'https://other.example, https://App.example.com');
    assert.equal(allowed(await rest('GET', 'info', {headers})), 'https://app.example.com');
    const foreign = await rest('GET', 'info', {headers: {Origin: 'https://evil.example'}});
    assert.equal(foreign.status, 403);
    assert.equal(foreign.body, '');
    for (const name of ['origin', 'methods', 'headers']) {
      assert.equal(foreign.headers.get(`access-control-allow-${name}`), null, name);
    }
    const preflight = await rest('OPTIONS', 'login', {headers: {Origin: 'https://evil.example'}});
    assert.equal(preflight.status, 403);
    assert.equal(allowed(preflight), null);
  });

  it('refuses a page of its own origin that is not on the list', async () => {
    context.chat.settings.set('API_Enable_CORS', true);
    context.chat.settings.set('API_CORS_Origin', 'https://app.example.com');
    const own = await rest('GET', 'info', {headers: {Origin: context.chat.origin}});
    assert.equal(own.status, 403);
  });

  it('leaves alone a caller without an origin, which is no page', async () => {
    context.chat.settings.set('API_Enable_CORS', true);
    context.chat.settings.set('API_CORS_Origin', 'https://app.example.com');
    const answer = await rest('GET', 'info');
    assert.equal(answer.status, 200);
    assert.equal(allowed(answer), null);
  });

  it('is off again as soon as it is switched off', async () => {
    context.chat.settings.set('API_Enable_CORS', true);
    assert.equal(allowed(await rest('GET', 'info', {headers})), '*');
    context.chat.settings.set('API_Enable_CORS', false);
    assert.equal(allowed(await rest('GET', 'info', {headers})), null);
    assert.equal((await rest('OPTIONS', 'info', {headers})).status, 405);
  });
});

describe('unread', () => {
  const {context, login, subscription, rest} = withSimulator();
  const after = async (room, text) => {
    const alice = await login('alice');
    context.chat.post('bob', room, text);
    const {unread, alert, userMentions, groupMentions} = await subscription(
      alice,
      context.chat.room(room)._id,
    );
    return {unread, alert, userMentions, groupMentions};
  };

  it('starts with nothing', async () => {
    const {body} = await rest('GET', 'subscriptions.get', {login: await login('alice')});
    assert.ok(body.update.length >= 5);
    assert.ok(body.update.every(({unread, alert}) => unread === 0 && !alert));
  });

  it('is an alert without a count for a plain message in a channel', async () => {
    const plain = {unread: 0, alert: true, userMentions: 0, groupMentions: 0};
    assert.deepEqual(await after('consultation', 'Hello'), plain);
  });

  it('counts a mention', async () => {
    const mention = {unread: 1, alert: true, userMentions: 1, groupMentions: 0};
    assert.deepEqual(await after('consultation', 'Hello @alice!'), mention);
  });

  it('counts a mention of all', async () => {
    const mention = {unread: 1, alert: true, userMentions: 0, groupMentions: 1};
    assert.deepEqual(await after('case-4711', '@all please read'), mention);
  });

  it('counts no name within an address', async () => {
    assert.equal((await after('consultation', 'write to bob@alice.example')).unread, 0);
  });

  it('counts every direct message', async () => {
    const rid = [...context.chat.users]
      .filter(({username}) => ['alice', 'bob'].includes(username))
      .map(({userId}) => userId)
      .sort()
      .join('');
    assert.equal((await after(rid, 'Hello')).unread, 1);
  });

  it("counts everything by Unread_Count 'all_messages'", async () => {
    context.chat.settings.set('Unread_Count', 'all_messages');
    assert.equal((await after('consultation', 'Hello')).unread, 1);
  });

  it("counts no mention of all by Unread_Count 'user_mentions_only'", async () => {
    context.chat.settings.set('Unread_Count', 'user_mentions_only');
    assert.equal((await after('consultation', '@all Hello')).unread, 0);
  });

  it('ends by subscriptions.read, and leaves the author alone', async () => {
    await after('consultation', 'Hello @alice @bob');
    const rid = context.chat.room('consultation')._id;
    const [alice, bob] = [await login('alice'), await login('bob')];
    assert.equal((await subscription(bob, rid)).alert, false);
    await rest('POST', 'subscriptions.read', {login: alice, body: {rid}});
    const {unread, alert} = await subscription(alice, rid);
    assert.deepEqual({unread, alert}, {unread: 0, alert: false});
  });
});

describe('messages', () => {
  const {context, rest, login} = withSimulator();

  it('are posted once, however often their id is sent', async () => {
    const entry = await login('alice');
    const rid = context.chat.room('consultation')._id;
    const before = context.chat.messages('consultation').length;
    const body = {message: {_id: 'client-made-id', rid, msg: 'Once'}};
    const first = await rest('POST', 'chat.sendMessage', {login: entry, body});
    const second = await rest('POST', 'chat.sendMessage', {login: entry, body});
    assert.equal(first.body.message._id, 'client-made-id');
    assert.deepEqual(second.body.message, first.body.message);
    assert.equal(context.chat.messages('consultation').length, before + 1);
  });

  it('come newest first, from the page that is asked for', async () => {
    const entry = await login('alice');
    const roomId = context.chat.room('consultation')._id;
    context.chat.post('bob', 'consultation', 'last');
    const {body} = await rest('GET', `channels.history?roomId=${roomId}&count=2`, {login: entry});
    assert.equal(body.messages.length, 2);
    assert.equal(body.messages[0].msg, 'last');
    const {ts, msg} = body.messages[1];
    const older = `channels.history?roomId=${roomId}&latest=${ts}&count=1`;
    assert.notEqual((await rest('GET', older, {login: entry})).body.messages[0].msg, msg);
    const same = `${older}&inclusive=true`;
    assert.equal((await rest('GET', same, {login: entry})).body.messages[0].msg, msg);
  });

  it('of a group are refused to whoever is not in it', async () => {
    const entry = await login('alice');
    const roomId = context.chat.room('case-5820')._id;
    const history = await rest('GET', `groups.history?roomId=${roomId}`, {login: entry});
    assert.equal(history.status, 400);
    assert.equal(history.body.errorType, 'error-room-not-found');
    const info = await rest('GET', `rooms.info?roomId=${roomId}`, {login: entry});
    assert.equal(info.body.error, 'not-allowed');
    const body = {message: {rid: roomId, msg: 'Let me in'}};
    const sent = await rest('POST', 'chat.sendMessage', {login: entry, body});
    assert.equal(sent.status, 400);
    assert.ok(!context.chat.messages('case-5820').some(({msg}) => msg === 'Let me in'));
  });

  it('of a discussion hang off their room by prid', async () => {
    const entry = await login('alice');
    const {body} = await rest('GET', 'rooms.get', {login: entry});
    const discussion = body.update.find(({fname}) => fname === 'Follow-up appointments');
    assert.equal(discussion.prid, context.chat.room('consultation')._id);
    assert.notEqual(discussion.name, discussion.fname);
    assert.ok(!body.update.some(({name}) => name === 'case-5820'));
  });

  it('have no route that does not exist', async () => {
    const {status, body} = await rest('GET', 'chat.unknown');
    assert.equal(status, 404);
    assert.equal(body.error, 'Resource not found');
  });
});
