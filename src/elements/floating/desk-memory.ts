import type {ErrorCode} from '../../errors.js';
import type {WidgetMessageDetail} from '../../events/widget-events.js';
import type {MessageDetail} from '../../session/live-state.js';

/** What is known of a user's messages since the page was opened, also where a sign-in was lost meanwhile. */
export class DeskMemory {
  readonly username: string;
  /** The latest ones, which nobody else has in hand: a page may change the date in what it is told. */
  received: WidgetMessageDetail | null = null;
  sent: WidgetMessageDetail | null = null;
  /** By chat, of others, which the user has not read. */
  readonly theirs = new Map<string, MessageDetail[]>();
  /** By chat, of the user, which somebody else has not read. */
  readonly mine = new Map<string, MessageDetail[]>();
  /** Why calls are not heard of, as far as that was told. */
  callsFailed: ErrorCode | undefined;

  constructor(username: string) {
    this.username = username;
  }
}
