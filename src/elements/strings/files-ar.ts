import type {FilesStrings} from './files-en.js';

/** The texts of files in messages, in Arabic. */
export const filesArabic: FilesStrings = {
  filesDownload: 'تنزيل {name}',
  filesImage: 'الصورة {name}',
  filesImageShow: 'إظهار الصورة {name}',
  filesGone: 'لم يعد موجودًا.',
  filesFailed: 'تعذّر جلب الملف.',
  filesMoreAttachments: {
    zero: 'لا مرفقات أخرى',
    one: 'مرفق آخر',
    two: 'مرفقان آخران',
    few: '# مرفقات أخرى',
    many: '# مرفقًا آخر',
    other: '# مرفق آخر',
  },
};
