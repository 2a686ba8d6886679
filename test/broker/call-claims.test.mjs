import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {CallClaims} from '../../broker/dist/calls/call-claims.js';
import {MemoryStore} from '../support/memory-store.mjs';
import {codeOf} from './support/calls.mjs';

const scene = (calls = {}) => {
  const store = new MemoryStore();
  return {store, claims: new CallClaims({store, records: {find: async (id) => calls[id]}})};
};

describe('claims', () => {
  it('of two who call each other give one of them both, in whichever order the store is asked', async () => {
    const {claims} = scene();
    for (let index = 0; index < 20; index++) {
      const [anna, bob] = [`anna-${index}`, `bob-${index}`];
      const codes = await Promise.all([
        codeOf(claims.claim(`a${index}`, anna, bob)),
        codeOf(claims.claim(`b${index}`, bob, anna)),
      ]);
      assert.equal(codes.filter((code) => code === 'not refused').length, 1, codes.join());
      assert.equal(await claims.callOf(anna), await claims.callOf(bob));
    }
  });

  it('hold nobody whose call could not be made', async () => {
    const {claims} = scene();
    await claims.claim('first', 'bob', 'dora');
    // One of them comes before those who are busy, the other one after.
    assert.deepEqual(await codeOf(claims.claim('second', 'anna', 'bob')), [409, 'user-busy']);
    assert.deepEqual(await codeOf(claims.claim('third', 'carl', 'bob')), [409, 'user-busy']);
    assert.deepEqual(await codeOf(claims.claim('fourth', 'dora', 'eve')), [
      409,
      'call-in-progress',
    ]);
    for (const sub of ['anna', 'carl', 'eve']) assert.equal(await claims.callOf(sub), undefined);
  });

  it('hold nobody whose call is over, though they could not be taken away', async () => {
    const calls = {first: {id: 'first'}};
    const {claims} = scene(calls);
    await claims.claim('first', 'anna', 'bob');
    assert.deepEqual(await codeOf(claims.claim('second', 'carl', 'bob')), [409, 'user-busy']);
    calls.first = {id: 'first', end: {at: 1, result: 'declined'}};
    await claims.claim('second', 'carl', 'bob');
    assert.equal(await claims.callOf('bob'), 'second');
    // The end of the first call, told late, is none of the second.
    await claims.release({id: 'first', caller: {sub: 'anna'}, callee: {sub: 'bob'}});
    assert.equal(await claims.callOf('bob'), 'second');
    assert.equal(await claims.callOf('anna'), undefined);
  });

  it('end by themselves unless the call was answered', async (t) => {
    const real = performance.now.bind(performance);
    let later = 0;
    t.mock.method(performance, 'now', () => real() + later);
    const {claims} = scene();
    const call = {id: 'answered', caller: {sub: 'anna'}, callee: {sub: 'bob'}};
    await claims.claim('killed', 'carl', 'dora');
    await claims.claim('answered', 'anna', 'bob');
    await claims.keep({...call, expiresAt: Date.now() + 3_600_000});
    later = 40_000;
    assert.equal(await claims.callOf('carl'), 'killed');
    later = 60_000;
    assert.equal(await claims.callOf('carl'), undefined);
    assert.equal(await claims.callOf('anna'), 'answered');
  });
});
