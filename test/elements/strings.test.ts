import {expect} from '@open-wc/testing';

import {aroundEnglish} from '../../src/elements/strings/around-en.js';
import {autoEnglish} from '../../src/elements/strings/auto-en.js';
import {strings as ar} from '../../src/elements/strings/ar.js';
import {strings as arConversation} from '../../src/elements/strings/ar-native.js';
import {strings as de} from '../../src/elements/strings/de.js';
import {strings as deConversation} from '../../src/elements/strings/de-native.js';
import {composerEnglish} from '../../src/elements/strings/composer-en.js';
import {doingEnglish} from '../../src/elements/strings/doing-en.js';
import {embedEnglish} from '../../src/elements/strings/embed-en.js';
import {en} from '../../src/elements/strings/en.js';
import {filesEnglish} from '../../src/elements/strings/files-en.js';
import {strings as it_} from '../../src/elements/strings/it.js';
import {strings as itConversation} from '../../src/elements/strings/it-native.js';
import {launcherEnglish} from '../../src/elements/strings/launcher-en.js';
import {launcherFaceEnglish} from '../../src/elements/strings/launcher-face-en.js';
import {markupEnglish} from '../../src/elements/strings/markup-en.js';
import {nativeEnglish} from '../../src/elements/strings/native-en.js';
import {plural} from '../../src/elements/strings/plural.js';
import {standbyEnglish} from '../../src/elements/strings/standby-en.js';
import {
  languageOf,
  languageTag,
  loadLanguage,
  type AllStrings,
  type ConversationStrings,
} from '../../src/elements/strings/strings.js';
import {systemEnglish} from '../../src/elements/strings/system-en.js';
import {windowEnglish} from '../../src/elements/strings/window-en.js';

const ODD = ['', '-', '--', ' ', 'e n', '*', '__proto__', 'constructor', 'x'.repeat(1e5)];

describe('languageTag', () => {
  it('finds a language by its tag, without region, script or extension, in any spelling', () => {
    for (const tag of ['en', 'en-GB', 'en-Latn-US', 'en-u-nu-arab', 'EN-us']) {
      expect(languageTag(tag)).to.equal('en');
    }
    for (const tag of ['ar', 'ar-EG', 'AR']) expect(languageTag(tag)).to.equal('ar');
    for (const tag of ['de', 'de-AT']) expect(languageTag(tag)).to.equal('de');
    for (const tag of ['it', 'it-CH']) expect(languageTag(tag)).to.equal('it');
  });

  it('finds none for another language, or for what is none', () => {
    for (const tag of ['fr', 'fr-CA', 'zz', 'eng', ...ODD])
      expect(languageTag(tag)).to.equal(undefined);
  });
});

describe('loadLanguage', () => {
  it('has nothing to load for English, or for what is no language of ours', () => {
    for (const tag of ['en', undefined, ...ODD]) expect(loadLanguage(tag)).to.equal(undefined);
  });

  it('makes a language known, once', async () => {
    await loadLanguage('ar');
    expect(languageOf('ar')).to.deep.include({tag: 'ar', strings: ar});
    expect(loadLanguage('ar')).to.equal(undefined);
  });
});

describe('languageOf', () => {
  it('is English where there is nothing else', () => {
    // The same object each time: another one has all messages drawn anew.
    expect(languageOf('en')).to.equal(languageOf('fr'));
    for (const tag of ['en', undefined, 'fr', ...ODD]) {
      const {tag: found, strings} = languageOf(tag);
      expect([found, strings]).to.deep.equal(['en', en]);
    }
  });
});

describe('plural', () => {
  const {chatButtonUnread} = standbyEnglish;

  it('takes the form for the number', () => {
    expect(plural('en', chatButtonUnread, 0)).to.equal('Chat, 0 new messages');
    expect(plural('en', chatButtonUnread, 1)).to.equal('Chat, 1 new message');
    expect(plural('en', chatButtonUnread, 2)).to.equal('Chat, 2 new messages');
  });

  it('writes the number as the language does', () => {
    expect(plural('en', chatButtonUnread, 9999)).to.equal('Chat, 9,999 new messages');
  });

  it('takes the other form where there is none for the number', () => {
    expect(plural('en', {other: '# of them'}, 1)).to.equal('1 of them');
  });

  it('takes the forms of the language', () => {
    const forms = ar.chatButtonUnread;
    expect(plural('ar', forms, 1)).to.equal(forms.one);
    expect(plural('ar', forms, 2)).to.equal(forms.two);
    expect(plural('ar', forms, 3))
      .to.match(/رسائل/)
      .and.not.to.include('#');
  });
});

type AllTexts = AllStrings & ConversationStrings;

const english: AllTexts = {
  ...en,
  ...standbyEnglish,
  ...autoEnglish,
  ...embedEnglish,
  ...aroundEnglish,
  ...nativeEnglish,
  ...markupEnglish,
  ...systemEnglish,
  ...filesEnglish,
  ...doingEnglish,
  ...composerEnglish,
  ...launcherEnglish,
  ...launcherFaceEnglish,
  ...windowEnglish,
};
const all: Readonly<Record<'ar' | 'de' | 'en' | 'it', AllTexts>> = {
  en: english,
  ar: {...ar, ...arConversation},
  de: {...de, ...deConversation},
  it: {...it_, ...itConversation},
};
/** They depend on a number, and say names in its place. */
const NUMBERLESS = ['doingTyping'];

/** Where something is put in, each once however often it is there. */
const placesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(/\{\w+\}/g)].map(([place]) => place)),
];

for (const [language, {direction, ...texts}] of Object.entries(all)) {
  const plain = Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );
  const counted = Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [] : [[name, text] as const],
  );

  describe(`every text of ${language}`, () => {
    it('has words', () => {
      const forms = counted.flatMap(([name, {...each}]) =>
        Object.values(each).map((form) => [name, form] as const),
      );
      for (const [name, text] of [...plain, ...forms]) {
        expect(text.trim(), name).to.equal(text);
        expect(text, name).not.to.equal('');
      }
    });

    it('has the number where it depends on one, and nowhere else', () => {
      for (const [name, {other, ...forms}] of counted) {
        expect(other.split('#'), name).to.have.length(NUMBERLESS.includes(name) ? 1 : 2);
        for (const form of Object.values(forms))
          expect(form.split('#').length, name).to.be.at.most(2);
      }
      for (const [name, text] of plain) expect(text, name).not.to.include('#');
    });

    it('has a form for every number, unless they are all the same', () => {
      const {pluralCategories} = new Intl.PluralRules(language).resolvedOptions();
      for (const [name, forms] of counted) {
        const categories = Object.keys(forms);
        if (categories.length > 1) expect(categories, name).to.have.members(pluralCategories);
        else expect(categories, name).to.deep.equal(['other']);
      }
    });

    it('has names and values put in where English has it', () => {
      for (const [name, text] of Object.entries(texts)) {
        const model = english[name as keyof typeof english];
        const expected = placesIn(typeof model === 'string' ? model : model.other);
        for (const form of typeof text === 'string' ? [text] : Object.values(text))
          expect(placesIn(form), name).to.have.members(expected);
      }
    });

    it('is there under every name, in the direction of the language', () => {
      expect(Object.keys(all[language as keyof typeof all])).to.have.members(Object.keys(english));
      expect(direction).to.equal(language === 'ar' ? 'rtl' : 'ltr');
    });
  });
}
