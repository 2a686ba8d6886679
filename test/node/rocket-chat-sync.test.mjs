import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

const {context, token, signedIn, rest, ridOf} = withDdp();

/** Asks by REST and by DDP; the answers are alike but for the form of dates. */
const both = (ask) => async () => {
  const login = token('alice');
  const {ddp} = await signedIn('alice');
  const rid = ridOf('consultation');
  await ask('REST', async (params) => {
    const query = new URLSearchParams({roomId: rid, ...params});
    const {body} = await rest('GET', `chat.syncMessages?${query}`, {login});
    if (!body.success) return {code: body.errorType};
    const {updated, deleted, cursor} = body.result;
    return {updated, deleted, cursor};
  });
  await ask('DDP', async ({lastUpdate, count, ...params}) => {
    const {result, error} = await ddp.call('messages/get', rid, {
      ...(lastUpdate && {lastUpdate: {$date: Date.parse(lastUpdate)}}),
      ...(count && {count: Number(count)}),
      ...params,
    });
    return error ? {code: error.error} : result;
  });
};

describe('syncing a room by the latest update', () => {
  it(
    'tells of new, edited and deleted messages, and of nothing older',
    both(async (by, sync) => {
      const [first, second, third] = context.chat.messages('consultation');
      const lastUpdate = new Date(Date.now() - 1).toISOString();
      context.chat.edit('bob', 'consultation', first._id, `Edited for ${by}`);
      context.chat.react('alice', 'consultation', second._id, ':eyes:');
      const {_id} = context.chat.post('bob', 'consultation', 'New');
      const gone = context.chat.post('bob', 'consultation', 'Gone');
      context.chat.remove('bob', 'consultation', gone._id);
      const {updated, deleted} = await sync({lastUpdate});
      const ids = updated.map((message) => message._id);
      for (const expected of [first._id, second._id, _id]) assert.ok(ids.includes(expected), by);
      assert.ok(!ids.includes(third._id), by);
      assert.ok(!ids.includes(gone._id), by);
      assert.ok(
        deleted.some((each) => each._id === gone._id && each._deletedAt),
        by,
      );
    }),
  );

  it(
    'tells of nothing in a room where nothing happened',
    both(async (by, sync) => {
      const {updated, deleted} = await sync({lastUpdate: new Date().toISOString()});
      assert.deepEqual({updated, deleted}, {updated: [], deleted: []}, by);
    }),
  );
});

describe('syncing a room by cursors', () => {
  it(
    'goes through all updates once, page by page, and back',
    both(async (by, sync) => {
      const all = context.chat.messages('consultation').map(({_id}) => _id);
      const seen = [];
      let next = '0';
      while (next) {
        const page = await sync({type: 'UPDATED', next, count: '2'});
        assert.ok(page.updated.length <= 2, by);
        seen.push(...page.updated.map(({_id}) => _id));
        next = page.cursor.next;
      }
      assert.deepEqual(seen, all, by);
      const {updated, cursor} = await sync({
        type: 'UPDATED',
        previous: String(Date.now() + 1000),
        count: '1',
      });
      assert.equal(updated[0]._id, all.at(-1), by);
      const before = await sync({type: 'UPDATED', previous: cursor.previous, count: '1'});
      assert.equal(before.updated[0]._id, all.at(-2), by);
    }),
  );

  it(
    'has the deletions apart',
    both(async (by, sync) => {
      const {_id} = context.chat.post('bob', 'consultation', 'Gone');
      context.chat.remove('bob', 'consultation', _id);
      const {updated, deleted} = await sync({type: 'DELETED', next: '0'});
      assert.equal(updated, undefined, by);
      assert.equal(deleted.at(-1)._id, _id, by);
    }),
  );

  it(
    'refuses what does not go together',
    both(async (by, sync) => {
      const lastUpdate = new Date().toISOString();
      const code = async (params) => (await sync(params)).code;
      const conflict = 'error-cursor-and-lastUpdate-conflict';
      assert.equal(await code({type: 'UPDATED', next: '1', lastUpdate}), conflict, by);
      const two = {type: 'UPDATED', next: '1', previous: '1'};
      assert.equal(await code(two), 'error-cursor-conflict', by);
      assert.equal(await code({type: 'OTHER', next: '1'}), 'error-type-param-not-supported', by);
      assert.equal(await code({type: 'UPDATED', next: 'x'}), 'error-invalid-params', by);
    }),
  );
});

describe('chat.syncMessages', () => {
  const codeOf = async (query) =>
    (await rest('GET', `chat.syncMessages?${query}`, {login: token('alice')})).body.errorType;

  it('wants a room that the caller may read, and a valid date', async () => {
    const date = new Date().toISOString();
    assert.equal(await codeOf(`lastUpdate=${date}`), 'error-param-required');
    assert.equal(await codeOf(`roomId=${ridOf('general')}`), 'error-param-required');
    const wrong = `roomId=${ridOf('general')}&lastUpdate=yesterday`;
    assert.equal(await codeOf(wrong), 'error-lastUpdate-param-invalid');
    const hidden = `roomId=${ridOf('case-5820')}&lastUpdate=${date}`;
    assert.equal(await codeOf(hidden), 'error-not-allowed');
  });

  it('leaves out what is older than fromTs', async () => {
    const [old] = context.chat.messages('consultation');
    const fromTs = context.chat.messages('consultation').at(-1).ts;
    context.chat.edit('bob', 'consultation', old._id, 'Edited');
    const query = new URLSearchParams({
      roomId: ridOf('consultation'),
      lastUpdate: new Date(0).toISOString(),
      fromTs,
    });
    const {body} = await rest('GET', `chat.syncMessages?${query}`, {login: token('alice')});
    assert.ok(body.result.updated.length > 0);
    assert.ok(body.result.updated.every(({ts}) => ts >= fromTs));
  });
});

describe('chat.syncMessages before 8.8', () => {
  const older = withDdp({serverVersion: '7.13'});

  it('refuses fromTs, which it does not know', async () => {
    const query = new URLSearchParams({
      roomId: older.ridOf('general'),
      lastUpdate: new Date(0).toISOString(),
    });
    const login = older.token('alice');
    const ask = (path) => older.rest('GET', `chat.syncMessages?${path}`, {login});
    assert.equal((await ask(query)).status, 200);
    query.set('fromTs', new Date(0).toISOString());
    const {status, body} = await ask(query);
    assert.equal(status, 400);
    assert.equal(body.errorType, 'invalid-params');
  });
});
