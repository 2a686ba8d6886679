/** The texts of embed-view.ts in English. */
export const embedEnglish = {
  chatDegraded: 'The conversation did not answer. It may not be up to date.',
};

export type EmbedStrings = Readonly<typeof embedEnglish>;
