import type {SystemFact} from '../../protocol/system-message.js';
import type {Language} from '../strings/strings.js';
import {systemEnglish, type SystemStrings} from '../strings/system-en.js';
import type {Surroundings} from './surroundings.js';

/** Puts values into a text; by a function, as they may hold `$&`. */
const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

/** A remark with the names that the page has for the people in it. */
export const named = (
  fact: SystemFact,
  username: string,
  person: Surroundings['person'],
): SystemFact => ({
  ...fact,
  actor: person(username).name ?? fact.actor,
  ...('target' in fact && {target: person(fact.target).name ?? fact.target}),
});

/** A remark of Rocket.Chat in words; names in it are isolated, so that they turn nothing round. */
export const systemText = (fact: SystemFact, {strings}: Language): string => {
  const words: SystemStrings = {...systemEnglish, ...strings};
  const isolated = (value: string): string => `\u2068${value}\u2069`;
  const values: Record<string, string> = {actor: isolated(fact.actor)};
  if ('target' in fact) values['target'] = isolated(fact.target);
  if ('role' in fact && fact.role) values['role'] = isolated(fact.role);
  if ('value' in fact) values['value'] = isolated(fact.value);
  if (fact.type === 'unknown') return fact.text || fill(words.systemUnknown, values);
  return fill(words[`system_${fact.type}`], values);
};
