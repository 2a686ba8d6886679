import {doingEnglish} from '../strings/doing-en.js';
import {wordsFrom} from './words-from.js';

/** The texts of what a person does with messages. */
export const doingWords = wordsFrom(doingEnglish);
