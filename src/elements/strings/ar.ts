import type {AllStrings} from './strings.js';

/** The texts of the elements in Arabic. */
export const strings: AllStrings = {
  direction: 'rtl',
  meetingFrame: 'الاجتماع',
  meetingIdle: 'لا يوجد اجتماع بعد.',
  meetingStart: 'عرض الاجتماع',
  meetingLoading: 'جارٍ تحميل الاجتماع…',
  meetingUnbridged: 'الاجتماع يعمل، ولكن بدون زر الدردشة الخاص به.',
  meetingFailed: 'يتعذّر عرض الاجتماع.',
  chatFrame: 'الدردشة',
  chatIdle: 'لا توجد محادثة بعد.',
  chatLoading: 'جارٍ تحميل المحادثة…',
  chatDegraded: 'لم تُجب المحادثة، وقد لا تكون محدَّثة.',
  chatFailed: 'يتعذّر عرض المحادثة.',
  chatButton: 'الدردشة',
  chatButtonAlert: 'الدردشة، رسائل جديدة',
  // One and two are words of their own in Arabic, without the number.
  chatButtonUnread: {
    zero: 'الدردشة، لا رسائل جديدة',
    one: 'الدردشة، رسالة جديدة واحدة',
    two: 'الدردشة، رسالتان جديدتان',
    few: 'الدردشة، # رسائل جديدة',
    many: 'الدردشة، # رسالة جديدة',
    other: 'الدردشة، # رسالة جديدة',
  },
};
