import type {TemplateResult} from 'lit';

import type {PexipChatError} from '../../errors.js';
import type {RoomMessage} from '../../protocol/room-message.js';
import type {FileAttachment, ImageAttachment} from '../../protocol/attachment-types.js';
import type {Language} from '../strings/strings.js';
import type {Surroundings} from './surroundings.js';

/** What a person can do with a message. */
export interface MessageActions {
  /** Adds a reaction, or takes it back. */
  react(message: RoomMessage, emoji: string, on: boolean): void;
  openThread(message: RoomMessage): void;
  /** Answers to it where it was asked for: in the thread, or in the room. */
  quote(message: RoomMessage, thread: boolean): void;
  /** Has it changed where it was asked for: in the thread, or in the room. */
  edit(message: RoomMessage, thread: boolean): void;
  remove(message: RoomMessage): void;
  /** Sends one's own message again that was not sent. */
  retry(id: string): void;
  /** Why it was not sent, in words. */
  why(error: PexipChatError): string;
  /** Takes one's own message back that was not sent. */
  discard(id: string): void;
  /** Goes to a message that is quoted; where it stands in another room, to that: `channel/general`. */
  goTo(messageId: string, room: string | undefined): void;
  openRoom(path: string): void;
}

/** A file as it can be shown or fetched. */
export interface FileAccess {
  /** An address of the workspace for a picture or file; undefined: it has to be fetched, or cannot be. */
  direct(file: ImageAttachment | FileAttachment): string | undefined;
  /**
   * Fetches a file as its user.
   *
   * @returns an object URL, which holds as long as the view
   * @throws {PexipChatError} `file-failed`
   */
  fetch(file: ImageAttachment | FileAttachment): Promise<string>;
  /** There is a way to fetch files of the workspace. */
  readonly fetches: boolean;
  /** The picture of a user; undefined: initials have to do. */
  avatar(username: string): string | undefined;
}

/** What may be done with a message. */
export interface MessageRights {
  edit(message: RoomMessage): boolean;
  remove(message: RoomMessage): boolean;
  /** The user can write in the room. */
  readonly write: boolean;
}

/** What is asked in the place of a message's actions: whether to delete it, or which reaction to add. */
export interface MessageQuestion {
  readonly asks: 'delete' | 'react' | undefined;
  ask(what: 'delete' | 'react' | undefined): void;
}

/** What draws some of a message, in files that are loaded when it is first needed; undefined until then. */
export interface MessageTools {
  /** Text of others, drawn. */
  text(
    source: {readonly text: string; readonly md?: unknown},
    context: MessageContext,
    language: Language,
  ): TemplateResult;
  /** The character of a shortcode without colons. */
  emoji(shortcode: string): string | undefined;
  attachments():
    | ((message: RoomMessage, context: MessageContext, language: Language) => TemplateResult)
    | undefined;
  actions():
    | ((
        message: RoomMessage,
        who: string,
        context: MessageContext,
        language: Language,
        question: MessageQuestion,
      ) => unknown)
    | undefined;
}

/** What all messages of a list have in common; another object when any of it changes. */
export interface MessageContext {
  /** The user's own username; undefined until it is known. */
  readonly me: string | undefined;
  readonly myId: string | undefined;
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  /** The list is a thread, in which there are no others. */
  readonly thread: boolean;
  /** Until when everybody has read, as far as the workspace has told since; epoch ms. */
  readonly readUntil: number;
  /** Undefined until it is loaded, and where nothing can be done. */
  readonly actions: MessageActions | undefined;
  readonly files: FileAccess;
  /** What the page says of people. */
  readonly person: Surroundings['person'];
  readonly rights: MessageRights;
  readonly tools: MessageTools;
}
