import type {Plural} from './strings.js';

/** The texts of files in messages, in English. `{…}` are put in. */
export const filesEnglish = {
  filesDownload: 'Download {name}',
  filesImage: 'Picture {name}',
  filesImageShow: 'Show the picture {name}',
  filesGone: 'is no longer there.',
  filesFailed: 'The file could not be fetched.',
  filesMoreAttachments: {one: '# more attachment', other: '# more attachments'} as Plural,
};

export type FilesStrings = Readonly<typeof filesEnglish>;
