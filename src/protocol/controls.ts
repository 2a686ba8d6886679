/**
 * What the page asks of the meeting: messages of the second dialect, `rocketchat:videoconf/<name>`,
 * in whichever dialect the rest travels. None is answered; the roster tells what has come of it.
 *
 * Source: RocketChat/Pexip.External.Chat, branch v2, README, "postMessage API" (facts/pexip.md 2.2).
 */
import {ACTION_PREFIXES, readAction, type Action} from './dialects.js';
import {field, identifier, LIMITS} from './guards.js';

/** What the page asks of the meeting. The names are also those of the plugin's features. */
export type Control =
  | {
      readonly type: 'mute' | 'mute-video';
      readonly participantUuid: string;
      readonly muted: boolean;
    }
  | {readonly type: 'mute-all-guests'; readonly muted: boolean}
  | {readonly type: 'admit' | 'disconnect'; readonly participantUuid: string}
  | {readonly type: 'spotlight'; readonly participantUuid: string; readonly active: boolean}
  | {readonly type: 'raise-hand'; readonly participantUuid: string; readonly raised: boolean}
  | {
      readonly type: 'set-role';
      readonly participantUuid: string;
      readonly role: 'host' | 'guest';
    }
  | ({readonly type: 'transfer'; readonly participantUuid: string} & TransferTarget)
  | {readonly type: 'dtmf'; readonly participantUuid: string; readonly digits: string}
  | {readonly type: 'participants-state'; readonly active: boolean};

/** Where a participant is sent. */
export interface TransferTarget {
  /** Alias of the other meeting, at most 255 characters. */
  readonly alias: string;
  /** The role there; a guest if left out. */
  readonly role?: 'host' | 'guest';
  /** PIN of the other meeting: digits, which may end with `#`. */
  readonly pin?: string;
}

/**
 * The methods of a room: the control each sends, and the fields its arguments are, in their order.
 * What is switched is switched on unless the page says otherwise.
 */
export const CONTROL_METHODS = {
  mute: ['mute', 'participantUuid', 'muted'],
  muteVideo: ['mute-video', 'participantUuid', 'muted'],
  muteAllGuests: ['mute-all-guests', 'muted'],
  admit: ['admit', 'participantUuid'],
  disconnectParticipant: ['disconnect', 'participantUuid'],
  spotlight: ['spotlight', 'participantUuid', 'active'],
  raiseHand: ['raise-hand', 'participantUuid', 'raised'],
  setParticipantsActive: ['participants-state', 'active'],
  setRole: ['set-role', 'participantUuid', 'role'],
  transfer: ['transfer', 'participantUuid', 'target'],
  sendDtmf: ['dtmf', 'participantUuid', 'digits'],
} as const satisfies Readonly<Record<string, readonly [Control['type'], ...string[]]>>;

export type ControlMethod = keyof typeof CONTROL_METHODS;

/** A checked control, or the name of the first field that is missing or wrong. */
export type ControlCheck = {readonly control: Control} | {readonly field: string};

type Check = (value: unknown) => boolean;

const isFlag: Check = (value) => typeof value === 'boolean';
const isRole: Check = (value) => value === 'host' || value === 'guest';
const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const participantUuid: Check = (value) => identifier(value) !== undefined;
// One word: nothing can be smuggled behind the alias.
const alias: Check = (value) =>
  identifier(value, LIMITS.name - 1) !== undefined && matches(/^[^\s\p{Cc}]+$/u)(value);

const FIELDS: {readonly [Type in Control['type']]: Readonly<Record<string, Check>>} = {
  mute: {participantUuid, muted: isFlag},
  'mute-video': {participantUuid, muted: isFlag},
  'mute-all-guests': {muted: isFlag},
  admit: {participantUuid},
  disconnect: {participantUuid},
  spotlight: {participantUuid, active: isFlag},
  'raise-hand': {participantUuid, raised: isFlag},
  'set-role': {participantUuid, role: isRole},
  transfer: {
    participantUuid,
    alias,
    role: optional(isRole),
    pin: optional(matches(/^\d{0,20}#?$/)),
  },
  dtmf: {participantUuid, digits: matches(/^[\d*#A-D,]{1,64}$/)},
  'participants-state': {active: isFlag},
};

/** Checks the fields of a control. Unknown fields are dropped, and nothing is defaulted. */
export const checkControl = (type: Control['type'], data: unknown): ControlCheck => {
  const control: Record<string, unknown> = {type};
  for (const [name, passes] of Object.entries(FIELDS[type])) {
    const value = field(data, name);
    if (!passes(value)) return {field: name};
    if (value !== undefined) control[name] = value;
  }
  return {control: control as unknown as Control};
};

/** Reads a control of the page; `undefined` for anything else, and for one with a wrong field. */
export const parseControl = (
  data: unknown,
  action: Action | undefined = readAction(data),
): Control | undefined => {
  const {dialect, name = ''} = action ?? {};
  if (dialect !== 'videoconf' || !Object.hasOwn(FIELDS, name)) return;
  const check = checkControl(name as Control['type'], data);
  return 'control' in check ? check.control : undefined;
};

/** The control as it travels. */
export const controlToWire = ({type, ...fields}: Control): Record<string, unknown> => ({
  action: ACTION_PREFIXES.videoconf + type,
  ...fields,
});
