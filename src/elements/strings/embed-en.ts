/** The texts of embed-view.ts in English. */
export const embedEnglish = {
  chatDegraded: 'The conversation did not answer. It may not be up to date.',
  chatNotAllowed: 'This page may not show the conversation properly. Rocket.Chat has to allow it.',
  chatOtherUser: 'Somebody else is signed in to Rocket.Chat here.',
  chatForbidden: 'You are not a member of this room.',
  chatNotFound: 'This room is not there.',
  chatNotSignedIn: 'You could not be signed in to this conversation.',
};

export type EmbedStrings = Readonly<typeof embedEnglish>;
