/** Where the simulated participant is. */
export type Phase = 'preflight' | 'joining' | 'in-meeting' | 'left' | 'dropped';

/** What the simulator shows, as its remote control tells it. */
export interface SimulatorState {
  readonly phase: Phase;
  /** The plugin's first toolbar button, `null` while none is shown. */
  readonly button: {
    readonly name: string;
    readonly pressed: boolean;
    readonly badge: boolean;
  } | null;
  /** Names of those in the meeting, the simulated person first. */
  readonly participants: readonly string[];
  /** Names of those being dialled. */
  readonly ringing: readonly string[];
  /** Messages on show. */
  readonly toasts: readonly string[];
  /** How many `syn` calls were accepted since the page was loaded. */
  readonly registrations: number;
  /** The payloads of all `conference:dialOut` calls since the page was loaded, as they came. */
  readonly dials: readonly unknown[];
}

/** What the remote control can ask for. */
export type RemoteCommand =
  | {readonly command: 'state'}
  | {readonly command: 'join'}
  | {readonly command: 'leave'}
  | {readonly command: 'drop'; readonly error?: string; readonly errorCode?: string}
  | {readonly command: 'click-chat'}
  | {readonly command: 'reload-plugin'}
  | {readonly command: 'reload'}
  | {readonly command: 'navigate'; readonly url: string}
  | {readonly command: 'set-ring'; readonly ms: number}
  | {readonly command: 'answer'}
  | {readonly command: 'set-plugin-frame'; readonly present: boolean}
  | {readonly command: 'add-frame'; readonly url: string; readonly sandbox?: string}
  | {readonly command: 'remove-frame'}
  | {readonly command: 'post'; readonly message: unknown; readonly to: 'page' | 'plugin'};

/** Marks every message of the remote control, both ways. */
export const SIMULATOR = 'web-app3';
