/** How long the session waits for an embedded page that answers nothing, in milliseconds. */
export interface EmbedPace {
  /** Between two sendings of the token: one sent before the page listens is lost. */
  readonly repeat: number;
  /** Until a token without any effect is taken for rejected, and a page without a word for silent. */
  readonly patience: number;
  /** Until a room that was asked for, by a user who is signed in, is taken for missing. */
  readonly room: number;
  /** Until a page that does not load is taken for unreachable. */
  readonly load: number;
}

export const EMBED_PACE: EmbedPace = {repeat: 1_000, patience: 10_000, room: 5_000, load: 30_000};
