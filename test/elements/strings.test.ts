import {expect} from '@open-wc/testing';

import {en} from '../../src/elements/strings/en.js';
import {languageOf} from '../../src/elements/strings/strings.js';

describe('languageOf', () => {
  const {documentElement} = document;
  const pageLanguage = documentElement.lang;
  afterEach(() => (documentElement.lang = pageLanguage));

  it('has English', () => {
    expect(languageOf('en').strings).to.equal(en);
  });

  it('leaves out a region, script or extension', () => {
    for (const tag of ['en-GB', 'en-Latn-US', 'en-u-nu-arab']) {
      expect(languageOf(tag).strings).to.equal(en);
    }
  });

  it("is the page's language unless the element has one", () => {
    documentElement.lang = 'en-GB';
    expect(languageOf(undefined).strings).to.equal(en);
  });

  it('is English where the language is not there', () => {
    documentElement.lang = 'de';
    for (const tag of [undefined, 'de', 'de-AT', 'zz']) {
      expect(languageOf(tag).strings).to.equal(en);
    }
  });

  it('is English for what is no language', () => {
    for (const tag of ['-', '--', ' ', 'e n', '*', '__proto__', 'constructor', 'x'.repeat(1e5)]) {
      const {strings, plural} = languageOf(tag);
      expect(strings).to.equal(en);
      expect(plural(en.chatButtonUnread, 2)).to.equal('Chat, 2 new messages');
    }
  });

  describe('plural', () => {
    const {plural, strings} = languageOf('en');

    it('takes the form for the number', () => {
      expect(plural(strings.chatButtonUnread, 0)).to.equal('Chat, 0 new messages');
      expect(plural(strings.chatButtonUnread, 1)).to.equal('Chat, 1 new message');
      expect(plural(strings.chatButtonUnread, 2)).to.equal('Chat, 2 new messages');
    });

    it('writes the number as the language does', () => {
      expect(plural(strings.chatButtonUnread, 9999)).to.equal('Chat, 9,999 new messages');
    });

    it('takes the other form where there is none for the number', () => {
      expect(plural({other: '# of them'}, 1)).to.equal('1 of them');
    });
  });

  describe('every text', () => {
    const {chatButtonUnread, ...texts} = en;

    it('has words', () => {
      for (const [name, text] of Object.entries(texts)) expect(text.trim(), name).to.equal(text);
      for (const [name, text] of Object.entries(texts)) expect(text, name).not.to.equal('');
    });

    it('has the number where it depends on one, and nowhere else', () => {
      for (const form of Object.values(chatButtonUnread)) expect(form.split('#')).to.have.length(2);
      for (const [name, text] of Object.entries(texts)) expect(text, name).not.to.include('#');
    });
  });
});
