import {field} from '../../../src/protocol/guards.js';
import type {Reader} from './policy-server.js';

/** Somebody whom Infinity dials as soon as a conference begins. */
export interface AutomaticParticipant {
  readonly localAlias: string;
  readonly remoteAlias: string;
  readonly protocol: string;
  readonly role: 'chair' | 'guest';
  readonly displayName: string;
  readonly isStreaming: boolean;
}

/** A Virtual Meeting Room, as a policy server or Infinity's own configuration has it. */
export interface Service {
  /** By which events name it. */
  readonly name: string;
  readonly type: 'conference' | 'lecture';
  readonly tag: string;
  readonly pin?: string;
  readonly guestPin?: string;
  readonly allowGuests: boolean;
  readonly isLocked: boolean;
  readonly automatic: readonly AutomaticParticipant[];
  /** What has to be the same for everybody who joins, as a text. */
  readonly common: string;
}

/** The layouts that Infinity knows. */
const VIEWS = new Set(
  `one_main_zero_pips one_main_seven_pips one_main_twentyone_pips two_mains_twentyone_pips
  one_main_thirtythree_pips four_mains_zero_pips nine_mains_zero_pips sixteen_mains_zero_pips
  twentyfive_mains_zero_pips five_mains_seven_pips one_main_one_pip one_main_nine_around
  one_main_twelve_around two_mains_eight_around`.split(/\s+/),
);

const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  service_type: ['conference', 'lecture'],
  call_type: ['video', 'video-only', 'audio'],
  enable_chat: ['default', 'yes', 'no'],
};
const LAYOUTS = ['view', 'host_view', 'guest_view'];
const FLAGS = [
  'allow_guests',
  'locked',
  'enable_overlay_text',
  'enable_active_speaker_indication',
  'guests_can_present',
  'mute_all_guests',
];
const TEXTS = ['description', 'local_display_name', 'primary_owner_email_address'];
/** What may differ between those who join the same alias. */
const PERSONAL = /^(?:(?:guest_)?pin|(?:host|guest)_identity_provider_group|max_callrate_\w+)$/;
/** As the administrator's page takes them: 4 to 20 digits, with # for a variable length. */
const PIN = /^\d{4,20}#?$/;

const PROTOCOLS = ['h323', 'sip', 'mssip', 'rtmp'];

/**
 * Reads a service configuration as strictly as Infinity: one wrong value, and all of it counts for
 * nothing. What it does not know, it overlooks.
 *
 * @param themes names of the themes that are installed
 * @see https://docs.pexip.com/admin/external_policy_requests.htm
 */
export const serviceReader =
  (themes: readonly string[]): Reader<Service> =>
  (result) => {
    const of = (name: string): unknown => field(result, name);
    const wrong = (name: string): {why: string} => ({why: `${name} is wrong.`});
    for (const name of ['name', 'service_tag', 'service_type']) {
      if (typeof of(name) !== 'string' || !of(name)) return wrong(name);
    }
    for (const [name, choices] of Object.entries(CHOICES))
      if (of(name) !== undefined && !choices.includes(of(name))) return wrong(name);
    for (const name of LAYOUTS)
      if (of(name) !== undefined && !VIEWS.has(String(of(name)))) return wrong(name);
    for (const name of FLAGS)
      if (of(name) !== undefined && typeof of(name) !== 'boolean') return wrong(name);
    for (const name of TEXTS)
      if (of(name) !== undefined && typeof of(name) !== 'string') return wrong(name);
    const theme = of('ivr_theme_name');
    if (theme !== undefined && !themes.includes(String(theme))) return wrong('ivr_theme_name');
    const pin = pinOf(of('pin'));
    const guestPin = pinOf(of('guest_pin'));
    if (pin === null) return wrong('pin');
    if (guestPin === null || (guestPin && guestPin === pin)) return wrong('guest_pin');
    const allowGuests = of('allow_guests') === true;
    const automatic = automaticParticipants(of('automatic_participants'));
    if (!automatic) return wrong('automatic_participants');
    return {
      value: {
        name: String(of('name')),
        type: of('service_type') === 'lecture' ? 'lecture' : 'conference',
        tag: String(of('service_tag')),
        ...(pin && {pin}),
        ...(guestPin && allowGuests && {guestPin}),
        allowGuests,
        isLocked: of('locked') === true,
        automatic,
        common: commonPart(result),
      },
    };
  };

/** Null for what is no PIN; none is the empty text. */
const pinOf = (value: unknown): string | null => {
  if (value === undefined || value === null || value === '') return '';
  return typeof value === 'string' && PIN.test(value) ? value : null;
};

const automaticParticipants = (given: unknown): AutomaticParticipant[] | undefined => {
  if (given === undefined) return [];
  if (!Array.isArray(given)) return;
  const read = given.map(automaticParticipant);
  return read.every((each) => each !== undefined) ? read : undefined;
};

const automaticParticipant = (given: unknown): AutomaticParticipant | undefined => {
  const of = (name: string): unknown => field(given, name);
  const [localAlias, remoteAlias, protocol] = ['local_alias', 'remote_alias', 'protocol'].map(of);
  const role = of('role');
  if (typeof localAlias !== 'string' || typeof remoteAlias !== 'string' || !remoteAlias) return;
  if (!PROTOCOLS.includes(String(protocol)) || (role !== 'chair' && role !== 'guest')) return;
  const streaming = of('streaming');
  if (streaming !== undefined && ![true, false, 'yes', 'no'].includes(streaming as string)) return;
  return {
    localAlias,
    remoteAlias,
    protocol: String(protocol),
    role,
    displayName: String(of('remote_display_name') ?? remoteAlias),
    isStreaming: streaming === true || streaming === 'yes',
  };
};

const commonPart = (result: unknown): string =>
  JSON.stringify(
    Object.entries(result as object)
      .filter(([name]) => !PERSONAL.test(name))
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
