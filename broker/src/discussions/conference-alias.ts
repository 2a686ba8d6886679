/** Longest alias that Pexip Infinity takes, in UTF-16 code units. */
export const LONGEST_ALIAS = 250;

/**
 * The one form of a conference's alias, in whatever form Web App 3 tells it: without scheme and
 * parameters, in small letters.
 *
 * @returns undefined for a text that is no alias
 */
export const plainAlias = (text: string): string | undefined => {
  const plain = text
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replace(/^(?:sips?|h323):/, '')
    .replace(/[;?].*$/su, '');
  return plain !== '' && plain.length <= LONGEST_ALIAS ? plain : undefined;
};

/** What stands before the domain: the broker's own aliases have none, and Pexip may have added one. */
export const withoutDomain = (plain: string): string => plain.replace(/@[^@]*$/, '');
