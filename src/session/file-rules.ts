/** Why a file cannot be sent, or was not; `unsure`: the server may have taken it. */
export type FileProblem = 'too-large' | 'type' | 'disabled' | 'unsure' | 'failed';

const PROBLEMS: readonly unknown[] = ['too-large', 'type', 'disabled', 'unsure', 'failed'];

/** Why an upload has failed: by its field, as files that are built apart have classes of their own. */
export const problemOf = (error: unknown): FileProblem => {
  const {problem} = Object(error) as {problem?: unknown};
  return PROBLEMS.includes(problem) ? (problem as FileProblem) : 'failed';
};

/** What a workspace says of files, by its settings `FileUpload_*`. */
export interface FileRules {
  /** `FileUpload_MaxFileSize`, in bytes; negative or left out: any. */
  readonly size?: number | undefined;
  /** `FileUpload_MediaTypeWhiteList`: types with commas between, `image/*` is each of its kind; empty: any. */
  readonly allowed?: string | undefined;
  /** `FileUpload_MediaTypeBlackList`, written the same way; empty: none. */
  readonly refused?: string | undefined;
}

/** Rejects an upload whose cause is known, so that it can be said in words. */
export class UploadRefused extends Error {
  readonly problem: FileProblem;

  constructor(problem: FileProblem) {
    super(`The file was not taken (${problem}).`);
    this.name = 'UploadRefused';
    this.problem = problem;
  }
}

/** What browsers and Rocket.Chat call a file whose type is not known. */
const UNKNOWN = 'application/octet-stream';

const matches = (type: string, list: string): boolean =>
  list
    .toLowerCase()
    .split(',')
    .map((each) => each.trim())
    .some((each) =>
      each.endsWith('/*') ? type.startsWith(each.slice(0, -1)) : each === type && each !== '',
    );

/** Why a workspace would refuse a file; undefined if it would take it. */
export const fileProblem = (
  {size, type}: {readonly size: number; readonly type: string},
  {size: most = -1, allowed = '', refused = ''}: FileRules,
): FileProblem | undefined => {
  if (most >= 0 && size > most) return 'too-large';
  // A type may have parameters, which the lists do not.
  const bare = type.toLowerCase().split(';')[0]!.trim() || UNKNOWN;
  if (refused && matches(bare, refused)) return 'type';
  return allowed.trim() && !matches(bare, allowed) ? 'type' : undefined;
};
