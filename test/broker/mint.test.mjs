import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {scene, SECRET, who} from '../support/workspace-scene.mjs';

const refused = (remedy) => (error) => {
  assert.equal(error.code, 'workspace-refused');
  assert.equal(error.status, 503);
  assert.match(error.cause.remedy, remedy);
  // The caller learns nothing of it.
  assert.doesNotMatch(error.message, remedy);
  assert.ok(!error.message.includes(SECRET));
  return true;
};

const meOf = async ({origin}, {account, authToken}) => {
  const response = await fetch(`${origin}/api/v1/me`, {
    headers: {'x-user-id': account.userId, 'x-auth-token': authToken},
  });
  return (await response.json()).username;
};

/** What the log says once a way was found. */
const told = (way) => ({level: 'info', fields: {way}, message: `Tokens are made by ${way}.`});

const SEVEN = {serverVersion: '7.10', createTokenSecret: undefined};

describe('Rocket.Chat 8 with the secret', () => {
  it('makes tokens by it, one call for each', async (t) => {
    const {workspace, simulator, calls} = await scene(t);
    const made = await workspace.mint(who('erin'));
    assert.equal(await meOf(simulator, made), 'erin');
    await workspace.mint(who('erin'));
    assert.equal(calls('POST users.createToken').length, 2);
    assert.deepEqual(calls('POST login'), []);
  });

  it('falls back on managed passwords if the secret is wrong, and says so', async (t) => {
    const {workspace, simulator, calls, log} = await scene(t, {
      rocketChat: {createTokenSecret: 'not the one'},
    });
    assert.equal(await meOf(simulator, await workspace.mint(who('erin'))), 'erin');
    assert.equal(calls('POST users.createToken').length, 2);
    assert.ok(log.lines.some(({fields}) => fields.reason === 'secret-wrong'));
    assert.deepEqual(log.lines.at(-1), told('managed-password'));
    assert.ok(!JSON.stringify(log.lines).includes('not the one'));
    // Remembered: neither the look for the way nor the password is made again.
    const before = calls().length;
    await workspace.mint(who('erin'));
    assert.equal(log.lines.filter(({level}) => level === 'info').length, 1);
    assert.deepEqual(calls().slice(before), ['GET users.info', 'POST login', 'GET me'].slice(0, 2));
  });

  it('makes none for a linked account if the secret is wrong', async (t) => {
    const {workspace, calls, simulator} = await scene(t, {
      rocketChat: {createTokenSecret: 'not the one'},
      users: {link: 'username'},
    });
    const {password} = simulator.users.find(({username}) => username === 'alice');
    await assert.rejects(workspace.mint(who('alice')), refused(/CREATE_TOKENS_FOR_USERS_SECRET/));
    // Also where passwords are in use already.
    await workspace.mint(who('erin'));
    await assert.rejects(workspace.mint(who('alice')), refused(/CREATE_TOKENS_FOR_USERS/));
    assert.equal(calls('POST users.update').length, 1);
    const login = await fetch(`${simulator.origin}/api/v1/login`, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({user: 'alice', password}),
    });
    assert.equal(login.status, 200, 'the password of a linked account is as it was');
  });

  it('is told to the operator alone if that way was chosen and is wrong', async (t) => {
    const {workspace, calls, log} = await scene(t, {
      rocketChat: {mint: 'create-token', createTokenSecret: 'not the one'},
    });
    await assert.rejects(workspace.mint(who('erin')), refused(/createTokenSecret/));
    assert.deepEqual(calls('POST login'), []);
    assert.equal(log.lines.filter(({level}) => level === 'error').length, 1);
  });

  it('demands a token of the service account that ignores two factors', async (t) => {
    const {workspace, log} = await scene(t, {token: {bypassTwoFactor: false}});
    await assert.rejects(workspace.mint(who('erin')), refused(/Ignore Two Factor/));
    assert.ok(log.lines.some(({fields}) => fields.reason === 'two-factor-demanded'));
  });

  it('demands the same of linked accounts', async (t) => {
    const {workspace, calls} = await scene(t, {
      token: {bypassTwoFactor: false},
      users: {link: 'username'},
    });
    await assert.rejects(workspace.mint(who('alice')), refused(/Ignore Two Factor/));
    // No other way is tried: it would meet the same demand.
    assert.equal(calls('POST users.createToken').length, 1);
  });

  for (const [permission, remedy] of [
    ['create-user', /create-user/],
    ['user-generate-access-token', /user-generate-access-token/],
  ]) {
    it(`demands the permission ${permission}`, async (t) => {
      const {workspace} = await scene(t, {
        chat: {permissions: {[permission]: []}},
        rocketChat: {mint: 'create-token'},
      });
      await assert.rejects(workspace.mint(who('erin')), refused(remedy));
    });
  }
});

describe('Rocket.Chat 7', () => {
  it('makes tokens in its own form where that is turned on', async (t) => {
    const {workspace, simulator, calls} = await scene(t, {
      chat: {...SEVEN, legacyCreateTokens: true},
      rocketChat: {createTokenSecret: undefined},
    });
    assert.equal(await meOf(simulator, await workspace.mint(who('erin'))), 'erin');
    assert.deepEqual(calls(), [
      'GET users.info',
      'POST users.create',
      'POST users.createToken',
      'GET me',
    ]);
  });

  it('makes them by a managed password where it is not', async (t) => {
    const {workspace, simulator, calls} = await scene(t, {
      chat: SEVEN,
      rocketChat: {createTokenSecret: undefined},
    });
    const first = await workspace.mint(who('erin'));
    assert.equal(await meOf(simulator, first), 'erin');
    const second = await workspace.mint(who('erin'));
    assert.notEqual(second.authToken, first.authToken);
    assert.equal(await meOf(simulator, first), 'erin', 'the first surface keeps its token');
    assert.equal(calls('POST users.update').length, 1);
    assert.equal(calls('POST users.createToken').length, 1);
  });

  it('says what to turn on if the older form was chosen', async (t) => {
    const {workspace} = await scene(t, {chat: SEVEN, rocketChat: {mint: 'legacy-create-token'}});
    await assert.rejects(workspace.mint(who('erin')), refused(/CREATE_TOKENS_FOR_USERS to true/));
  });
});

describe('a managed password', () => {
  const managed = {rocketChat: {mint: 'managed-password'}};

  it('is set again if somebody has changed it', async (t) => {
    const {workspace, simulator, service, calls} = await scene(t, managed);
    const {account} = await workspace.mint(who('erin'));
    await fetch(`${simulator.origin}/api/v1/users.update`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-user-id': service.userId,
        'x-auth-token': service.authToken,
      },
      body: JSON.stringify({userId: account.userId, data: {password: 'changed by hand'}}),
    });
    assert.equal(await meOf(simulator, await workspace.mint(who('erin'))), 'erin');
    // The test's own is one of them.
    assert.equal(calls('POST users.update').length, 3);
  });

  it('is set once for two surfaces on two brokers at once, and both tokens last', async (t) => {
    const {workspace, another, simulator, calls} = await scene(t, managed);
    const other = another().workspace;
    const made = await Promise.all(
      [workspace, other, workspace, other].map((each) => each.mint(who('erin'))),
    );
    for (const each of made) assert.equal(await meOf(simulator, each), 'erin');
    assert.equal(calls('POST users.update').length, 1);
  });

  it('is set on no account that the broker did not make', async (t) => {
    const {workspace, calls} = await scene(t, {...managed, users: {link: 'username'}});
    await assert.rejects(workspace.mint(who('alice')), refused(/createTokenSecret/));
    assert.deepEqual(calls('POST users.update'), []);
    assert.deepEqual(calls('POST login'), []);
  });

  it('demands the permission to change accounts', async (t) => {
    const {workspace} = await scene(t, {
      ...managed,
      chat: {permissions: {'edit-other-user-info': []}},
    });
    await assert.rejects(workspace.mint(who('erin')), refused(/edit-other-user-info/));
  });
});

describe('the way of making tokens', () => {
  it('is looked for by one of many at once', async (t) => {
    const {workspace, calls, log} = await scene(t, {
      rocketChat: {createTokenSecret: 'not the one'},
    });
    await workspace.probe();
    await Promise.all(Array.from({length: 20}, (_, each) => workspace.mint(who(`user${each}`))));
    assert.equal(calls('POST users.createToken').length, 2);
    assert.equal(log.lines.filter(({level}) => level === 'info').length, 1);
  });

  it('is looked for again when it fails, and when a broker starts', async (t) => {
    const {workspace, store, simulator, log} = await scene(t);
    await store.set('mint-way', 'legacy-create-token');
    assert.equal(await meOf(simulator, await workspace.mint(who('erin'))), 'erin');
    assert.equal(await store.get('mint-way'), 'create-token');
    assert.deepEqual(log.lines, [told('create-token')]);
    await workspace.probe();
    assert.equal(await store.get('mint-way'), undefined);
  });
});

describe('a login', () => {
  it('ends, once or twice, and works until then', async (t) => {
    const {workspace, calls} = await scene(t);
    const [one, other] = [await workspace.mint(who('erin')), await workspace.mint(who('erin'))];
    const login = {userId: one.account.userId, authToken: one.authToken};
    assert.equal(await workspace.works(login), true);
    await workspace.end(login);
    await workspace.end(login);
    assert.equal(await workspace.works(login), false);
    assert.equal(await workspace.works({...login, authToken: other.authToken}), true);
    assert.equal(await workspace.works({userId: 'other', authToken: other.authToken}), false);
    assert.equal(calls('POST logout').length, 2);
  });
});
