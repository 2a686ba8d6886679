import type {FileRules} from '../../session/file-rules.js';

/** A message that is answered to. */
export interface Quote {
  readonly id: string;
  /** The name of who wrote it, as it is shown. */
  readonly author: string;
  readonly text: string;
}

/** What somebody has written, to be sent. */
export interface ComposedMessage {
  /** Without the space around it; never empty. */
  readonly text: string;
  /** The id of the message that this text takes the place of. */
  readonly editing?: string;
  readonly quote?: Quote;
}

/** How one file is sent. */
export interface UploadOptions {
  /** Aborts when somebody cancels it. */
  readonly signal: AbortSignal;
  /** @param share how much of it is sent, from 0 to 1 */
  readonly onProgress: (share: number) => void;
  /** What was written to it. */
  readonly description?: string;
}

/** Sends a file to the conversation that is shown now; rejects with `UploadRefused` where the cause is known. */
export type Upload = (file: File, options: UploadOptions) => Promise<void>;

/** A room that can be named. */
export interface RoomCandidate {
  /** What stands behind `#`. */
  readonly name: string;
  /** What people call it, if that is another name. */
  readonly title?: string;
}

/** Looks up what can be completed; `query` may be empty. */
export type Candidates<Candidate> = (
  query: string,
  signal: AbortSignal,
) => Promise<readonly Candidate[]>;

/** The emoji that can be completed: `./emoji/emoji.js`, which is loaded when first needed. */
export interface EmojiFinder {
  findEmoji(
    prefix: string,
    most: number,
  ): readonly {readonly shortcode: string; readonly unicode: string}[];
}

/** What the workspace takes. */
export interface ComposerLimits {
  /** `Message_MaxAllowedSize`, in UTF-16 code units as the server counts; left out: 5,000. */
  readonly text?: number;
  readonly files?: FileRules;
}
