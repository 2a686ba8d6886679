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

  it('have other things beside them, one of each kind for a key, which are forgotten with them', () => {
    const forgotten: object[] = [];
    class Thing {
      forget(): void {
        forgotten.push(this);
      }
    }
    class Other extends Thing {}
    const drafts = new MemoryDrafts();
    const [thing, other] = [drafts.beside('alice/1', Thing), drafts.beside('alice/1', Other)];
    const bobs = drafts.beside('bob/1', Thing);
    expect(drafts.beside('alice/1', Thing) === thing).to.equal(true);
    expect(drafts.beside('alice/1', Other) === other).to.equal(true);
    expect(bobs === thing).to.equal(false);
    drafts.clear('alice/');
    expect(forgotten).to.have.members([thing, other]).and.lengthOf(2);
    expect(drafts.beside('alice/1', Thing) === thing).to.equal(false);
    expect(drafts.beside('bob/1', Thing) === bobs).to.equal(true);
  });

  it('are in no storage of the device', () => {
    pageDrafts.set('key', 'confidential');
    const stored = [localStorage, sessionStorage].map((storage) => JSON.stringify({...storage}));
    expect(stored.join('')).not.to.include('confidential');
    expect(document.cookie).not.to.include('confidential');
    pageDrafts.clear();
  });
});
