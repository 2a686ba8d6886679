import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {CallLinks} from '../../broker/dist/calls/call-links.js';
import {fakeSeal} from '../support/fake-seal.mjs';
import {codeOf} from './support/calls.mjs';

const PAGE = 'https://app.example.com/phone';
const call = {id: 'a'.repeat(32), expiresAt: 2_000};

describe('a call link', () => {
  const links = new CallLinks(fakeSeal(), PAGE);
  const read = (url, now = 1_000) => links.read(new URL(url), now);
  const refused = (url, now) => codeOf((async () => read(url, now))());

  it('is the application’s page with a text that tells nothing, and stands for one call', () => {
    const url = links.make(call);
    assert.match(url, /^https:\/\/app\.example\.com\/phone\?call=[\w-]+$/);
    assert.equal(read(url), call.id);
    assert.notEqual(links.make(call), url);
    // A page may keep what it needs beside it.
    assert.equal(read(`${url}&theme=dark#top`), call.id);
  });

  it('is of no use after its call', async () => {
    assert.deepEqual(await refused(links.make(call), 2_000), [410, 'link-expired']);
  });

  it('is refused if it was made with another secret, or for another purpose', async () => {
    const seal = fakeSeal('another secret of thirty-two bytes');
    const foreign = new CallLinks(seal, PAGE).make(call);
    assert.deepEqual(await refused(foreign), [403, 'link-invalid']);
    const other = fakeSeal().close('call', JSON.stringify({id: call.id, exp: 2_000}));
    assert.deepEqual(await refused(`${PAGE}?call=${other}`), [403, 'link-invalid']);
    for (const odd of ['null', '[]', '{"id":7,"exp":2000}', '{"id":"x"}']) {
      const closed = fakeSeal().close('call-link', odd);
      assert.deepEqual(await refused(`${PAGE}?call=${closed}`), [403, 'link-invalid'], odd);
    }
  });
});
