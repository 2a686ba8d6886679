/** The texts of floating/launcher.ts in English. */
export const launcherEnglish = {
  /** What the button opens. */
  launcherName: 'Chats',
  launcherFailed: 'Something did not load. Press to try again.',
};

export type LauncherStrings = Readonly<typeof launcherEnglish>;
