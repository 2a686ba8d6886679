/**
 * What a page and the broker say to each other of calls between two users: the routes `/v1/calls` and
 * `/v1/history` (docs/calls.md). Times are ISO 8601. The words of events and reasons are those of
 * Bandyer's call and dial events (docs/calls.md has the table).
 */
import type {MeetingElement} from './meeting-api.js';

/** Why somebody does not answer; by Bandyer's `call_dial_declined`. */
export type DeclineReason =
  'answered_another_call' | 'do_not_disturb' | 'error' | 'no_answer' | 'none';

/** By Bandyer: `audio_only`, `audio_upgradable`, `audio_video`. */
export type CallType = 'audio' | 'audio-upgradable' | 'video';

/** The body of `POST /v1/calls`. */
export interface CallRequest {
  /** The alias of exactly one other user. */
  readonly users: readonly [string];
  /** Default `video`. */
  readonly callType?: CallType;
  /** Default `none`. */
  readonly record?: 'automatic' | 'manual' | 'none';
  /** Whether the answer has a `callUrl`; default false. */
  readonly link?: boolean;
}

/** The body of `POST /v1/calls/<id>/answer`. */
export interface CallAnswer {
  /** Id of the call stream of the tab that answers: the user's other tabs are told `stopped`. */
  readonly stream?: string;
}

/** `dialing` until it is answered, `connected` from then on. */
export type CallStatus = 'connected' | 'dialing' | 'ended';

/** How a call went; `failed`: it was over before it was answered, for no doing of the two. */
export type CallResult = 'answered' | 'cancelled' | 'declined' | 'failed' | 'missed';

/** A call as one of its two users sees it. */
export interface CallInfo {
  readonly id: string;
  /** Of its meeting. */
  readonly alias: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly status: CallStatus;
  /** Aliases: who calls, and who is called. */
  readonly participants: readonly [string, string];
  /** The other one's name, where the broker knows it. */
  readonly name?: string;
  readonly callType: CallType;
  readonly record: 'automatic' | 'manual' | 'none';
  /** It rings. */
  readonly live: true;
  readonly creationDate: string;
  /** Both have joined. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Once it has ended. */
  readonly result?: CallResult;
}

/** The answer of the routes of a call. */
export interface Call extends CallInfo {
  /** How to join, for the caller of the route alone; for who is called once he has answered. */
  readonly element?: MeetingElement;
  /** Opens the call in the application's page, for its two users. */
  readonly callUrl?: string;
}

/** The data of a stream's first event, `stream`. */
export interface StreamOpened {
  readonly id: string;
  /** The call that the user is in now, if any. */
  readonly call?: CallInfo;
}

/** The data of `incoming`, `answered`, `declined`, `stopped`, `started` and `ended`. */
export interface CallEventData {
  readonly call: CallInfo;
  /** Alias of who did it; not of `incoming`, `started`, and what nobody did. */
  readonly executor?: string;
  /** Of `declined`. */
  readonly reason?: DeclineReason;
}

/** Why a user is disconnected by force. */
export type ForceReason = 'user_deleted' | 'user_disabled';

/**
 * Why the broker ends a stream. After `closing` and `expired` the page opens another one, the latter
 * with a new proof; after the others it does not by itself.
 */
export type StreamEnd = 'closing' | 'disconnected' | 'expired' | 'signed-out' | 'too-many';

/** What comes on `GET /v1/calls/events`, by the name of the event. */
export interface CallStreamEvents {
  readonly stream: StreamOpened;
  readonly incoming: CallEventData;
  readonly answered: CallEventData;
  readonly declined: CallEventData;
  readonly stopped: CallEventData;
  readonly started: CallEventData;
  readonly ended: CallEventData;
  readonly force_disconnect: {readonly reason: ForceReason};
  /** The last one. */
  readonly over: {readonly reason: StreamEnd};
}

/** A meeting or call in `GET /v1/history`. */
export interface HistoryEntry {
  readonly kind: 'call' | 'meeting';
  /** Of the call; of a meeting its alias. */
  readonly id: string;
  readonly title: string;
  /** When it was made. */
  readonly createdAt: string;
  /** Of a meeting that was scheduled: by plan. Of a call: since both were in it. */
  readonly startedAt?: string;
  /** Once it is over. */
  readonly endedAt?: string;
  /** Seconds from `startedAt` to `endedAt`, where both are known. */
  readonly duration?: number;
  /** Of a call. */
  readonly direction?: 'incoming' | 'outgoing';
  /** Of a call: the other one. */
  readonly other?: {readonly alias: string; readonly name?: string};
  /** Of a call that is over. */
  readonly result?: CallResult;
  /** Of a meeting. */
  readonly role?: 'chair' | 'guest';
  /** Where a recording was ordered. */
  readonly recording?: {readonly how: 'automatic' | 'manual'; readonly name: string};
}

/** The answer of `GET /v1/history`. */
export interface History {
  /** The newest first. */
  readonly entries: readonly HistoryEntry[];
  /** `before` of the next page; without it there is none. */
  readonly next?: string;
}
