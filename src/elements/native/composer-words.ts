import type {FileProblem} from '../../session/file-rules.js';
import {composerEnglish, type ComposerStrings} from '../strings/composer-en.js';
import type {Language} from '../strings/strings.js';
import type {ComposerBlock} from './composer-types.js';

/** The texts of a language, with English where it has none. */
export const composerWords = ({strings}: Language): ComposerStrings => ({
  ...composerEnglish,
  ...strings,
});

/** Puts what `name` is into a text. By a function, as it may hold `$&`. */
export const put = (text: string, place: string, name: string): string =>
  text.replace(`{${place}}`, () => name);

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in bytes as a language writes it, `1.2 MB`. */
export const sizeText = (tag: string, bytes: number): string => {
  let unit = 0;
  let value = bytes;
  // From 999.5 on it would be written as 1,000.
  for (; value >= 999.5 && unit < UNITS.length - 1; unit++) value /= 1_000;
  return new Intl.NumberFormat(tag, {
    style: 'unit',
    unit: UNITS[unit]!,
    unitDisplay: unit ? 'short' : 'long',
    maximumFractionDigits: value < 10 && unit ? 1 : 0,
  }).format(value);
};

/** @param most the largest file that the workspace takes, in bytes, if it is known */
export const problemText = (
  problem: FileProblem,
  words: ComposerStrings,
  tag: string,
  most: number | undefined,
): string => {
  if (problem === 'too-large')
    return most === undefined || most < 0
      ? words.fileTooLargeHere
      : put(words.fileTooLarge, 'size', sizeText(tag, most));
  return {
    type: words.fileType,
    disabled: words.fileDisabled,
    unsure: words.fileUnsure,
    failed: words.fileFailed,
  }[problem];
};

/** Why nobody can write. */
export const blockText = (block: ComposerBlock, words: ComposerStrings): string =>
  ({
    'read-only': words.composerReadOnly,
    archived: words.composerArchived,
    'not-member': words.composerNotMember,
    removed: words.composerRemoved,
    muted: words.composerMuted,
    encrypted: words.composerEncrypted,
  })[block];
