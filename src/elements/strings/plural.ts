import type {Plural} from './strings.js';

/** The form of `forms` for `count` in a language, with the number written as the language writes it. */
export const plural = (tag: string, forms: Plural, count: number): string =>
  (forms[new Intl.PluralRules(tag).select(count)] ?? forms.other).replace(
    '#',
    new Intl.NumberFormat(tag).format(count),
  );
