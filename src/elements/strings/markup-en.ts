/** The texts within messages in English. `{host}` is the name of a server. */
export const markupEnglish = {
  markupSpoiler: 'Hidden text',
  markupImage: 'Show image from {host}',
  markupImageShown: 'Image from {host}',
  markupCut: 'The message is longer than what is shown here.',
};

/** The texts within messages in a language. */
export type MarkupStrings = Readonly<typeof markupEnglish>;
