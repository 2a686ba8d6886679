import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {AccountNames} from '../../broker/dist/workspace/account-names.js';
import {MemoryStore} from '../support/memory-store.mjs';
import {keysOf, personalToken, scene, who} from '../support/workspace-scene.mjs';

const refused =
  (code, status = 403) =>
  (error) => {
    assert.equal(error.code, code);
    assert.equal(error.status, status);
    return true;
  };

const ask = async ({simulator, service}, route) => {
  const response = await fetch(`${simulator.origin}/api/v1/${route}`, {
    headers: {'x-user-id': service.userId, 'x-auth-token': service.authToken},
  });
  return response.json();
};

const infoOf = async (place, userId) => (await ask(place, `users.info?userId=${userId}`)).user;

describe('a user without an account', () => {
  it('is made one by one look-up and one create, and finds it again by its record', async (t) => {
    const place = await scene(t);
    const {workspace, calls, events, another} = place;
    const {account} = await workspace.mint(
      who('erin', {name: 'Erin Ng', email: 'erin@host.example'}),
    );
    assert.deepEqual(calls(), ['GET users.info', 'POST users.create', 'POST users.createToken']);
    const {userId} = account;
    const expected = {alias: 'erin', userId, username: 'erin', name: 'Erin Ng', own: true};
    assert.deepEqual(account, expected);
    const user = await infoOf(place, account.userId);
    assert.equal(user.name, 'Erin Ng');
    assert.match(user.emails[0].address, /^[0-9a-f]{32}@chat\.invalid$/);
    assert.deepEqual(user.roles, ['user']);
    assert.deepEqual(
      events.map(({what, alias}) => [what, alias]),
      [['account-made', 'erin']],
    );
    const before = calls().length;
    const again = await another().workspace.mint(who('erin'));
    assert.equal(again.account.userId, account.userId);
    assert.deepEqual(calls().slice(before), ['GET users.info', 'POST users.createToken']);
  });

  it('is refused where the operator makes accounts himself', async (t) => {
    const {workspace, calls} = await scene(t, {users: {create: false}});
    await assert.rejects(workspace.mint(who('erin')), refused('account-missing'));
    assert.deepEqual(calls('POST users.create'), []);
    assert.equal(await workspace.find('erin'), undefined);
  });

  it('gets a new account after the old one was deleted, by one look-up', async (t) => {
    const {workspace, store, calls} = await scene(t);
    const gone = {userId: 'GONE', username: 'erin', own: true};
    await store.set('account:erin', JSON.stringify(gone));
    await store.set('owner:GONE', 'erin');
    const {account} = await workspace.mint(who('erin'));
    assert.notEqual(account.userId, 'GONE');
    assert.deepEqual(calls(), ['GET users.info', 'POST users.create', 'POST users.createToken']);
    assert.equal(await store.get('owner:GONE'), undefined);
  });

  it('has a name without line breaks or turned text', async (t) => {
    const place = await scene(t);
    const {account} = await place.workspace.mint(who('erin', {name: 'Erin\r\n\u202egnitset'}));
    assert.equal((await infoOf(place, account.userId)).name, 'Erin gnitset');
  });
});

describe('the address of a new account', () => {
  const own = {email: 'erin@host.example', emailVerified: true};

  it('is the own verified one where the operator says so', async (t) => {
    const place = await scene(t, {users: {ownEmail: true}});
    const {account} = await place.workspace.mint(who('erin', own));
    const {emails} = await infoOf(place, account.userId);
    assert.deepEqual(emails, [{address: 'erin@host.example', verified: true}]);
  });

  it('is never one that the host application does not vouch for', async (t) => {
    const place = await scene(t, {users: {ownEmail: true}});
    for (const emailVerified of [false, undefined]) {
      const sub = `erin-${emailVerified}`;
      const {account} = await place.workspace.mint(who(sub, {...own, emailVerified}));
      assert.match((await infoOf(place, account.userId)).emails[0].address, /@chat\.invalid$/);
    }
  });

  it('is derived if the own one is taken, without a second create', async (t) => {
    const place = await scene(t, {users: {ownEmail: true}});
    const taken = {email: 'alice@example.com', emailVerified: true};
    const {account} = await place.workspace.mint(who('erin', taken));
    assert.match((await infoOf(place, account.userId)).emails[0].address, /@chat\.invalid$/);
    assert.equal(place.calls('POST users.create').length, 1);
    assert.ok(place.log.lines.some(({level}) => level === 'warn'));
  });
});

describe('an account that the broker did not make', () => {
  const verified = {email: 'Alice@Example.com', emailVerified: true};

  it('is used by nobody from the factory', async (t) => {
    const {workspace, calls, events} = await scene(t);
    await assert.rejects(workspace.mint(who('alice', verified)), (error) => {
      assert.match(error.message, /users\.link/);
      return refused('account-exists')(error);
    });
    assert.equal(await workspace.find('alice'), undefined);
    assert.deepEqual(calls('POST users.createToken'), []);
    assert.equal(events.at(-1).what, 'sign-in-refused');
  });

  it('is used by its name where the operator says so', async (t) => {
    const {workspace, simulator, events} = await scene(t, {users: {link: 'username'}});
    const {account} = await workspace.mint(who('alice'));
    const {userId} = simulator.users.find(({username}) => username === 'alice');
    assert.deepEqual(account, {
      alias: 'alice',
      userId,
      username: 'alice',
      name: 'Alice Martin',
      own: false,
    });
    assert.equal(events[0].what, 'account-linked');
    assert.equal((await workspace.find('bob')).username, 'bob');
  });

  it('is used by a verified address of both sides, and no other', async (t) => {
    const {workspace, simulator} = await scene(t, {users: {link: 'verified-email'}});
    simulator.createUser({username: 'dora', email: 'dora@example.com', emailVerified: false});
    const tries = [
      who('alice'),
      who('alice', {email: 'alice@example.com'}),
      who('alice', {email: 'alice@example.com', emailVerified: false}),
      who('alice', {email: 'bob@example.com', emailVerified: true}),
      who('dora', {email: 'dora@example.com', emailVerified: true}),
    ];
    for (const each of tries) {
      await assert.rejects(workspace.mint(each), refused('account-exists'));
    }
    const {account} = await workspace.mint(who('alice', verified));
    assert.equal(account.own, false);
  });

  it('is used no more once the rule is taken back', async (t) => {
    const {workspace, another} = await scene(t, {users: {link: 'username'}});
    await workspace.mint(who('alice'));
    const strict = another({users: {link: 'none'}}).workspace;
    assert.equal(await strict.find('alice'), undefined);
    await assert.rejects(strict.mint(who('alice')), refused('account-exists'));
  });

  it('is used by one alias only', async (t) => {
    const {workspace, simulator, store} = await scene(t, {users: {link: 'username'}});
    const {userId} = simulator.users.find(({username}) => username === 'alice');
    await store.set(`owner:${userId}`, 'somebody else');
    await assert.rejects(workspace.mint(who('alice')), refused('account-exists'));
    assert.equal(await workspace.find('alice'), undefined);
  });
});

describe('the account of an administrator, a bot or an app', () => {
  const users = [
    {username: 'admin', roles: ['admin', 'user']},
    {username: 'rocket.cat', roles: ['bot']},
    {username: 'the.boss', roles: ['user', 'admin']},
    {username: 'helper.app', roles: ['app']},
    {username: 'alice'},
  ];
  const names = [
    ...['admin', 'Admin', 'ADMIN', 'admin.', 'admin ', ' admin', 'admin\u0000', 'admin\u200b'],
    ...['аdmin', 'ａｄｍｉｎ', 'ﬀadmin', 'admin/../', 'rocket.cat', 'Rocket.Cat', 'rocket.cat.'],
    ...['the.boss', 'THE.BOSS', 'the.boss ', 'helper.app', 'helper.app\r\n', '{"$ne":null}', '..'],
  ];

  for (const link of ['none', 'username', 'verified-email']) {
    it(`is never anybody's, by whatever name (${link})`, async (t) => {
      const place = await scene(t, {chat: {users, rooms: []}, users: {link}});
      const powerful = place.simulator.users
        .filter(({username}) => username !== 'alice')
        .map(({userId}) => userId);
      for (const sub of names) {
        const identity = who(sub, {email: `${sub}@example.com`, emailVerified: true});
        const made = await place.workspace.mint(identity).catch(refused('account-refused'));
        if (made !== true) {
          assert.ok(!powerful.includes(made.account.userId), sub);
          assert.deepEqual((await infoOf(place, made.account.userId)).roles, ['user']);
        }
        const found = await place.workspace.find(sub);
        assert.ok(!found || !powerful.includes(found.userId), sub);
      }
      for (const sub of ['rocket.cat', 'the.boss', 'THE.BOSS', 'helper.app']) {
        await assert.rejects(place.workspace.mint(who(sub)), refused('account-refused'));
      }
    });
  }

  it('is refused even if the broker made it, or has its record', async (t) => {
    const place = await scene(t, {chat: {users, rooms: []}});
    const boss = place.simulator.users.find(({username}) => username === 'the.boss');
    const record = {userId: boss.userId, username: 'the.boss', own: true};
    await place.store.set('account:erin', JSON.stringify(record));
    await place.store.set(`owner:${boss.userId}`, 'erin');
    await assert.rejects(place.workspace.mint(who('erin')), refused('account-refused'));
    assert.deepEqual(place.calls('POST users.createToken'), []);
  });

  it('is refused if it is the service account, and so is one that is deactivated', async (t) => {
    const chat = {
      users: [
        {username: 'admin', roles: ['admin']},
        {username: 'service', roles: ['helper']},
      ],
      rooms: [],
      permissions: {
        'create-personal-access-tokens': ['admin', 'helper'],
        'view-full-other-user-info': ['helper'],
        'user-generate-access-token': ['helper'],
      },
    };
    const {workspace, simulator} = await scene(t, {
      chat,
      token: {username: 'service'},
      users: {link: 'username'},
    });
    simulator.createUser({username: 'gone', active: false});
    await assert.rejects(workspace.mint(who('service')), refused('account-refused'));
    await assert.rejects(workspace.mint(who('gone')), refused('account-refused'));
  });
});

describe('two aliases', () => {
  it('never share an account, however alike they are', async (t) => {
    const {workspace} = await scene(t);
    const aliases = [
      'erin',
      'Erin',
      'ERIN',
      'erin ',
      'erin.',
      'érin',
      'e r i n',
      'e-r-i-n',
      'Ｅrin',
    ];
    const ids = [];
    for (const alias of aliases) ids.push((await workspace.mint(who(alias))).account.userId);
    assert.equal(new Set(ids).size, aliases.length);
    for (const [index, alias] of aliases.entries()) {
      assert.equal((await workspace.find(alias)).userId, ids[index], alias);
    }
  });

  it('do not share one by taking the name that was given to the other', async (t) => {
    const {workspace, another} = await scene(t, {users: {link: 'username'}});
    const {account} = await workspace.mint(who('müller & co'));
    await assert.rejects(workspace.mint(who(account.username)), refused('account-exists'));
    // Not even where the store that knew it is lost.
    const bare = another({store: new MemoryStore()}).workspace;
    await assert.rejects(bare.mint(who(account.username)), refused('account-exists'));
    assert.equal(await bare.find(account.username), undefined);
  });
});

describe('the name of an account', () => {
  const names = new AccountNames(keysOf('one'), 'Chat.Invalid');

  it('is the alias where that can be a username', () => {
    for (const alias of ['erin', 'e', 'Erin.Ng', 'a-b_c.9', '0815', 'ADMIN']) {
      assert.equal(names.username(alias), alias);
    }
  });

  it('is readable and nobody else’s where it cannot', () => {
    const odd = [
      ...['', ' ', '.', '..', '-', 'erin ', '.erin', 'a b', 'a/b', 'ä', '日本', 'a\u0000b', 'all'],
      ...['here', 'System', 'ALL', 'x'.repeat(65), 'x'.repeat(100_000), '__proto__', 'a@b.c'],
    ];
    const given = odd.map((alias) => names.username(alias));
    for (const name of given) assert.match(name, /^[0-9a-z-]{1,32}-[0-9a-f]{12}$/);
    assert.equal(new Set(given).size, odd.length);
    assert.match(names.username('Müller & Co'), /^mu-ller-co-|^muller-co-/);
  });

  it('and its address are others with another secret', () => {
    const others = new AccountNames(keysOf('two'), 'chat.invalid');
    assert.notEqual(others.email('erin'), names.email('erin'));
    assert.notEqual(others.otherUsername('erin'), names.otherUsername('erin'));
    assert.ok(names.isDerived(others.email('erin')));
    assert.ok(!names.isDerived('erin@chat.invalid'));
  });
});

describe('a crash between making an account and its record', () => {
  const crashAt = (store, isMoment) => {
    store.before = (...call) => {
      if (isMoment(...call)) throw new Error('The broker is gone.');
    };
  };
  const moments = {
    'before the owner is written': (method, key) =>
      method === 'setIfAbsent' && key.startsWith('owner:'),
    'before the record is written': (method, key) => method === 'set' && key.startsWith('account:'),
    'before the intent is taken away': (method, key) =>
      method === 'delete' && key.startsWith('account-intent:'),
  };

  for (const [name, isMoment] of Object.entries(moments)) {
    for (const alias of ['erin', 'Erin Ng']) {
      it(`${name} leaves ${alias} one account, found again as the broker's own`, async (t) => {
        const {workspace, store, another, calls} = await scene(t);
        crashAt(store, isMoment);
        await assert.rejects(workspace.mint(who(alias)), /is gone/);
        store.before = () => {};
        // What a dead broker holds lapses by itself.
        await store.delete(`lock:account:${alias}`);
        const {account} = await another().workspace.mint(who(alias));
        assert.equal(account.own, true);
        assert.equal(calls('POST users.create').length, 1);
      });
    }
  }

  it('leaves an account that came from elsewhere meanwhile to its owner', async (t) => {
    const {workspace, store, simulator, another} = await scene(t);
    crashAt(store, (method, key) => method === 'setIfAbsent' && key === 'lock:mint-way');
    await store.set('account-intent:erin', 'erin');
    simulator.createUser({username: 'erin'});
    store.before = () => {};
    await assert.rejects(workspace.mint(who('erin')), refused('account-exists'));
    await assert.rejects(another().workspace.mint(who('erin')), refused('account-exists'));
  });

  it('does not trust a derived address that is not verified', async (t) => {
    const {workspace, simulator} = await scene(t);
    const email = new AccountNames(keysOf('a secret'), 'chat.invalid').email('erin');
    simulator.createUser({username: 'erin', email, emailVerified: false});
    await assert.rejects(workspace.mint(who('erin')), refused('account-exists'));
  });

  it('is like the loss of the whole store: the account is found again', async (t) => {
    const {workspace, another} = await scene(t);
    const {account} = await workspace.mint(who('erin'));
    const bare = another({store: new MemoryStore()}).workspace;
    assert.deepEqual((await bare.find('erin')).userId, account.userId);
    assert.deepEqual((await bare.mint(who('erin'))).account, account);
  });

  it('finds the other name again that was given for one that is taken', async (t) => {
    const {workspace, store, simulator, another, calls} = await scene(t);
    simulator.createUser({username: 'erin'});
    crashAt(store, (method, key) => method === 'set' && key.startsWith('account:'));
    await assert.rejects(workspace.mint(who('Erin')), /is gone/);
    store.before = () => {};
    await store.delete('lock:account:Erin');
    const {account} = await another().workspace.mint(who('Erin'));
    assert.match(account.username, /^erin-[0-9a-f]{12}$/);
    assert.equal(calls('POST users.create').length, 1);
  });
});

describe('one user on two surfaces and two brokers at once', () => {
  it('has one account', async (t) => {
    const {workspace, another, calls} = await scene(t);
    const other = another().workspace;
    const made = await Promise.all(
      [workspace, other, workspace, other].map((each) => each.mint(who('erin'))),
    );
    assert.equal(new Set(made.map(({account}) => account.userId)).size, 1);
    assert.equal(new Set(made.map(({authToken}) => authToken)).size, 4);
    assert.equal(calls('POST users.create').length, 1);
    assert.ok(calls('GET users.info').length <= 4);
  });
});

describe('finding the account of an alias', () => {
  it('makes nothing, and asks nothing of one that is known', async (t) => {
    const {workspace, calls} = await scene(t);
    assert.equal(await workspace.find('erin'), undefined);
    const {account} = await workspace.mint(who('erin'));
    const before = calls().length;
    assert.deepEqual(await workspace.find('erin'), account);
    assert.equal(calls().length, before);
  });

  it('is by a token that the service account must still have', async (t) => {
    const {workspace, simulator, log} = await scene(t);
    simulator.revokeTokens('admin');
    await assert.rejects(workspace.find('erin'), refused('workspace-refused', 503));
    await assert.rejects(workspace.mint(who('erin')), refused('workspace-refused', 503));
    const {authToken} = await personalToken(simulator);
    const told = JSON.stringify(log.lines);
    assert.match(told, /personal access token/);
    assert.ok(!told.includes(authToken));
  });
});
