/** The texts of the elements in English that the first script has; those of parts are with them. */
export const en = {
  direction: 'ltr' as 'ltr' | 'rtl',
  meetingFrame: 'Meeting',
  meetingIdle: 'No meeting yet.',
  meetingLoading: 'The meeting is loading…',
  meetingFailed: 'The meeting cannot be shown.',
  chatFrame: 'Chat',
  chatIdle: 'No conversation yet.',
  chatLoading: 'The conversation is loading…',
  chatFailed: 'The conversation cannot be shown.',
};
