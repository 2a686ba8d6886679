import {wordsFrom} from '../native/words-from.js';
import {aroundEnglish} from '../strings/around-en.js';
import {windowEnglish} from '../strings/window-en.js';

/** The window's texts of a language. */
export const windowWords = wordsFrom({...aroundEnglish, ...windowEnglish});

export type WindowWords = ReturnType<typeof windowWords>;
