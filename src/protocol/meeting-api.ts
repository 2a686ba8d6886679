import type {DialRequest} from './dial-request.js';

/**
 * What a page and the broker say to each other of meetings and calls: the routes `/v1/meetings`,
 * `/v1/invitations`, `/v1/calls` and `/v1/history` (docs/meetings.md). Times are ISO 8601.
 */

/** Somebody whom a meeting is for; a text is an alias who comes as `guest`. */
export type MeetingGuest = string | {readonly alias: string; readonly role?: 'chair' | 'guest'};

/** The body of `POST /v1/meetings`. */
export interface MeetingRequest {
  /** Shown in the meeting, the calendar and the history; default `Meeting`. */
  readonly title?: string;
  /** Whom it is for, beside the caller. */
  readonly people?: readonly MeetingGuest[];
  /** Id of the Rocket.Chat room where it begins; the caller must belong to it. */
  readonly room?: string;
  /** An alias of ten digits, with a PIN. */
  readonly numeric?: boolean;
  /** Whether others than its people may come; default true. */
  readonly guests?: boolean;
  /** Web App 3's own chat: on, off, or as Pexip Infinity is set (`default`). */
  readonly chat?: 'default' | 'no' | 'yes';
  readonly callType?: 'audio' | 'video' | 'video-only';
  readonly record?: 'automatic' | 'manual' | 'none';
  /** Both make it a scheduled meeting. */
  readonly startsAt?: string;
  readonly endsAt?: string;
}

/** What `<pexip-chat-room>` needs; `url` is for the caller alone, as it has his ticket. */
export interface MeetingElement {
  readonly node: string;
  readonly room: string;
  readonly path?: string;
  readonly url: string;
}

/** `waiting`: nobody has come yet. */
export type MeetingStatus = 'ended' | 'live' | 'scheduled' | 'waiting';

/** A meeting as its people see it. */
export interface MeetingInfo {
  readonly alias: string;
  readonly title: string;
  readonly status: MeetingStatus;
  /** What the caller is in it. */
  readonly role: 'chair' | 'guest';
  /** Alias of who made it. */
  readonly creator: string;
  readonly createdAt: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  /** When it is over at the latest. */
  readonly expiresAt: string;
  readonly endedAt?: string;
  readonly endedBy?: 'ended' | 'everyone-left' | 'expired';
  /** Whom it is for, beside its creator; for hosts alone. */
  readonly people?: readonly {readonly alias: string; readonly role: 'chair' | 'guest'}[];
  /** For sharing: without a ticket. Not of a meeting that has ended, as all below. */
  readonly joinUrl?: string;
  /** For the caller alone, if he is a host. */
  readonly hostJoinUrl?: string;
  /** For the caller alone, if he is a host. */
  readonly hostPin?: string;
  /** Of a numeric meeting; to be told apart from the link. */
  readonly guestPin?: string;
  /** For the caller alone. */
  readonly element?: MeetingElement;
}

/** Somebody in a meeting. */
export interface MeetingParticipant {
  readonly id: string;
  readonly name: string;
  readonly role: 'chair' | 'guest' | 'unknown';
  /** Alias of the broker's user, where he came by his ticket. */
  readonly alias?: string;
  readonly protocol: string;
  readonly muted: boolean;
  readonly presenting: boolean;
  readonly since: string;
}

/** The answer of `GET /v1/meetings`: without `element` and `hostJoinUrl`, which each meeting's own has. */
export interface MeetingList {
  /** The caller's, the newest first. */
  readonly meetings: readonly MeetingInfo[];
}

/** The answer of `POST /v1/meetings/<alias>/recording`: what the caller's own room dials. */
export interface RecordingAnswer {
  readonly request: DialRequest;
}

/** The answer of `GET /v1/meetings/<alias>`. */
export interface MeetingWithPeople extends MeetingInfo {
  /** How many are in it. */
  readonly count: number;
  /** At most a thousand of them, in the order in which they came. */
  readonly participants: readonly MeetingParticipant[];
}
