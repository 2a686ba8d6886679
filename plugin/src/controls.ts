import {isParticipantID, type Plugin} from '@pexip/plugin-api';

import type {Control} from '../../src/protocol/controls.js';
import {field} from '../../src/protocol/guards.js';
import {warn} from './log.js';

/** What the page asks of the meeting, without what it says of its own panel. */
export type MeetingControl = Exclude<Control, {type: 'participants-state'}>;

/** The part of plugin-api's `conference` that controls need. */
export type ControlledMeeting = Pick<
  Plugin['conference'],
  | 'admit'
  | 'disconnect'
  | 'mute'
  | 'muteAllGuests'
  | 'muteVideo'
  | 'raiseHand'
  | 'sendDTMF'
  | 'setRole'
  | 'spotlight'
  | 'transfer'
>;

/** Who can be controlled. */
export interface ControlledPeople {
  readonly self: {readonly participantUuid: string} | undefined;
  mayInclude(uuid: string): boolean;
}

/** @returns the reply of the meeting; `undefined` if nobody there has this id */
const perform = async (
  meeting: ControlledMeeting,
  people: ControlledPeople,
  control: MeetingControl,
): Promise<unknown> => {
  if (control.type === 'mute-all-guests') return meeting.muteAllGuests({mute: control.muted});
  const {participantUuid} = control;
  if (!isParticipantID(participantUuid) || !people.mayInclude(participantUuid)) {
    warn(`${control.type}: nobody here has that id`);
    return;
  }
  // Left out, it means ourselves; a guest may do this for himself alone.
  const whose = participantUuid === people.self?.participantUuid ? {} : {participantUuid};
  switch (control.type) {
    case 'mute':
      return meeting.mute({mute: control.muted, ...whose});
    case 'mute-video':
      return meeting.muteVideo({muteVideo: control.muted, ...whose});
    case 'raise-hand':
      return meeting.raiseHand({raise: control.raised, ...whose});
    case 'admit':
      return meeting.admit({participantUuid});
    case 'disconnect':
      return meeting.disconnect({participantUuid});
    case 'spotlight':
      return meeting.spotlight({enable: control.active, participantUuid});
    case 'set-role':
      return meeting.setRole({
        role: control.role === 'host' ? 'chair' : 'guest',
        participantUuid,
      });
    case 'transfer': {
      const {alias: destination, role = 'guest', pin = ''} = control;
      return meeting.transfer({destination, role, pin, participantUuid});
    }
    case 'dtmf':
      return meeting.sendDTMF({digits: control.digits, participantUuid});
  }
};

/**
 * Makes what carries out the page's controls. None is answered: the roster tells what has come of it.
 * A reply may never come, so nothing waits for one; a refusal is one line in the log, without what was
 * asked.
 */
export const controlMeeting =
  (meeting: ControlledMeeting, people: ControlledPeople) =>
  (control: MeetingControl): void => {
    const refused = (): void => warn(`${control.type}: the meeting refused`);
    perform(meeting, people, control).then((reply) => {
      const status = field(reply, 'status');
      if (status !== undefined && status !== 200) refused();
    }, refused);
  };
