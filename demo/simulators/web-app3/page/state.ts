import type {ButtonState, RosterEntry, SimulatorState} from '../remote-protocol.js';
import type {Controls} from './controls.js';
import type {Meeting} from './meeting.js';
import type {Attendee} from './people.js';
import type {PluginButton} from './plugin-buttons.js';
import {nameOf} from './tiles.js';

/** What the state is made of. */
export interface StateParts extends Pick<SimulatorState, 'toasts' | 'registrations' | 'dials'> {
  readonly meeting: Meeting;
  /** The buttons that are shown. */
  readonly buttons: readonly PluginButton[];
  readonly log: Controls['log'];
}

const buttonState = ({tooltip, isActive, hasBadge}: PluginButton): ButtonState => ({
  name: tooltip,
  pressed: isActive,
  badge: hasBadge,
});

const rosterEntry = ({participant}: Attendee): RosterEntry => ({
  uuid: String(participant.uuid),
  name: nameOf(participant),
  role: String(participant.role),
  waiting: participant.isWaiting === true,
  muted: participant.isMuted === true,
  videoMuted: participant.isCameraMuted === true,
  presenting: participant.isPresenting === true,
  spotlight: participant.isSpotlight === true,
  hand: participant.raisedHand === true,
});

/** Describes what is shown for the remote control. */
export const describeState = ({meeting, buttons, log, ...rest}: StateParts): SimulatorState => {
  const {attendees, present} = meeting.people;
  const roster = present.map(rosterEntry);
  const [first] = buttons;
  const {guestsMuted, locked} = meeting.conference.switches;
  return {
    phase: meeting.phase,
    button: first ? buttonState(first) : null,
    buttons: buttons.map((button) => ({...buttonState(button), icon: button.icon})),
    participants: roster.filter(({waiting}) => !waiting).map(({name}) => name),
    ringing: attendees.filter(({ringing}) => ringing).map(({participant}) => nameOf(participant)),
    roster,
    guestsMuted,
    locked,
    ...rest,
    ...log,
  };
};
