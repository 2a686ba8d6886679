import assert from 'node:assert/strict';
import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {startRocketChat} from '../../dist/testing/index.js';

describe('the data file', () => {
  const context = {};
  const start = async () => {
    context.chat = await startRocketChat({dataFile: context.dataFile, bypassRateLimit: true});
    return context.chat;
  };
  beforeEach(async () => {
    context.folder = await mkdtemp(join(tmpdir(), 'rocket-chat-'));
    context.dataFile = join(context.folder, 'data.json');
  });
  afterEach(async () => {
    await context.chat?.close();
    await rm(context.folder, {recursive: true});
  });
  const get = async (chat, path, {userId, authToken}) => {
    const headers = {'X-User-Id': userId, 'X-Auth-Token': authToken};
    const response = await fetch(`${chat.origin}/api/v1/${path}`, {headers});
    return response.json();
  };

  it('brings accounts, logins, rooms, messages and deletions back', async () => {
    const first = await start();
    const login = first.issueToken('alice');
    const made = first.createUser({username: 'dora'});
    const room = first.createRoom({type: 'p', name: 'kept', members: ['alice', 'dora']});
    first.post('alice', 'kept', 'Remember me');
    const gone = first.post('alice', 'kept', 'Forget me');
    first.remove('alice', 'kept', gone._id);
    await first.close();

    const second = await start();
    assert.deepEqual(
      second.messages('kept').map(({msg}) => msg),
      ['Remember me'],
    );
    assert.ok(second.users.some(({userId, password}) => userId === made.userId && password));
    assert.equal((await get(second, 'me', login)).username, 'alice');
    const path = `chat.syncMessages?roomId=${room._id}&type=DELETED&next=0`;
    const {result} = await get(second, path, login);
    assert.equal(result.deleted[0]._id, gone._id);
    const {update} = await get(second, 'subscriptions.get', login);
    assert.ok(update.some(({rid}) => rid === room._id));
  });

  it('brings no login back that has ended', async () => {
    const first = await start();
    const login = first.issueToken('alice');
    first.revokeTokens('alice');
    await first.close();
    const second = await start();
    assert.equal((await get(second, 'me', login)).success, false);
  });

  it('is written soon after a change, not only at the end', async () => {
    const chat = await start();
    chat.post('bob', 'consultation', 'In the file');
    const written = async () => readFile(context.dataFile, 'utf8').catch(() => '');
    while (!(await written()).includes('In the file'));
    assert.equal(JSON.parse(await written()).format, 1);
  });

  it('is one whole file, and its owner’s only', async () => {
    const chat = await start();
    await chat.close();
    assert.deepEqual(await readdir(context.folder), ['data.json']);
    assert.equal((await stat(context.dataFile)).mode & 0o077, 0);
  });

  it('that is another’s is refused, and stays as it is', async () => {
    for (const text of ['{"format": 7}', 'no JSON', '[]']) {
      await writeFile(context.dataFile, text);
      await assert.rejects(startRocketChat({dataFile: context.dataFile}), text);
      assert.equal(await readFile(context.dataFile, 'utf8'), text);
    }
  });

  it('takes no part in a reset: the data of the start are those of the file', async () => {
    const first = await start();
    first.post('bob', 'consultation', 'From before');
    await first.close();
    const second = await start();
    second.post('bob', 'consultation', 'From now');
    second.reset();
    assert.equal(second.messages('consultation').at(-1).msg, 'From before');
  });
});
