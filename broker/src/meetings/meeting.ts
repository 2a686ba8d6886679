/** What somebody is in a meeting, by Pexip's words: `chair` is a host. */
export type Role = 'chair' | 'guest';

/** Somebody whom a meeting is for. */
export interface MeetingPerson {
  readonly sub: string;
  readonly role: Role;
}

/** What whoever makes a meeting decides. */
export interface MeetingPlan {
  readonly title: string;
  /** Whom it is for, beside the one who makes it. */
  readonly people: readonly MeetingPerson[];
  /** Id of the Rocket.Chat room where it began; whoever makes it belongs to that. */
  readonly room?: string;
  /** Two who have rung each other hold it: what they write there is for them alone. */
  readonly call?: true;
  /** Ten digits in the place of 32 hexadecimal ones, for telephones and room systems. */
  readonly numeric: boolean;
  /** Whether others than its people may come. */
  readonly guests: boolean;
  /** Web App 3's own chat (`enable_chat`). */
  readonly chat: 'default' | 'no' | 'yes';
  readonly callType: 'audio' | 'video' | 'video-only';
  readonly record: 'automatic' | 'manual' | 'none';
  /** Both of a scheduled meeting; epoch ms. */
  readonly startsAt?: number;
  readonly endsAt?: number;
}

/** Why a meeting is over. */
export type EndedBy = 'ended' | 'everyone-left' | 'expired';

/** A meeting as brokers keep it. Only its end is ever added. */
export interface Meeting extends Omit<MeetingPlan, 'numeric'> {
  /** Its `name` at Pexip Infinity, by which events know it; tells nothing of the alias. */
  readonly id: string;
  /** By which one joins. */
  readonly alias: string;
  /** `sub` of who made it. */
  readonly creator: string;
  /** Six digits, with which one is a host without a ticket. */
  readonly hostPin: string;
  /** Six digits, of a numeric meeting: such aliases can be guessed. */
  readonly guestPin?: string;
  /** Epoch ms. */
  readonly createdAt: number;
  /** Epoch ms: over by then at the latest. */
  readonly expiresAt: number;
  /** Epoch ms. */
  readonly endedAt?: number;
  readonly endedBy?: EndedBy;
}

/** The role that a person has by the meeting alone; undefined for somebody it does not name. */
export const roleOf = ({creator, people}: Meeting, sub: string): Role | undefined =>
  sub === creator ? 'chair' : people.find((person) => person.sub === sub)?.role;

/** Whether nobody can join any more. */
export const isOver = ({endedAt, expiresAt}: Meeting, now = Date.now()): boolean =>
  endedAt !== undefined || expiresAt <= now;
