import type {MarkupStrings} from './markup-en.js';

/** The texts within messages in Arabic. */
export const markupArabic: MarkupStrings = {
  markupSpoiler: 'نص مخفي',
  markupImage: 'إظهار الصورة من {host}',
  markupImageShown: 'صورة من {host}',
  markupCut: 'الرسالة أطول مما يظهر هنا.',
};
