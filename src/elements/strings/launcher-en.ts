/** The texts of floating/launcher.ts in English. */
export const launcherEnglish = {
  /** What the button opens. */
  launcherName: 'Chats',
  launcherFailed: 'It did not load. Try again.',
};

export type LauncherStrings = Readonly<typeof launcherEnglish>;
