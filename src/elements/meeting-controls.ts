import type {ControlMethod, TransferTarget} from '../protocol/controls.js';

/** What a room asks of its meeting by the file `people`; each is a method of the element. */
export const CONTROLS =
  'mute,muteVideo,muteAllGuests,admit,disconnectParticipant,spotlight,raiseHand,setParticipantsActive,setRole,transfer,sendDtmf'.split(
    ',',
  ) as ControlMethod[];

/** Controls of the meeting. */
export interface MeetingControls {
  /**
   * Mutes a participant for the meeting, or ends that. As all controls: resolves once it is sent, as
   * the meeting answers none; `pexip-roster-changed` tells what has come of it.
   *
   * @throws {PexipChatError} `unsupported`: `features` lacks it, or the participant's `can` or the
   * person's role forbids it; `not-connected`, `invalid-argument`, `part-failed`
   */
  mute(participantUuid: string, muted?: boolean): Promise<void>;

  /** Stops a participant's video for the meeting, or ends that. */
  muteVideo(participantUuid: string, muted?: boolean): Promise<void>;

  /** Mutes everybody who is no host, or ends that. */
  muteAllGuests(muted?: boolean): Promise<void>;

  /** Lets someone in who waits in the lobby. */
  admit(participantUuid: string): Promise<void>;

  /** Removes a participant from the meeting. */
  disconnectParticipant(participantUuid: string): Promise<void>;

  /** Keeps a participant in view for everybody, or ends that. */
  spotlight(participantUuid: string, active?: boolean): Promise<void>;

  /** Raises a participant's hand, or lowers it. */
  raiseHand(participantUuid: string, raised?: boolean): Promise<void>;

  /** Shows on the meeting's Participants button whether the page's panel is open. */
  setParticipantsActive(active: boolean): Promise<void>;

  /** Makes a participant a host or a guest. */
  setRole(participantUuid: string, role: 'host' | 'guest'): Promise<void>;

  /** Sends a participant to another meeting. */
  transfer(participantUuid: string, target: TransferTarget): Promise<void>;

  /** Sends DTMF tones to a participant: digits, `*`, `#`, `A` to `D`, `,` for a pause, at most 64. */
  sendDtmf(participantUuid: string, digits: string): Promise<void>;
}
