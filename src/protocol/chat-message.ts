/** Rocket.Chat's messages as a page of ours knows them. Source: `IMessage` of its core typings. */
import {parseTime} from './ddp.js';
import {field, identifier, LIMITS, text} from './guards.js';

/** Whose message it is. */
export interface Sender {
  readonly userId: string;
  readonly username: string;
  /** What people call them. */
  readonly name: string;
}

/** A message. */
export interface ChatMessage {
  readonly id: string;
  readonly roomId: string;
  /** As it was written, in Rocket.Chat's own markup. Never HTML. */
  readonly text: string;
  /** When it was sent, by the server's clock: epoch ms. */
  readonly time: number;
  /** When anything about it last changed, by the server's clock. */
  readonly updated: number;
  readonly sender: Sender;
  /** When its text was last changed. */
  readonly edited?: number;
  /** The message whose thread it is in. */
  readonly threadId?: string;
  /** Of system messages: what they tell of, such as `uj` for a user who has joined. */
  readonly kind?: string;
  /** As the server told it: what a view shows beside the text, still to be parsed. */
  readonly raw?: unknown;
}

/** A message that has gone. */
export interface Removal {
  readonly id: string;
  /** Epoch ms; unknown where the server tells of it as it happens. */
  readonly removed?: number;
}

/** The kind of what is left where a workspace shows that a message was deleted. */
const REMOVED = 'rm';
/** The kind that is a message of a person all the same: an encrypted one, which only members can read. */
const ENCRYPTED = 'e2e';

/** Reads a message of REST or DDP; `undefined` for anything else and for hidden ones. */
export const parseChatMessage = (data: unknown): ChatMessage | undefined => {
  const id = identifier(field(data, '_id'));
  const roomId = identifier(field(data, 'rid'));
  const time = parseTime(field(data, 'ts'));
  const author = field(data, 'u');
  const userId = identifier(field(author, '_id'));
  const username = identifier(field(author, 'username'), LIMITS.name);
  const written = field(data, 'msg');
  if (!id || !roomId || time === undefined || !userId || !username) return;
  if (field(data, '_hidden') === true) return;
  const edited = parseTime(field(data, 'editedAt'));
  const threadId = identifier(field(data, 'tmid'));
  const kind = identifier(field(data, 't'), LIMITS.code);
  return {
    id,
    roomId,
    text: typeof written === 'string' ? written : '',
    time,
    updated: parseTime(field(data, '_updatedAt')) ?? time,
    sender: {userId, username, name: text(field(author, 'name'), LIMITS.name) || username},
    ...(edited !== undefined && {edited}),
    ...(threadId && {threadId}),
    ...(kind && {kind}),
    raw: data,
  };
};

/** The message is what is left of one that was deleted. */
export const isRemoved = ({kind}: ChatMessage): boolean => kind === REMOVED;

/** A person wrote it; Rocket.Chat's own remarks have no author in that sense. */
export const isByPerson = ({kind}: ChatMessage): boolean => !kind || kind === ENCRYPTED;

/** Reads a deletion of a stream or of a sync; `undefined` for anything else. */
export const parseRemoval = (data: unknown): Removal | undefined => {
  const id = identifier(field(data, '_id'));
  const removed = parseTime(field(data, '_deletedAt'));
  return id ? {id, ...(removed !== undefined && {removed})} : undefined;
};
