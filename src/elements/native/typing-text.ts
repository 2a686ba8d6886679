import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';
import {doingWords} from './doing-words.js';
import {personName} from './person-name.js';
import type {Surroundings} from './surroundings.js';

/** Who writes, in words; empty if nobody does. */
export const typingText = (
  people: readonly string[],
  language: Language,
  person: Surroundings['person'],
): string => {
  if (!people.length) return '';
  const {tag} = language;
  const words = doingWords(language);
  if (people.length > 3) return words.doingTypingMany;
  const names = people.map((each) => `\u2068${personName(each, person)}\u2069`);
  const list = new Intl.ListFormat(tag).format(names);
  return plural(tag, words.doingTyping, people.length).replace('{names}', () => list);
};
