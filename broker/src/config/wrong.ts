/** What is wrong with a value, and how to mend it. Never repeats the value: it may be a secret. */
export class Wrong {
  constructor(readonly text: string) {}
}
