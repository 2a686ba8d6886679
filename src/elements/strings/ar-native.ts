import {composerArabic} from './composer-ar.js';
import {doingArabic} from './doing-ar.js';
import {filesArabic} from './files-ar.js';
import {markupArabic} from './markup-ar.js';
import {nativeArabic} from './native-ar.js';
import type {ConversationStrings} from './strings.js';
import {systemArabic} from './system-ar.js';

/** The texts of a conversation of our own in Arabic: more than twice those of all else. */
export const strings: ConversationStrings = {
  ...nativeArabic,
  ...markupArabic,
  ...systemArabic,
  ...filesArabic,
  ...doingArabic,
  ...composerArabic,
};
