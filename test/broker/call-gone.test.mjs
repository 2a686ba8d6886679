/** How the broker learns that an account at Rocket.Chat can be used no more, for `force_disconnect`. */
import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {scene, who} from '../support/workspace-scene.mjs';

const refusalOf = async (promise) => {
  try {
    await promise;
  } catch ({code, cause}) {
    return [code, cause?.reason];
  }
  return 'not refused';
};

describe('an account that was there', () => {
  it('is told from one that is off limits when it is deactivated', async (t) => {
    const {workspace, simulator} = await scene(t, {users: {link: 'username'}});
    simulator.createUser({username: 'disabled', active: false});
    simulator.createUser({username: 'robot', roles: ['bot']});
    const gone = ['account-refused', 'user_disabled'];
    assert.deepEqual(await refusalOf(workspace.mint(who('disabled'))), gone);
    assert.deepEqual(await refusalOf(workspace.mint(who('robot'))), ['account-refused', undefined]);
  });

  it('is told from one that never was when it was deleted, and none is made in its place', async (t) => {
    const {workspace, store} = await scene(t, {users: {create: false}});
    await store.set('account:erin', JSON.stringify({userId: 'GONE', username: 'erin', own: true}));
    await store.set('owner:GONE', 'erin');
    const deleted = ['account-missing', 'user_deleted'];
    assert.deepEqual(await refusalOf(workspace.mint(who('erin'))), deleted);
    assert.deepEqual(await refusalOf(workspace.mint(who('erin'))), ['account-missing', undefined]);
    assert.deepEqual(await refusalOf(workspace.mint(who('anna'))), ['account-missing', undefined]);
  });
});
