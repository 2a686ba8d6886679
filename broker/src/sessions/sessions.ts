import type {ChatSession, ChatSessionRequest} from '../../../src/protocol/broker-api.js';
import type {Identity} from '../callers/identity.js';
import type {Login} from '../workspace/workspace.js';

/** Why a user is gone everywhere: he signed out, or his account at Rocket.Chat can be used no more. */
export type GoneReason = 'signed-out' | 'user_deleted' | 'user_disabled';

/** Hears of it. */
export type GoneListener = (alias: string, reason: GoneReason) => Promise<void>;

/** The chat sessions of all users: who has a lease keeps his tokens. */
export interface Sessions {
  /** Begins or renews a session (`POST /v1/chat/session`). Nobody gets a lease before his tokens. */
  open(
    identity: Identity,
    request: ChatSessionRequest,
  ): Promise<ChatSession & {readonly alias: string}>;
  /** One page of the user's is gone. A lease of somebody else is left as it is. */
  release(alias: string, lease: string): Promise<void>;
  /** Signs the user out everywhere. */
  end(alias: string): Promise<void>;
  /** The login that was lent to the user's pages last, the live one first; `undefined` if none is. */
  login(alias: string): Promise<Login | undefined>;
  /** Has a listener told of each user who is gone; by the broker that learns of it. */
  onGone(listener: GoneListener): void;
  /** Ends what is due, once and from time to time. */
  start(): void;
  /** Begins nothing more; waits for what has begun, for a few seconds at most. */
  close(): Promise<void>;
}
