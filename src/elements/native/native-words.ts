import {nativeEnglish} from '../strings/native-en.js';
import {wordsFrom} from './words-from.js';

/** The native view's texts of a language. */
export const nativeWords = wordsFrom(nativeEnglish);
