import {PexipChatError} from './errors.js';
import {VERSION} from './version.js';

/** @param what the page has already, as the start of a sentence */
export const loadedTwice = (what: string): PexipChatError =>
  new PexipChatError(
    'loaded-twice',
    `${what} was here before version ${VERSION}, which is not used. Load one.`,
  );
