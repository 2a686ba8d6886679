import {Conversation} from './conversation.js';
import type {LiveSession} from './live-session.js';
import {ownUser, type OwnUser} from './own-user.js';
import {roomSource, threadSource} from './message-source.js';
import type {ReadDetail} from './read-marks.js';
import type {PresenceStatus} from './room-activity.js';
import type {FoundRoom} from './room-finder.js';
import type {UnsentMessages} from './unsent-messages.js';

/** What is told of a room that is shown, beside what the live session tells of all. */
export type SceneFact =
  | {readonly type: 'changed'}
  | {
      readonly type: 'typing-started';
      readonly detail: {
        readonly roomId: string;
        readonly user: string;
        readonly participants: readonly string[];
      };
    }
  | {
      readonly type: 'presence-changed';
      readonly detail: {readonly user: string; readonly status: PresenceStatus};
    }
  | {readonly type: 'message-read'; readonly detail: ReadDetail};

/** All that belongs to one room while it is shown. */
export class RoomScene {
  readonly room: FoundRoom;
  readonly session: LiveSession;
  readonly conversation: Conversation;
  /** Until when the user had read when the room was opened, by the server's clock; 0 if not known. */
  readonly readBefore: number;
  /** Tells what has happened in the room. */
  readonly tell: (fact: SceneFact) => void;
  #thread: Conversation | undefined;
  #unsentOf: ((threadId?: string) => UnsentMessages) | undefined;

  constructor(
    session: LiveSession,
    room: FoundRoom,
    readBefore: number,
    tell: (fact: SceneFact) => void,
  ) {
    this.room = room;
    this.session = session;
    this.readBefore = readBefore;
    this.tell = tell;
    this.conversation = new Conversation(session, roomSource(room.roomId, room.kind));
    this.conversation.subscribe(() => tell({type: 'changed'}));
  }

  /** Who the user is, as far as it is known. */
  get me(): OwnUser {
    return ownUser(this.session, this.room.roomId);
  }

  /** The thread that is open beside the room. */
  get thread(): Conversation | undefined {
    return this.#thread;
  }

  /** Shows what of one's own is not sent yet, in the room and in its threads. */
  keepUnsent(unsentOf: (threadId?: string) => UnsentMessages): void {
    this.#unsentOf = unsentOf;
    this.conversation.keepUnsent(unsentOf());
  }

  /** Opens the thread of a message in the place of another; undefined closes it. */
  openThread(messageId: string | undefined): void {
    this.#thread?.close();
    this.#thread = undefined;
    if (messageId) {
      const source = threadSource(this.room.roomId, messageId);
      // Of a message that nobody has answered, a server tells nothing.
      this.#thread = new Conversation(this.session, source, this.conversation.get(messageId));
      if (this.#unsentOf) this.#thread.keepUnsent(this.#unsentOf(messageId));
      this.#thread.subscribe(() => this.tell({type: 'changed'}));
    }
    this.tell({type: 'changed'});
  }

  close(): void {
    this.conversation.close();
    this.#thread?.close();
  }
}
