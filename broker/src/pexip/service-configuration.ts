import {createHash} from 'node:crypto';

import type {BrokerSettings} from '../config/settings.js';
import type {Meeting, Role} from '../meetings/meeting.js';
import {pexipText} from './pexip-text.js';

/** By which Pexip Infinity tells the broker's meetings from others; Rocket.Chat's own value. */
const SERVICE_TAG = 'rocket.chat';
const NONE = '';
const PINS = 1_000_000;

/** What a meeting is configured from. */
export type ServiceSettings = Pick<BrokerSettings, 'pexip' | 'recording'>;

/** Who asks, as far as it changes something. */
export interface Asker {
  /** By a ticket that holds. */
  readonly role?: Role;
  /** UUID of the breakout room that is asked for. */
  readonly breakout?: string;
}

const sixDigits = (number: number): string => String(number).padStart(6, '0');

/**
 * The guest PIN of a meeting that is for its people only: nobody is ever told it. Without `allow_guests`
 * Pexip Infinity would make everybody a host, those with a guest's ticket as well.
 */
const closedPin = ({id, hostPin}: Meeting): string => {
  const number = createHash('sha256').update(`${id}:${hostPin}`).digest().readUInt32BE() % PINS;
  return sixDigits(number) === hostPin ? sixDigits((number + 1) % PINS) : sixDigits(number);
};

/**
 * The PINs that are asked for. Web App 3 asks before the participant's properties are looked up, so that
 * a ticket must count here already. PINs are among the few things in which the answers for one alias may
 * differ. A guest's ticket spares no host's PIN: should the second look-up fail, he is a guest still.
 */
const pinsFor = (meeting: Meeting, role: Role | undefined): Readonly<Record<string, string>> => {
  const {hostPin, guestPin, guests} = meeting;
  if (role === 'chair') return {pin: NONE, guest_pin: NONE};
  if (role === 'guest') return {pin: hostPin, guest_pin: NONE};
  const other = guestPin ?? (guests ? undefined : closedPin(meeting));
  return {pin: hostPin, ...(other !== undefined && {guest_pin: other})};
};

const recorder = ({alias, title, callType}: Meeting, {recording}: ServiceSettings): object => ({
  local_alias: alias,
  local_display_name: pexipText(title),
  remote_alias: recording.destination,
  remote_display_name: pexipText(recording.name),
  protocol: recording.protocol,
  role: 'guest',
  call_type: callType,
  streaming: 'yes',
  routing: 'manual',
  // It must not hold a meeting that everybody has left.
  keep_conference_alive: 'keep_conference_alive_never',
});

/** A name that tells two of them apart: which one a host gave is not in the request. */
const breakoutOf = ({title}: Meeting, breakout: string): object => ({
  breakout: true,
  breakout_rooms: false,
  breakout_uuid: breakout,
  breakout_name: pexipText(`${breakout.slice(0, 4)} ${title}`),
});

/**
 * What Pexip Infinity makes a conference from: `result` of its service configuration (section "Service
 * configuration response" of its policy documentation). A breakout room is the same conference with a
 * part of its own, and is not recorded, as the meeting is.
 */
export const serviceConfiguration = (
  meeting: Meeting,
  settings: ServiceSettings,
  {role, breakout}: Asker = {},
): object => {
  const {id, title, callType, chat, record} = meeting;
  const text = pexipText(title);
  const isRecorded = record === 'automatic' && settings.recording.destination !== undefined;
  return {
    service_type: 'conference',
    name: id,
    service_tag: SERVICE_TAG,
    description: text,
    local_display_name: text,
    ...pinsFor(meeting, role),
    allow_guests: true,
    call_type: callType,
    enable_chat: chat,
    ivr_theme_name: settings.pexip.theme,
    ...(breakout === undefined ? {breakout_rooms: true} : breakoutOf(meeting, breakout)),
    ...(isRecorded &&
      breakout === undefined && {automatic_participants: [recorder(meeting, settings)]}),
  };
};
