/** The settings are not such that a broker may start with them. Repeats no value. */
export class SettingsError extends Error {
  /** Every problem: the setting, its environment variable, what is wrong, what to do. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The broker's settings have problems:\n${problems.map((each) => `- ${each}`).join('\n')}`,
    );
    this.name = 'SettingsError';
    this.problems = problems;
  }
}
