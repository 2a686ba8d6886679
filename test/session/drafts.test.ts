import {expect} from '@open-wc/testing';

import {MemoryDrafts, pageDrafts} from '../../src/session/drafts.js';

describe('drafts', () => {
  it('keep a text for each key, until it is emptied', () => {
    const drafts = new MemoryDrafts();
    drafts.set('a', 'one');
    drafts.set('b', 'two');
    expect([drafts.get('a'), drafts.get('b'), drafts.get('c')]).to.deep.equal([
      'one',
      'two',
      undefined,
    ]);
    drafts.set('a', '');
    expect(drafts.get('a')).to.equal(undefined);
    for (const key of ['__proto__', 'constructor']) expect(drafts.get(key)).to.equal(undefined);
  });

  it('of one user are forgotten without those of another', () => {
    const drafts = new MemoryDrafts();
    for (const key of ['alice/1', 'alice/2', 'bob/1']) drafts.set(key, key);
    drafts.clear('alice/');
    expect(['alice/1', 'alice/2', 'bob/1'].map((key) => drafts.get(key))).to.deep.equal([
      undefined,
      undefined,
      'bob/1',
    ]);
    drafts.clear();
    expect(drafts.get('bob/1')).to.equal(undefined);
  });

  it('are in no storage of the device', () => {
    pageDrafts.set('key', 'confidential');
    const stored = [localStorage, sessionStorage].map((storage) => JSON.stringify({...storage}));
    expect(stored.join('')).not.to.include('confidential');
    expect(document.cookie).not.to.include('confidential');
    pageDrafts.clear();
  });
});
