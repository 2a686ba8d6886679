import {loadPart} from '../../parts/load-part.js';
import type {AroundStrings} from './around-en.js';
import type {AutoStrings} from './auto-en.js';
import type {ComposerStrings} from './composer-en.js';
import type {DoingStrings} from './doing-en.js';
import {en} from './en.js';
import type {EmbedStrings} from './embed-en.js';
import type {FilesStrings} from './files-en.js';
import type {LauncherFaceStrings} from './launcher-face-en.js';
import type {LauncherStrings} from './launcher-en.js';
import type {MarkupStrings} from './markup-en.js';
import type {NativeStrings} from './native-en.js';
import type {StandbyStrings} from './standby-en.js';
import type {SystemStrings} from './system-en.js';
import type {WindowStrings} from './window-en.js';

/** A text by plural category, of which `other` is always there. */
export type Plural = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & {other: string}>;

/** The texts of parts, which have them in English themselves. */
export type PartStrings = StandbyStrings &
  EmbedStrings &
  AroundStrings &
  AutoStrings &
  LauncherStrings &
  LauncherFaceStrings &
  WindowStrings;

/** The same of a conversation of our own, which in other languages is a file by itself. */
export type ConversationStrings = NativeStrings &
  MarkupStrings &
  SystemStrings &
  FilesStrings &
  DoingStrings &
  ComposerStrings;

/** The texts of a language. */
export type Strings = Readonly<typeof en> & Partial<PartStrings & ConversationStrings>;

/** The texts of a language that is a part. */
export type AllStrings = Readonly<typeof en> & PartStrings;

/** The languages that are there. */
const languages = new Map<string, Language>([['en', {tag: 'en', strings: en}]]);
/** Those that are files, loaded when first needed. */
const LATER = ['ar', 'de', 'it'] as const;

/** A language's texts. */
export interface Language {
  readonly tag: string;
  readonly strings: Strings;
}

/**
 * The language for a BCP 47 tag, by the tag of ours; undefined if we have none. A region is left out
 * where only the language is there (`en-GB` is `en`).
 */
export const languageTag = (asked: string): string | undefined => {
  const [language] = asked.toLowerCase().split('-');
  return [...languages.keys(), ...LATER].find((each) => each === language);
};

/**
 * Loads a language that is not there yet.
 *
 * @returns undefined if there is nothing to load
 * @throws {PexipChatError} `part-failed`
 */
export const loadLanguage = (tag: string | undefined): Promise<unknown> | undefined => {
  const later = LATER.find((each) => each === tag && !languages.has(each));
  return later && loadPart(later).then(({strings}) => languages.set(later, {tag: later, strings}));
};

/**
 * A language of ours; English if it is not there, or not yet. One object each: another one would have
 * everything drawn anew.
 */
export const languageOf = (wanted: string | undefined): Language =>
  languages.get(wanted!) ?? languages.get('en')!;
