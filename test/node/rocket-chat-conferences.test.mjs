import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('video conferences without a provider', () => {
  const {token, rest, ridOf} = withDdp();

  it('are refused, and there is nothing to list', async () => {
    const login = token('alice');
    const body = {roomId: ridOf('consultation')};
    const start = await rest('POST', 'video-conference.start', {login, body});
    assert.equal(start.status, 400);
    assert.equal(start.body.error, 'no-videoconf-provider-app');
    assert.deepEqual((await rest('GET', 'video-conference.providers', {login})).body.data, []);
    assert.equal((await rest('GET', 'video-conference.capabilities', {login})).status, 400);
  });
});

describe('video conferences with a provider', () => {
  const videoConf = {providerName: 'pexip', url: 'https://pexip.example/webapp'};
  const {context, token, rest, ridOf, signedIn} = withDdp({videoConf});

  it('start with a message, are joined at the provider’s address, and end', async () => {
    const login = token('alice');
    const rid = ridOf('consultation');
    const {ddp} = await signedIn('bob');
    await ddp.listen('stream-notify-room', `${rid}/videoconf`);
    const started = await rest('POST', 'video-conference.start', {login, body: {roomId: rid}});
    const {callId, type, providerName} = started.body.data;
    assert.deepEqual({type, providerName}, {type: 'videoconference', providerName: 'pexip'});
    assert.deepEqual(await ddp.args('stream-notify-room', `${rid}/videoconf`), [callId]);
    const message = context.chat.messages('consultation').at(-1);
    assert.equal(message.t, 'videoconf');
    assert.equal(message.blocks[0].callId, callId);

    const joined = await rest('POST', 'video-conference.join', {
      login: token('bob'),
      body: {callId},
    });
    assert.equal(joined.body.url, `https://pexip.example/webapp/${callId}`);
    const info = await rest('GET', `video-conference.info?callId=${callId}`, {login});
    assert.equal(info.body.status, 1);
    assert.equal(info.body.users[0].username, 'bob');
    assert.ok(info.body.capabilities);
    const list = await rest('GET', `video-conference.list?roomId=${rid}`, {login});
    assert.equal(list.body.data[0]._id, callId);
    assert.equal(list.body.total, 1);
  });

  it('ring by what clients write to one another', async () => {
    const {ddp, userId} = await signedIn('alice');
    const bob = await signedIn('bob');
    const rid = ridOf('consultation');
    const started = await rest('POST', 'video-conference.start', {
      login: bob,
      body: {roomId: rid},
    });
    const {callId} = started.body.data;
    await ddp.listen('stream-notify-user', `${userId}/video-conference`);
    const ring = {action: 'call', params: {uid: bob.userId, rid, callId}};
    await bob.ddp.result('stream-notify-user', `${userId}/video-conference`, ring);
    assert.deepEqual(await ddp.args('stream-notify-user', `${userId}/video-conference`), [ring]);
    await ddp.listen('stream-notify-user', `${userId}/force_logout`);
    await bob.ddp.result('stream-notify-user', `${userId}/force_logout`, ring);
    const forged = {action: 'call', params: {uid: userId, rid, callId}};
    await bob.ddp.result('stream-notify-user', `${userId}/video-conference`, forged);
    await ddp.settled();
    assert.ok(!ddp.frames.some(({msg}) => msg === 'changed'), 'nothing else, and as nobody else');
  });

  it('are called off by whoever called, before anybody is in', async () => {
    const login = token('alice');
    const body = {roomId: ridOf('consultation')};
    const {callId} = (await rest('POST', 'video-conference.start', {login, body})).body.data;
    const other = {login: token('bob'), body: {callId}};
    assert.equal((await rest('POST', 'video-conference.cancel', other)).status, 400);
    const own = await rest('POST', 'video-conference.cancel', {login, body: {callId}});
    assert.equal(own.body.success, true);
  });
});

describe('the limit of a route of its own', () => {
  const {token, rest} = withDdp({bypassRateLimit: false});

  it('takes the place of the workspace’s', async () => {
    const login = token('alice');
    for (let call = 0; call < 3; call += 1) {
      const answer = await rest('POST', 'video-conference.start', {login, body: {}});
      assert.equal(answer.headers.get('x-ratelimit-limit'), '3');
      assert.equal(answer.status, 400);
    }
    assert.equal((await rest('POST', 'video-conference.start', {login, body: {}})).status, 429);
  });
});
