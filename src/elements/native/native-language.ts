import {loadPart} from '../../parts/load-part.js';
import type {Language} from '../strings/strings.js';
import {later} from './later.js';

const LATER = {
  ar: later(() => loadPart('ar-native')),
  de: later(() => loadPart('de-native')),
  it: later(() => loadPart('it-native')),
};
const known = new Map<string, Language>();

/**
 * A language with the texts of a conversation, which other languages than English have in a file of
 * their own: English has to do until it is there.
 *
 * @param there called once it is
 */
export const nativeLanguage = (language: Language, there: () => void): Language => {
  const {tag, strings} = language;
  const whole = known.get(tag);
  if (whole) return whole;
  const more = LATER[tag as keyof typeof LATER]?.(there)?.strings;
  if (!more) return language;
  const loaded = {...language, strings: {...strings, ...more}};
  known.set(tag, loaded);
  return loaded;
};
