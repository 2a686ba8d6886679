import type {DoingStrings} from './doing-en.js';

/** The texts of what a person does with messages, in Arabic. */
export const doingArabic: DoingStrings = {
  doingThreadMessages: 'سلسلة الردود',
  doingActions: 'إجراءات رسالة {name}، {time}',
  doingReact: 'إضافة تفاعل',
  doingReactMore: 'إضافة تفاعل آخر',
  doingReactionSearch: 'البحث في الرموز التعبيرية',
  doingReactionNone: 'لا يوجد رمز بهذا الاسم.',
  doingTooFar: 'هذه الرسالة قديمة جدًا. افتحها في Rocket.Chat.',
  doingGone: 'حُذفت هذه الرسالة في هذه الأثناء.',
  doingReply: 'الرد في سلسلة',
  doingReplyHere: 'الرد في السلسلة',
  doingQuote: 'اقتباس',
  doingEdit: 'تعديل',
  doingDelete: 'حذف',
  doingDeleteAsk: 'هل تريد حذف هذه الرسالة؟',
  doingCancel: 'إلغاء',
  doingThread: 'سلسلة الردود',
  doingClose: 'إغلاق',
  doingNoConnection: 'لا يوجد اتصال الآن. أعد المحاولة عند عودة الاتصال.',
  doingRefused: 'لم يسمح Rocket.Chat بذلك.',
  doingFailed: 'تعذّر ذلك. أعد المحاولة.',
  // The verb before its subject is the same for one and for many.
  doingTyping: {other: 'يكتب الآن: {names}…'},
  doingTypingMany: 'يكتب عدة أشخاص الآن…',
};
