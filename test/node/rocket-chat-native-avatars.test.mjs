import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('avatars', () => {
  const {context, token, ridOf} = withDdp();
  const get = (path, headers = {}) => fetch(`${context.chat.origin}/avatar/${path}`, {headers});
  const initials = async (path) => {
    const answer = await get(path);
    return />([^<]*)<\/text>/.exec(await answer.text())?.[1];
  };

  it('are pictures of initials, of users, rooms, and names that nobody has', async () => {
    const answer = await get('alice');
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'image/svg+xml');
    assert.match(answer.headers.get('content-security-policy'), /'none'/);
    assert.equal(await initials('alice'), 'A');
    assert.equal(await initials(`uid/${token('bob').userId}`), 'B');
    assert.equal(await initials(`room/${ridOf('Follow-up appointments')}`), 'FA');
    assert.equal(await initials('no-such.person'), 'NP');
    assert.equal(await initials('%E6%9D%B1%E4%BA%AC'), '東');
    for (const path of ['room/none', 'uid/none', '', '%zz']) {
      assert.equal((await get(path)).status, 404, path);
    }
  });

  it('hold no markup that a name brings along', async () => {
    const name = encodeURIComponent('<script>alert(1)</script> "&');
    const text = await (await get(name)).text();
    assert.ok(!text.includes('script'));
    assert.equal(await initials(encodeURIComponent('<>&"')), '?');
  });

  it('are only for who is signed in by cookies or the query where the workspace says so', async () => {
    context.chat.settings.set('Accounts_AvatarBlockUnauthenticatedAccess', true);
    const {userId, authToken} = token('alice');
    assert.equal((await get('alice')).status, 403);
    const cookie = await get('alice', {Cookie: `rc_uid=${userId}; rc_token=${authToken}`});
    assert.equal(cookie.status, 200);
    assert.equal((await get(`alice?rc_uid=${userId}&rc_token=${authToken}`)).status, 200);
    // As on the real server, where headers count for files and not for avatars.
    const headers = await get('alice', {'X-User-Id': userId, 'X-Auth-Token': authToken});
    assert.equal(headers.status, 403);
    const others = `rc_uid=${token('bob').userId}; rc_token=${authToken}`;
    assert.equal((await get('alice', {Cookie: others})).status, 403);
    assert.equal((await get('alice', {Cookie: 'rc_uid=%zz; rc_token'})).status, 403);
  });
});
