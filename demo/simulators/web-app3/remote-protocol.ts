import type {PersonTraits} from './person-traits.js';

/** Where the simulated participant is; `refused`: the node has not let him in. */
export type Phase = 'preflight' | 'joining' | 'in-meeting' | 'left' | 'dropped' | 'refused';

/** A plugin's toolbar button that is shown. */
export interface ButtonState {
  /** The tooltip. */
  readonly name: string;
  readonly pressed: boolean;
  readonly badge: boolean;
}

/** A toolbar button together with how it looks. */
export interface DrawnButtonState extends ButtonState {
  /** The icon's name; empty for a drawing of the plugin's own. */
  readonly icon: string;
}

/** Someone in the meeting or in its lobby. */
export interface RosterEntry {
  readonly uuid: string;
  readonly name: string;
  readonly role: string;
  /** Waits in the lobby. */
  readonly waiting: boolean;
  /** Muted by the conference. */
  readonly muted: boolean;
  readonly videoMuted: boolean;
  readonly presenting: boolean;
  readonly spotlight: boolean;
  readonly hand: boolean;
}

/** A call of plugin-api that controls the meeting. */
export interface ControlCall {
  /** As it travels, such as `participant:mute`. */
  readonly name: string;
  /** As it came. */
  readonly payload: unknown;
}

/** What the simulator shows, as its remote control tells it. */
export interface SimulatorState {
  readonly phase: Phase;
  /** The plugin's first toolbar button, `null` while none is shown. */
  readonly button: ButtonState | null;
  /** All toolbar buttons that are shown. */
  readonly buttons: readonly DrawnButtonState[];
  /** Names of those in the meeting, the simulated person first. */
  readonly participants: readonly string[];
  /** Names of those being dialled. */
  readonly ringing: readonly string[];
  /** Those in the meeting and in its lobby, the simulated person first; nobody who is being dialled. */
  readonly roster: readonly RosterEntry[];
  /** Whether all guests are muted. */
  readonly guestsMuted: boolean;
  /** Whether guests who come wait in the lobby. */
  readonly locked: boolean;
  /** Messages on show. */
  readonly toasts: readonly string[];
  /** How many `syn` calls were accepted since the page was loaded. */
  readonly registrations: number;
  /** The payloads of all `conference:dialOut` calls since the page was loaded, as they came. */
  readonly dials: readonly unknown[];
  /** All calls that control the meeting since the page was loaded, refused ones too. */
  readonly controls: readonly ControlCall[];
  /** The payloads of the transfers that were made, as they came. */
  readonly transfers: readonly unknown[];
  /** What was sent by `participant:sendDTMF`, and to whom. */
  readonly dtmf: readonly {readonly uuid: string; readonly digits: string}[];
}

/** What the remote control can ask for. */
export type RemoteCommand =
  | {readonly command: 'state'}
  | {readonly command: 'join'}
  | {readonly command: 'leave'}
  | {readonly command: 'drop'; readonly error?: string; readonly errorCode?: string}
  | {readonly command: 'click-chat'}
  | {readonly command: 'click-button'; readonly name: string}
  | {readonly command: 'reload-plugin'}
  | {readonly command: 'reload'}
  | {readonly command: 'navigate'; readonly url: string}
  | {readonly command: 'set-ring'; readonly ms: number}
  | {readonly command: 'answer'}
  | {readonly command: 'bring-in'; readonly people: readonly PersonTraits[]}
  | {readonly command: 'flood'; readonly count: number; readonly traits: PersonTraits}
  | {readonly command: 'change'; readonly who: string | null; readonly traits: PersonTraits}
  | {readonly command: 'send-away'; readonly who: string}
  | {readonly command: 'set-plugin-frame'; readonly present: boolean}
  | {readonly command: 'add-frame'; readonly url: string; readonly sandbox?: string}
  | {readonly command: 'remove-frame'}
  | {readonly command: 'post'; readonly message: unknown; readonly to: 'page' | 'plugin'};

/** Marks every message of the remote control, both ways. */
export const SIMULATOR = 'web-app3';
