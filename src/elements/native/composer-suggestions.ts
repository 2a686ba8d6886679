import type {Completion} from '../../session/completion.js';
import type {Source} from '../../session/latest-search.js';
import type {Person} from '../../session/room-people.js';
import {fold} from '../around/fold.js';
import type {ComposerStrings} from '../strings/composer-en.js';
import type {Candidates, EmojiFinder, RoomCandidate} from './composer-types.js';

/** One row of the list that completes a name. */
export interface Suggestion {
  /** What takes the place of what was written. */
  readonly insert: string;
  readonly title: string;
  readonly detail: string;
  /** An emoji before the title. */
  readonly sign?: string;
  /** What a query is compared with. */
  readonly folded: string;
}

/** Where suggestions come from; what is left out suggests nothing. */
export interface SuggestionSources {
  readonly candidates?: Candidates<Person> | undefined;
  readonly rooms?: Candidates<RoomCandidate> | undefined;
  readonly emoji?: (() => Promise<EmojiFinder>) | undefined;
}

/** More would have to be searched, which writing on does better. */
const MOST = 8;

/** How long it waits for the next letter before a server is asked, in ms. */
const DELAY = 150;

const suggestion = (
  insert: string,
  title: string,
  detail: string,
  /** What it is found by beside what is put in. */
  called = title,
): Suggestion => ({
  insert,
  title,
  detail,
  folded: `${fold(insert.slice(1))}\n${fold(called)}`,
});

const userSuggestion = ({username, name, status}: Person, words: ComposerStrings): Suggestion => {
  const states = {
    online: words.composerOnline,
    away: words.composerAway,
    busy: words.composerBusy,
    offline: words.composerOffline,
  };
  const state = status && states[status];
  return suggestion(
    `@${username}`,
    name || username,
    [`@${username}`, state].filter(Boolean).join(' · '),
  );
};

/** Rocket.Chat's two mentions of nobody in particular, after all people. */
const groups = (query: string, words: ComposerStrings): Suggestion[] =>
  [
    suggestion('@all', '@all', words.composerAll),
    suggestion('@here', '@here', words.composerHere),
  ].filter(({insert}) => insert.startsWith(`@${query.toLowerCase()}`));

/** What completes a name, and how long to wait for more letters before it is looked up. */
export const suggest = (
  {kind, query}: Completion,
  {candidates, rooms, emoji}: SuggestionSources,
  words: ComposerStrings,
): {source: Source<Suggestion>; delay: number} => {
  if (kind === 'emoji')
    return {
      delay: 0,
      source: async () =>
        ((await emoji?.())?.findEmoji(query, MOST) ?? []).map(({shortcode, unicode}) => ({
          ...suggestion(unicode, `:${shortcode}:`, ''),
          sign: unicode,
        })),
    };
  if (kind === 'room')
    return {
      delay: DELAY,
      source: async (signal) =>
        ((await rooms?.(query, signal)) ?? [])
          .slice(0, MOST)
          .map(({name, title = ''}) => suggestion(`#${name}`, `#${name}`, title, title)),
    };
  return {
    delay: candidates ? DELAY : 0,
    source: async (signal) => {
      // Everyone can be written to whether or not people can be looked up.
      const people = await (async () => candidates?.(query, signal))().catch(() => undefined);
      return [
        ...(people ?? []).slice(0, MOST).map((each) => userSuggestion(each, words)),
        ...groups(query, words),
      ];
    },
  };
};

/** Those of `found` that still fit once `query` is longer. */
export const narrow = (found: readonly Suggestion[], query: string): readonly Suggestion[] =>
  found.filter(({folded}) => folded.includes(fold(query)));
