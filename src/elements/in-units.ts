/**
 * Has sizes be multiples of a custom property where they are of the page's letters: some pages make theirs
 * 10 px, and have all they write larger themselves.
 */
export const inUnits = (rules: string, unit: string): string =>
  rules.replace(/(-?[\d.]+)rem/g, `calc($1*var(${unit}))`);
