import {en, type Plural, type Strings} from './en.js';

/** The languages that are there; others are files loaded later. */
const languages = new Map<string, Strings>([['en', en]]);

/** A language's texts, and its rules for numbers. */
export interface Language {
  readonly strings: Strings;
  /** The form of `forms` for `count`, with the number written as the language writes it. */
  readonly plural: (forms: Plural, count: number) => string;
}

/**
 * The language of an element: its `language`, else the page's, else English. A region is left out
 * where only the language is there (`en-GB` shows `en`).
 */
export const languageOf = (wanted: string | null | undefined): Language => {
  const asked = wanted || document.documentElement.lang;
  const tag = [asked, asked.split('-')[0]!].find((each) => languages.has(each)) ?? 'en';
  return {
    strings: languages.get(tag)!,
    plural: (forms, count) =>
      (forms[new Intl.PluralRules(tag).select(count)] ?? forms.other).replace(
        '#',
        new Intl.NumberFormat(tag).format(count),
      ),
  };
};
