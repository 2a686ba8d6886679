import type {ErrorCode} from '../../errors.js';
import {embedEnglish} from '../strings/embed-en.js';
import type {Language} from '../strings/strings.js';

type Words = keyof typeof embedEnglish;

/** What a person can know of the reasons; whoever builds the page is told more by the error. */
const WORDS: Partial<Record<ErrorCode, Words>> = {
  'broker-failed': 'chatNotSignedIn',
  'commands-disabled': 'chatNotAllowed',
  'credentials-failed': 'chatNotSignedIn',
  'events-disabled': 'chatNotAllowed',
  'framing-forbidden': 'chatNotAllowed',
  'origin-not-allowed': 'chatNotAllowed',
  'other-user': 'chatOtherUser',
  'room-forbidden': 'chatForbidden',
  'room-not-found': 'chatNotFound',
  'sign-in-required': 'chatNotSignedIn',
  'token-rejected': 'chatNotSignedIn',
};

/** What is said above a conversation that does not work as it should. */
export const degradedNotice = (code: ErrorCode | undefined, {strings}: Language): string => {
  const words = (code && WORDS[code]) ?? 'chatDegraded';
  return strings[words] ?? embedEnglish[words];
};
