import {filesEnglish} from '../strings/files-en.js';
import {wordsFrom} from './words-from.js';

/** The texts of files in messages. */
export const filesWords = wordsFrom(filesEnglish);
