import type {
  PexipParticipantsToggleRequestDetail,
  PexipRosterChangedDetail,
  PexipSelfChangedDetail,
} from '../events/roster-events.js';
import {parseRosterMessage, type Participant, type SelfState} from '../protocol/roster.js';
import {Observable} from './observable.js';

export interface RosterState {
  readonly participants: readonly Participant[];
  /** Null until the plugin has told it. */
  readonly self: SelfState | null;
}

export type RosterFact =
  | {readonly type: 'roster-changed'; readonly detail: PexipRosterChangedDetail}
  | {readonly type: 'self-changed'; readonly detail: PexipSelfChangedDetail}
  | {
      readonly type: 'participants-toggle-request';
      readonly detail: PexipParticipantsToggleRequestDetail;
    }
  | {readonly type: 'self-gone'};

const NOBODY: readonly Participant[] = Object.freeze([]);

/** Who is in the meeting, as its plugin tells. */
export class Roster extends Observable<RosterState, RosterFact> {
  constructor() {
    super({participants: NOBODY, self: null});
  }

  /** Reads what the plugin said. @returns whether it was a message about people at all */
  receive(data: unknown): boolean {
    const message = parseRosterMessage(data);
    switch (message?.type) {
      case 'roster': {
        const {participants} = message;
        this.change({type: 'roster-changed', detail: {participants}}, {participants});
        break;
      }
      case 'self': {
        const {type: _, ...detail} = message;
        const self = Object.freeze(detail);
        this.change({type: 'self-changed', detail: self}, {self});
        break;
      }
      case 'toggle-participants': {
        const {active} = message;
        this.change({type: 'participants-toggle-request', detail: {active}});
      }
    }
    return message !== undefined;
  }

  /** Forgets everybody: the meeting has ended, or its plugin tells everything anew. */
  clear(): void {
    const {participants, self} = this.getState();
    if (self) this.change({type: 'self-gone'}, {self: null});
    if (participants.length === 0) return;
    const detail = {participants: NOBODY};
    this.change({type: 'roster-changed', detail}, detail);
  }
}
