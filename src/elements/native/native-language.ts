import {loadPart} from '../../parts/load-part.js';
import type {Language} from '../strings/strings.js';
import {later} from './later.js';

const arabic = later(() => loadPart('ar-native'));
let known: Language | undefined;

/**
 * A language with the texts of a conversation, which other languages than English have in a file of
 * their own: English has to do until it is there.
 *
 * @param there called once it is
 */
export const nativeLanguage = (language: Language, there: () => void): Language => {
  const more = language.tag === 'ar' && arabic(there)?.strings;
  if (!more) return language;
  return (known ??= {...language, strings: {...language.strings, ...more}});
};
