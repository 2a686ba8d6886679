/** What becomes of a call, by a word in the user part of its destination. */
const SCRIPTS = [
  'refuse',
  'text',
  'blank',
  'forbidden',
  'hang',
  'never',
  'late',
  'leave',
  'early',
  'decline',
  'gone',
] as const;

/** How the simulator treats a dial. */
export interface DialScript {
  /** `join` where the destination has no word of the list. */
  readonly fate: (typeof SCRIPTS)[number] | 'join';
  /** How many telephones ring. */
  readonly phones: number;
}

/** The part of an address that names a person: `carol` in `sip:carol@example.com`. */
export const userPart = (destination: string): string =>
  destination.replace(/^[a-z][a-z\d+.-]*:/i, '').split('@', 1)[0] ?? '';

/** Reads the script from a destination; the first word of the list counts, and `several` beside it. */
export const readDialScript = (destination: string): DialScript => {
  const user = userPart(destination).toLowerCase();
  return {
    fate: SCRIPTS.find((word) => user.includes(word)) ?? 'join',
    phones: user.includes('several') ? 2 : 1,
  };
};
