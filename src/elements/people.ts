import {
  PexipParticipantsToggleRequestEvent,
  PexipRosterChangedEvent,
  PexipSelfChangedEvent,
} from '../events/roster-events.js';
import type {ControlMethod} from '../protocol/controls.js';
import {Controls} from '../session/controls.js';
import type {MeetingSession} from '../session/meeting-session.js';
import {Roster, type RosterFact, type RosterState} from '../session/roster.js';
import {factEvents} from './fact-events.js';

const eventOf = factEvents<RosterFact>({
  'roster-changed': PexipRosterChangedEvent,
  'self-changed': PexipSelfChangedEvent,
  'participants-toggle-request': PexipParticipantsToggleRequestEvent,
});

/** The people of a meeting, and what may be asked for them. */
export interface People {
  readonly state: Readonly<RosterState>;
  /** @returns whether the data was a message about people */
  receive(data: unknown): boolean;
  /** Forgets everybody. */
  clear(): void;
  /** @throws {PexipChatError} see {@link Controls.ask} */
  ask(method: ControlMethod, args: readonly unknown[]): void;
}

/** A file that is loaded when the plugin first tells of people, or the page first asks something. */
export const people = (
  room: HTMLElement,
  meeting: MeetingSession,
  post: (data: Record<string, unknown>) => void,
): People => {
  const roster = new Roster();
  const controls = new Controls(meeting, roster, post);
  roster.subscribe((_, fact) => {
    if ('detail' in fact) room.dispatchEvent(eventOf(fact));
  });
  return {
    get state() {
      return roster.getState();
    },
    receive: (data) => roster.receive(data),
    clear: () => roster.clear(),
    ask: (method, args) => controls.ask(method, args),
  };
};
