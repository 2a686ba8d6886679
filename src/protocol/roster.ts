/**
 * What the plugin tells of the people in the meeting: messages of the second dialect,
 * `rocketchat:videoconf/roster|self|toggle-participants`, in whichever dialect the rest travels.
 *
 * Source: RocketChat/Pexip.External.Chat, branch v2, README, "postMessage API" (facts/pexip.md 2.2);
 * the flags are those of Pexip's `InfinityParticipant` (@pexip/plugin-api).
 */
import {readAction} from './dialects.js';
import {defined, field, identifier, LIMITS, text} from './guards.js';

/** Most participants that are taken from a roster; those after them are left out. */
export const ROSTER_LIMIT = 5_000;

/** What may be asked for a participant; what a flag forbids, Pexip refuses. */
export interface ParticipantPermissions {
  /** This participant may control the meeting: a host. */
  readonly control: boolean;
  readonly mute: boolean;
  readonly disconnect: boolean;
  readonly transfer: boolean;
  readonly spotlight: boolean;
  /** The far end's camera can be moved. */
  readonly fecc: boolean;
  readonly raiseHand: boolean;
  readonly changeLayout: boolean;
}

/** Someone in the meeting or in its lobby. */
export interface Participant {
  readonly uuid: string;
  /** As Pexip shows it; text, whatever is in it. */
  readonly displayName: string;
  /** The address, where our plugin knows it. */
  readonly uri?: string;
  /** In the lobby, until admitted. */
  readonly isWaiting: boolean;
  readonly isHost: boolean;
  /** Muted by the meeting, as a host does it. */
  readonly isMuted: boolean;
  /** Muted by their own microphone button. */
  readonly isClientMuted: boolean;
  readonly isCameraMuted: boolean;
  readonly isPresenting: boolean;
  readonly isSpotlight: boolean;
  readonly raisedHand: boolean;
  readonly can: ParticipantPermissions;
}

/** The person in the frame. */
export interface SelfState {
  readonly participantUuid: string;
  /** Muted by the meeting. */
  readonly micMuted: boolean;
  readonly camMuted: boolean;
  /** Muted by the person's own microphone button. */
  readonly clientMuted: boolean;
  readonly isHost: boolean;
  /** May control the meeting. */
  readonly canControl: boolean;
}

/** What the plugin tells of the people. */
export type RosterMessage =
  | {readonly type: 'roster'; readonly participants: readonly Participant[]}
  | ({readonly type: 'self'} & SelfState)
  | {readonly type: 'toggle-participants'; readonly active: boolean};

const PERMISSIONS = [
  'control',
  'mute',
  'disconnect',
  'transfer',
  'spotlight',
  'fecc',
  'raiseHand',
  'changeLayout',
] as const;

const FLAGS = [
  'isWaiting',
  'isHost',
  'isMuted',
  'isClientMuted',
  'isCameraMuted',
  'isPresenting',
  'isSpotlight',
  'raisedHand',
] as const;

const SELF_FLAGS = ['micMuted', 'camMuted', 'clientMuted', 'isHost', 'canControl'] as const;

/** A flag counts only as `true` itself: whatever else it is, nothing is allowed by it. */
const flags = <Name extends string>(
  data: unknown,
  names: readonly Name[],
): Readonly<Record<Name, boolean>> =>
  Object.fromEntries(names.map((name) => [name, field(data, name) === true])) as Record<
    Name,
    boolean
  >;

/**
 * Reads one entry of a roster.
 *
 * @returns a fresh, frozen object; `undefined` without a uuid
 */
export const readParticipant = (data: unknown): Participant | undefined => {
  const uuid = identifier(field(data, 'uuid'));
  if (!uuid) return;
  return Object.freeze({
    uuid,
    displayName: text(field(data, 'displayName'), LIMITS.name) ?? '',
    ...defined({uri: identifier(field(data, 'uri'), LIMITS.name)}),
    ...flags(data, FLAGS),
    can: Object.freeze(flags(field(data, 'can'), PERMISSIONS)),
  });
};

/** Reads a roster: at most {@link ROSTER_LIMIT}, each uuid once, as it was told last. */
const readRoster = (data: unknown): readonly Participant[] | undefined => {
  if (!Array.isArray(data)) return;
  const people = new Map<string, Participant>();
  for (let index = 0; index < data.length && index < 2 * ROSTER_LIMIT; index++) {
    const participant = readParticipant(data[index]);
    if (participant && (people.size < ROSTER_LIMIT || people.has(participant.uuid)))
      people.set(participant.uuid, participant);
  }
  return Object.freeze([...people.values()]);
};

/** Reads a message of the plugin about people; `undefined` for anything else. */
export const parseRosterMessage = (data: unknown): RosterMessage | undefined => {
  const {dialect, name} = readAction(data) ?? {};
  if (dialect !== 'videoconf') return;
  switch (name) {
    case 'roster': {
      const participants = readRoster(field(data, 'participants'));
      return participants && {type: name, participants};
    }
    case 'self': {
      const participantUuid = identifier(field(data, 'participantUuid'));
      return participantUuid
        ? {type: name, participantUuid, ...flags(data, SELF_FLAGS)}
        : undefined;
    }
    case 'toggle-participants': {
      const active = field(data, 'active');
      return typeof active === 'boolean' ? {type: name, active} : undefined;
    }
  }
};
