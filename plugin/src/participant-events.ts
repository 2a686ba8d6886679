import {ParticipantActivities, type Plugin} from '@pexip/plugin-api';

import {field} from '../../src/protocol/guards.js';
import {ROSTER_LIMIT} from '../../src/protocol/roster.js';

/** The signals of plugin-api's `events` that tell who is in the meeting. */
export type ParticipantEvents = Pick<
  Plugin['events'],
  | 'me'
  | 'participants'
  | 'participantJoined'
  | 'participantLeft'
  | 'participantsActivities'
  | 'disconnected'
  | 'userInitiatedDisconnect'
>;

/** What {@link observeParticipants} tells. Participants and rooms are as Web App 3 sent them, unread. */
export interface ParticipantObserver {
  /** Our own user. */
  me(participant: unknown, room: unknown): void;
  /** Everybody in a room: at the join, and when Web App 3 has lost and found its connection. */
  listed(participants: readonly unknown[], room: unknown): void;
  /** Someone came or changed. */
  seen(participant: unknown, room: unknown): void;
  /** Someone left. */
  lost(participant: unknown): void;
  /** Our own user is no longer in the meeting. */
  ended(): void;
}

/** Reads a list of participants or activities; what is beyond any meeting is left out. */
export const readList = (data: unknown): readonly unknown[] | undefined =>
  Array.isArray(data) ? data.slice(0, 2 * ROSTER_LIMIT) : undefined;

/**
 * Listens to all that tells of participants. Web App 3 before plugin-api 21.1 has no activities, so
 * that both ways of telling are heard and much is told twice.
 */
export const observeParticipants = (
  events: ParticipantEvents,
  observer: ParticipantObserver,
  signal: AbortSignal,
): void => {
  const options = {signal};
  const participant = (payload: unknown): unknown => field(payload, 'participant');
  const room = (payload: unknown): unknown => field(payload, 'id');
  const change = (data: unknown): void => {
    const activity = field(data, 'activity');
    const left = field(activity, 'type') === ParticipantActivities.Leave;
    if (left) observer.lost(participant(activity));
    else observer.seen(participant(activity), field(data, 'roomId'));
  };
  events.me.add((payload) => observer.me(participant(payload), room(payload)), options);
  events.participants.add((payload) => {
    const list = readList(field(payload, 'participants'));
    if (list) observer.listed(list, room(payload));
  }, options);
  events.participantJoined.add(
    (payload) => observer.seen(participant(payload), room(payload)),
    options,
  );
  events.participantLeft.add((payload) => observer.lost(participant(payload)), options);
  events.participantsActivities.add((changes) => readList(changes)?.forEach(change), options);
  events.disconnected.add(() => observer.ended(), options);
  events.userInitiatedDisconnect.add(() => observer.ended(), options);
};
