import type {PexipChatError} from '../errors.js';
import type {EmbedCommand} from '../protocol/rocket-chat-embed.js';
import type {EmbedSight} from './embed-reasons.js';

/**
 * What a sign-out was that nobody here has asked for: the person's own, or the end of a token, in
 * whose place there is another one, or none.
 */
export type Farewell = 'left' | 'again' | 'gone';

/** The embedded page, as far as the session can act on it. */
export interface EmbedFrame {
  /** Sends a command, which is never answered. */
  readonly send: (command: EmbedCommand) => void;
  /** Loads the page anew at a path. */
  readonly navigate: (path: string) => void;
  /** Finds out why the page does not show the room, which it does not tell itself. */
  readonly explain?: (sight: EmbedSight) => Promise<PexipChatError | undefined>;
  /** Finds out what a sign-out of the page was; undefined where a person has signed in there. */
  readonly judge?: () => Promise<Farewell> | undefined;
}

/** How long a reason for a silence is looked for, ms. */
const SEARCH = 5_000;

/** What is found, or nothing if that takes too long. */
export const inTime = async <Found>(
  found: Promise<Found>,
  time = SEARCH,
): Promise<Found | undefined> => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, time, undefined);
  });
  return Promise.race([found, late]).finally(() => clearTimeout(timer));
};

/** Why the page does not show what it should; undefined if nobody can tell in time. */
export const reasonFor = async (
  {explain}: EmbedFrame,
  sight: EmbedSight,
): Promise<PexipChatError | undefined> => explain && inTime(explain(sight));
