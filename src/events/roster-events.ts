import type {Participant, SelfState} from '../protocol/roster.js';
import {ComposedEvent} from './composed-event.js';

export interface PexipRosterChangedDetail {
  /** Everybody in the meeting and in its lobby; empty once it has ended, and until a restarted plugin tells. */
  readonly participants: readonly Participant[];
}
export type PexipSelfChangedDetail = SelfState;
export interface PexipParticipantsToggleRequestDetail {
  /** The state that is asked for. */
  readonly active: boolean;
}

/** Somebody came, left or changed. */
export class PexipRosterChangedEvent extends ComposedEvent<PexipRosterChangedDetail> {
  constructor(detail: PexipRosterChangedDetail) {
    super('pexip-roster-changed', detail);
  }
}

/** The person in the frame was muted, made a host, or has changed otherwise. */
export class PexipSelfChangedEvent extends ComposedEvent<PexipSelfChangedDetail> {
  constructor(detail: PexipSelfChangedDetail) {
    super('pexip-self-changed', detail);
  }
}

/** Somebody pressed the meeting's Participants button; the page shows its panel, or not. */
export class PexipParticipantsToggleRequestEvent extends ComposedEvent<PexipParticipantsToggleRequestDetail> {
  constructor(detail: PexipParticipantsToggleRequestDetail) {
    super('pexip-participants-toggle-request', detail);
  }
}

export interface RosterEventMap {
  'pexip-roster-changed': PexipRosterChangedEvent;
  'pexip-self-changed': PexipSelfChangedEvent;
  'pexip-participants-toggle-request': PexipParticipantsToggleRequestEvent;
}

declare global {
  interface HTMLElementEventMap extends RosterEventMap {}
  interface DocumentEventMap extends RosterEventMap {}
}
