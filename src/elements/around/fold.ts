/**
 * A text as it is compared in a search: without case, accents and invisible marks. The vowel signs of
 * Indic scripts stay, as they are letters; accents and Arabic vowels belong to no script of their own.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{Script=Inherited}\p{Cf}]/gu, '')
    // Of the two cases it is the one in which ß, ς and ı are found by ss, σ and i.
    .toUpperCase()
    .trim();
