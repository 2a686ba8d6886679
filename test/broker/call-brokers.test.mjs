/** Calls by their routes, at two brokers that are processes of their own, on one Redis. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setTimeout as sleep} from 'node:timers/promises';

import {eventually} from '../support/eventually.mjs';
import {startRedis} from '../support/redis.mjs';
import {ending, PAGE} from '../support/whole-broker.mjs';
import {openStream, startCallPlace} from './support/call-place.mjs';

const scene = async (t, {settings} = {}) => {
  const atEnd = ending(t);
  const redis = await startRedis();
  atEnd(() => redis.stop());
  const store = {BROKER_STORE_REDIS: redis.url};
  const place = await startCallPlace(atEnd, {store, settings, brokers: 2});
  const [one, other] = place.brokers;
  /** A tab of a user at a broker. */
  const tab = async (broker, sub, options) => {
    const stream = await openStream(broker.origin, await place.tokenFor(sub), options);
    atEnd(() => stream.close());
    return {...stream, id: stream.events()[0].id};
  };
  const deed = (broker, sub, id, what, body = {}) =>
    place.ask(broker, sub, `/v1/calls/${id}/${what}`, body);
  return {...place, redis, one, other, tab, deed};
};

const made = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.body;
};
const codeOf = ({status, body}) => [status, body?.error?.code];

const ring = async ({ask}, broker, caller, callee, more = {}) =>
  made(await ask(broker, caller, '/v1/calls', {users: [callee], ...more}), 201);

describe('two brokers on one Redis', {concurrency: 2}, () => {
  it('let users ring each other, give each his own way into the meeting, and log none of it', async (t) => {
    const place = await scene(t);
    const {one, other, tab, deed, ask, brokers} = place;
    const annas = await tab(one, 'anna');
    const [first, second] = [await tab(other, 'bob'), await tab(one, 'bob')];
    const call = await ring(place, one, 'anna', 'bob', {callType: 'audio'});
    assert.match(call.id, /^[\da-f]{32}$/);
    assert.equal(call.callUrl, undefined);
    const {node, room, path, url} = call.element;
    assert.deepEqual([node, room, path], ['https://node.example.com', call.alias, 'webapp3']);
    assert.match(
      url,
      new RegExp(`^https://node.example.com/webapp3/m/${call.alias}\\?callTag=[\\w-]{39}$`),
    );
    for (const each of [first, second]) {
      const {call: theirs} = await each.heard('incoming');
      assert.equal(theirs.id, call.id);
      assert.equal(theirs.element, undefined);
    }
    assert.equal(made(await ask(other, 'bob', `/v1/calls/${call.id}`)).element, undefined);
    const answered = made(await deed(one, 'bob', call.id, 'answer', {stream: first.id}));
    assert.notEqual(answered.element.url, url);
    assert.equal(answered.status, 'connected');
    await first.heard('answered');
    await second.heard('stopped');
    assert.equal((await annas.heard('answered')).executor, 'bob');
    const late = await deed(other, 'bob', call.id, 'answer', {stream: second.id});
    assert.deepEqual(codeOf(late), [409, 'call-answered']);
    const reloaded = made(await ask(other, 'bob', `/v1/calls/${call.id}`));
    assert.equal(reloaded.element.room, call.alias);
    made(await deed(other, 'bob', call.id, 'hangup'));
    assert.equal((await annas.heard('ended')).executor, 'bob');
    assert.equal((await first.heard('ended')).call.result, 'answered');
    for (const each of [annas, first, second]) assert.equal(each.names().length, 4);
    const output = brokers.map((broker) => broker.output()).join('');
    const secrets = [call.alias, url.split('callTag=')[1], await place.tokenFor('anna')];
    for (const secret of secrets) assert.ok(!output.includes(secret), secret);
  });

  it('refuse who is not signed in, who is none of the two, and what is none of a call', async (t) => {
    const place = await scene(t);
    const {one, other, tab, ask, deed} = place;
    await tab(other, 'bob');
    for (const [path, body] of [
      ['/v1/calls', {users: ['bob']}],
      ['/v1/calls/link', {url: 'https://app.example.com/'}],
      [`/v1/calls/${'0'.repeat(32)}/answer`, {}],
      ['/v1/calls/events'],
      ['/v1/history'],
    ]) {
      const method = body ? 'POST' : 'GET';
      const init = {method, headers: {'content-type': 'application/json'}};
      const answer = await fetch(
        one.origin + path,
        body ? {...init, body: JSON.stringify(body)} : {},
      );
      assert.equal(answer.status, 401, path);
    }
    for (const body of [
      [],
      {},
      {users: []},
      {users: 'bob'},
      {users: ['bob', 'carl']},
      {users: ['anna']},
      {users: [' bob']},
      {users: [7]},
      {users: [['bob']]},
      {users: ['b'.repeat(129)]},
      {users: ['bob'], callType: 'video-only'},
      {users: ['bob'], record: true},
      {users: ['bob'], link: 'yes'},
    ]) {
      const answer = await ask(one, 'anna', '/v1/calls', body);
      assert.deepEqual(codeOf(answer), [400, 'invalid-argument'], JSON.stringify(body));
    }
    assert.deepEqual(codeOf(await ask(one, 'anna', '/v1/calls', {users: ['nobody']})), [
      404,
      'user-not-found',
    ]);
    const {id} = await ring(place, one, 'anna', 'bob');
    const unknown = await deed(one, 'anna', '0'.repeat(32), 'hangup');
    for (const what of ['answer', 'decline', 'cancel', 'hangup']) {
      const foreign = await deed(one, 'eve', id, what);
      assert.deepEqual(codeOf(foreign), [404, 'not-found'], what);
      assert.equal(foreign.text, unknown.text);
    }
    assert.equal((await ask(one, 'eve', `/v1/calls/${id}`)).text, unknown.text);
    for (const [what, body] of [
      ['answer', {stream: 'a b'}],
      ['answer', {stream: 7}],
      ['answer', []],
      ['decline', {reason: 'busy'}],
      ['decline', []],
    ])
      assert.deepEqual(codeOf(await deed(one, 'bob', id, what, body)), [400, 'invalid-argument']);
    made(await ask(one, 'bob', `/v1/calls/${id}/decline`, undefined, 'POST'));
    assert.deepEqual(codeOf(await deed(one, 'bob', id, 'answer')), [409, 'call-over']);
  });

  it('give links for two users, to the configured page and no other', async (t) => {
    const place = await scene(t);
    const {one, other, tab, ask, deed} = place;
    await tab(other, 'bob');
    const {id, callUrl} = await ring(place, one, 'anna', 'bob', {link: true});
    const link = (broker, sub, url) => ask(broker, sub, '/v1/calls/link', {url});
    const url = new URL(callUrl);
    assert.equal(url.origin + url.pathname, 'https://app.example.com/phone');
    assert.equal(url.searchParams.get('tab'), 'calls');
    assert.ok(!callUrl.includes(id));
    const theirs = made(await link(other, 'bob', callUrl));
    assert.deepEqual([theirs.id, theirs.direction, theirs.element], [id, 'incoming', undefined]);
    assert.ok(made(await link(other, 'anna', callUrl)).element.url);
    made(await deed(other, 'bob', id, 'answer'));
    assert.ok(made(await link(one, 'bob', callUrl)).element.url);
    assert.deepEqual(codeOf(await link(one, 'eve', callUrl)), [403, 'call-of-others']);
    const ticket = url.searchParams.get('call');
    for (const wrong of [
      callUrl.replace('app.example.com', 'evil.example.com'),
      callUrl.replace('app.example.com', 'app.example.com.evil.com'),
      callUrl.replace('app.example.com', 'app.example.com:8443'),
      callUrl.replace('https:', 'http:'),
      callUrl.replace('https://', 'https://anna@'),
      callUrl.replace('/phone', '/phone/'),
      callUrl.replace('/phone', '/other'),
      `${callUrl}&call=${ticket}`,
      callUrl.replace(ticket, `${ticket.slice(0, -1)}${ticket.endsWith('A') ? 'B' : 'A'}`),
      callUrl.replace(ticket, ''),
      callUrl.replace(ticket, id),
      'https://app.example.com/phone?tab=calls',
    ])
      assert.deepEqual(codeOf(await link(one, 'anna', wrong)), [403, 'link-invalid'], wrong);
    for (const wrong of [7, '', 'phone?call=x', 'https://', undefined, 'x'.repeat(5_000)])
      assert.deepEqual(codeOf(await link(one, 'anna', wrong)), [400, 'invalid-argument'], wrong);
    made(await deed(other, 'anna', id, 'hangup'));
    assert.deepEqual(codeOf(await link(one, 'anna', callUrl)), [410, 'link-expired']);
  });

  it('go on with a ring when one is killed in the middle of it: its pages come to the other, and it ends in time', async (t) => {
    const place = await scene(t);
    const {one, other, tab, deed} = place;
    const bobs = await tab(one, 'bob');
    const annas = await tab(other, 'anna');
    const {id, creationDate} = await ring(place, one, 'anna', 'bob');
    await bobs.heard('incoming');
    await one.kill('SIGKILL');
    await bobs.ended;
    const again = await tab(other, 'bob');
    assert.equal((await again.heard('incoming')).call.id, id);
    for (const each of [annas, again]) {
      const {reason, executor, call} = await eventually(() => each.heard('declined'), 60_000);
      assert.deepEqual([reason, executor], ['no_answer', 'bob']);
      assert.equal(Date.parse(call.endedAt) - Date.parse(creationDate), 30_000);
    }
    assert.deepEqual(codeOf(await deed(other, 'bob', id, 'answer')), [409, 'call-over']);
    await ring(place, other, 'anna', 'bob');
  });

  it('hold nobody for online whose broker was killed', async (t) => {
    const many = 10_000;
    const place = await scene(t, {settings: {limits: {meetingsPerUser: many, perUser: many}}});
    const {one, other, tab, ask} = place;
    const bobs = await tab(one, 'bob');
    const call = await ring(place, other, 'anna', 'bob');
    made(await place.deed(other, 'anna', call.id, 'cancel'));
    await one.kill('SIGKILL');
    await bobs.ended;
    // Nobody knows him in chat, where he has never been.
    await eventually(async () => {
      await sleep(200);
      const answer = await ask(other, 'anna', '/v1/calls', {users: ['bob']});
      if (answer.status === 201) await place.deed(other, 'anna', answer.body.id, 'cancel');
      assert.deepEqual(codeOf(answer), [404, 'user-not-found']);
    }, 40_000);
  });

  it('tell an offline user of the workspace from nobody', async (t) => {
    const place = await scene(t);
    const {one, other, ask} = place;
    made(await ask(one, 'dora', '/v1/chat/session', {}));
    const answer = await ask(other, 'anna', '/v1/calls', {users: ['dora']});
    assert.deepEqual(codeOf(answer), [409, 'user-offline']);
  });

  it('disconnect whose account was deactivated, as soon as one of them learns of it', async (t) => {
    const {one, other, tab, ask, simulator, secrets, settings} = await scene(t);
    const session = made(await ask(one, 'dora', '/v1/chat/session', {}));
    const doras = await tab(other, 'dora');
    const annas = await tab(other, 'anna');
    const update = await fetch(`${simulator.origin}/api/v1/users.update`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-user-id': settings.rocketChat.userId,
        'x-auth-token': secrets.authToken,
      },
      body: JSON.stringify({userId: session.userId, data: {active: false}}),
    });
    assert.equal(update.status, 200, await update.text());
    const {lease} = session;
    const refused = await ask(one, 'dora', '/v1/chat/session', {lease, rejected: ['live']});
    assert.deepEqual(codeOf(refused), [403, 'account-refused']);
    assert.equal((await doras.heard('force_disconnect')).reason, 'user_disabled');
    assert.equal((await doras.heard('over')).reason, 'disconnected');
    // Who was never active as a chat user is no user who was disabled.
    assert.deepEqual(annas.names(), ['stream']);
  });

  it('tell of what they missed while Redis was away', async (t) => {
    const place = await scene(t);
    const {redis, one, other, tab, deed} = place;
    const bobs = await tab(other, 'bob');
    const {id} = await ring(place, one, 'anna', 'bob');
    await bobs.heard('incoming');
    await redis.restart();
    await eventually(async () => made(await deed(one, 'anna', id, 'cancel')));
    assert.equal((await bobs.heard('stopped')).executor, 'anna');
    await eventually(async () => ring(place, one, 'anna', 'bob'));
  });

  it('end the streams of who signs out, wherever they are', async (t) => {
    const {one, other, tab, ask} = await scene(t);
    const tabs = [await tab(one, 'anna'), await tab(other, 'anna')];
    const bobs = await tab(one, 'bob');
    assert.equal((await ask(other, 'anna', '/v1/chat/session', undefined, 'DELETE')).status, 204);
    for (const each of tabs) {
      assert.equal((await each.heard('over')).reason, 'signed-out');
    }
    assert.deepEqual(bobs.names(), ['stream']);
  });

  it('send pages on when one of them ends, and end at once', async (t) => {
    const place = await scene(t);
    const {one, other, tab} = place;
    const bobs = await tab(one, 'bob');
    const {id} = await ring(place, one, 'anna', 'bob');
    await bobs.heard('incoming');
    const begun = performance.now();
    one.child.kill('SIGTERM');
    assert.equal((await bobs.heard('over')).reason, 'closing');
    assert.deepEqual(await one.ended, {status: 0, signal: null});
    // It would wait 20 seconds for an answer under way.
    assert.ok(performance.now() - begun < 15_000);
    const again = await tab(other, 'bob');
    assert.equal((await again.heard('incoming')).call.id, id);
  });

  it('let pages of listed origins read a stream, and no others', async (t) => {
    const {one, tab, tokenFor} = await scene(t);
    const {text} = await tab(one, 'anna', {headers: [`origin: ${PAGE}`]});
    assert.match(text(), /^HTTP\/1\.1 200 /);
    for (const header of [
      `access-control-allow-origin: ${PAGE}`,
      'access-control-allow-credentials: true',
      'cache-control: no-store, no-transform',
      'x-content-type-options: nosniff',
    ])
      assert.ok(text().toLowerCase().includes(header), `${header} in ${text()}`);
    const foreign = await openStream(one.origin, await tokenFor('anna'), {
      headers: ['origin: https://evil.example.com'],
    });
    assert.match(foreign.text(), /^HTTP\/1\.1 403 /);
    foreign.close();
    const headers = {authorization: `Bearer ${await tokenFor('anna')}`};
    const head = await fetch(`${one.origin}/v1/calls/events`, {method: 'HEAD', headers});
    assert.equal(head.status, 404);
  });
});

describe('a broker without a page for call links', () => {
  it('says so before it rings, and makes calls without one', async (t) => {
    const atEnd = ending(t);
    const place = await startCallPlace(atEnd, {settings: {calls: {}}});
    const [broker] = place.brokers;
    const bobs = await openStream(broker.origin, await place.tokenFor('bob'));
    atEnd(() => bobs.close());
    const body = {users: ['bob'], link: true};
    const code = [409, 'call-links-not-configured'];
    assert.deepEqual(codeOf(await place.ask(broker, 'anna', '/v1/calls', body)), code);
    const url = 'https://app.example.com/phone?call=x';
    assert.deepEqual(codeOf(await place.ask(broker, 'anna', '/v1/calls/link', {url})), code);
    await ring(place, broker, 'anna', 'bob');
    assert.deepEqual(bobs.names(), ['stream', 'incoming']);
  });

  it('counts the calls that one user makes', async (t) => {
    const atEnd = ending(t);
    const place = await startCallPlace(atEnd, {settings: {limits: {meetingsPerUser: 2}}});
    const [broker] = place.brokers;
    const codes = [];
    for (let index = 0; index < 3; index++)
      codes.push(codeOf(await place.ask(broker, 'anna', '/v1/calls', {users: ['nobody']})));
    const missing = [404, 'user-not-found'];
    assert.deepEqual(codes, [missing, missing, [429, 'rate-limited']]);
  });
});
