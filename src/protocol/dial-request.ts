import {field} from './guards.js';

/**
 * What the page asks Pexip Infinity to dial: the 12 documented fields of the external-chat
 * protocol, which are those of the body of Pexip's client REST request `dial`.
 */
export interface DialRequest {
  /** Privilege level of the dialled participant. */
  role: 'HOST' | 'GUEST';
  /**
   * The address to call, at most 255 characters and without a scheme, as `protocol` says how to dial:
   * `user@host`, a host, an alias or a number. With `rtmp` a URL that starts with `rtmp://` or `rtmps://`.
   */
  destination: string;
  /** Protocol used to place the call. */
  protocol: 'sip' | 'h323' | 'rtmp' | 'mssip' | 'auto';
  /** Limits the media of the call. */
  call_type?: 'video' | 'video-only' | 'audio';
  /** RTMP only: sends the presentation to this `rtmp(s)://` URL, at most 1024 characters. */
  presentation_url?: string;
  /** Marks the participant as a streaming or recording device. */
  streaming?: 'yes' | 'no';
  /** DTMF tones sent once the call connects: digits, `*`, `#`, `A` to `D`, `,` for a pause. */
  dtmf_sequence?: string;
  /** Source URI; must be valid for the conference. */
  source?: string;
  /** Calling display name. */
  source_display_name?: string;
  /** Name shown in participant lists and overlays. */
  remote_display_name?: string;
  /** Overlay text used instead of `remote_display_name`. */
  text?: string;
  /** Whether the conference goes on after the others have left. */
  keep_conference_alive?:
    'keep_conference_alive' | 'keep_conference_alive_if_multiple' | 'keep_conference_alive_never';
}

/** A checked request, or the name of the first field that is missing or wrong. */
export type DialCheck = {readonly request: DialRequest} | {readonly field: string};

// One line of plain text: no control characters, so nothing can be smuggled into a signalling header.
const line =
  (max: number) =>
  (value: string): boolean =>
    value.length <= max && /\S/.test(value) && !/\p{Cc}/u.test(value);
const oneOf =
  (...values: string[]) =>
  (value: string): boolean =>
    values.includes(value);

const USER = "[\\w.+*#~!$&'=-]+";
const HOST = String.raw`(?:\w[\w.-]*|\[[\da-f:.]+\])`;
const PORT = String.raw`(?::\d{1,5})?`;
// Without a scheme, as another one than that of `protocol` would lead elsewhere (`tel:`, `javascript:`),
// and without parameters or paths, which are ways to say more to a call server than whom to call.
const ADDRESS = new RegExp(
  `^(?:${USER}|${USER}@${HOST}${PORT}|[\\w-]+(?:\\.[\\w-]+)+:\\d{1,5})$`,
  'i',
);
const RTMP = /^rtmps?:\/\/[!#-;=?-[\]_a-z~]+$/i;

const address = (value: string): boolean => ADDRESS.test(value) && /[a-z\d]/i.test(value);

const REQUIRED = ['role', 'destination', 'protocol'];

type Check = (value: string, request: unknown) => boolean;

const CHECKS: {readonly [name in keyof Required<DialRequest>]: Check} = {
  role: oneOf('HOST', 'GUEST'),
  destination: (value, request) =>
    value.length <= 255 &&
    (field(request, 'protocol') === 'rtmp' ? RTMP.test(value) : address(value)),
  protocol: oneOf('sip', 'h323', 'rtmp', 'mssip', 'auto'),
  call_type: oneOf('video', 'video-only', 'audio'),
  presentation_url: (value) => value.length <= 1024 && RTMP.test(value),
  streaming: oneOf('yes', 'no'),
  dtmf_sequence: (value) => /^[0-9*#A-D,]{1,64}$/.test(value),
  source: line(255),
  source_display_name: line(255),
  remote_display_name: line(255),
  text: line(255),
  keep_conference_alive: oneOf(
    'keep_conference_alive',
    'keep_conference_alive_if_multiple',
    'keep_conference_alive_never',
  ),
};

/**
 * Checks the documented fields of a dial-out. Unknown fields are dropped, nothing is defaulted,
 * and an optional field that is `undefined` counts as left out.
 */
export const checkDialRequest = (data: unknown): DialCheck => {
  const request: Record<string, string> = {};
  for (const [name, passes] of Object.entries(CHECKS)) {
    const value = field(data, name);
    if (value === undefined && !REQUIRED.includes(name)) continue;
    if (typeof value !== 'string' || !passes(value, data)) return {field: name};
    request[name] = value;
  }
  return {request: request as unknown as DialRequest};
};
