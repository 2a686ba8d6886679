import {field, LIMITS, text} from '../../src/protocol/guards.js';
import {readParticipant, type Participant} from '../../src/protocol/roster.js';

/** Someone Web App 3 has told of. */
export interface Entry {
  readonly participant: Participant;
  /** The phone still rings: not in the meeting, and not in its lobby either. */
  readonly rings: boolean;
}

type Fields = Readonly<Record<string, unknown>>;
type Get = (name: string) => unknown;

/** The flags of plugin-api's `InfinityParticipant`, as events tell them. */
const ofEvent = (get: Get): Fields => ({
  displayName: get('displayName'),
  uri: get('uri'),
  isWaiting: get('isWaiting'),
  isHost: get('isHost'),
  isMuted: get('isMuted'),
  isClientMuted: get('isClientMuted'),
  isCameraMuted: get('isCameraMuted'),
  isPresenting: get('isPresenting'),
  isSpotlight: get('isSpotlight'),
  raisedHand: get('raisedHand'),
  can: {
    control: get('canControl'),
    mute: get('canMute'),
    disconnect: get('canDisconnect'),
    transfer: get('canTransfer'),
    spotlight: get('canSpotlight'),
    fecc: get('canFecc'),
    raiseHand: get('canRaiseHand'),
    changeLayout: get('canChangeLayout'),
  },
});

const isTime = (value: unknown): boolean => typeof value === 'number' && value > 0;

const textOf = (value: unknown): string => text(value, LIMITS.name) ?? '';

/**
 * The same of Pexip's client REST API, where some flags are texts, and what may be asked follows from
 * the role and the kind of service.
 *
 * Source: @pexip/infinity-api, `ParticipantsMap`; the meaning of its fields in @pexip/infinity.
 */
const ofReply = (get: Get): Fields => {
  // Most are 'YES' or 'NO', some booleans.
  const is = (name: string): boolean => get(name) === true || get(name) === 'YES';
  const service = get('service_type');
  const isHost = get('role') === 'chair';
  const inMeeting = service === 'conference' || service === 'lecture';
  return {
    // As Pexip's own client names someone without a name.
    displayName: textOf(get('display_name')) || textOf(get('uri')).replace(/^sip:/, ''),
    uri: get('uri'),
    isWaiting: service === 'waiting_room',
    isHost,
    isMuted: is('is_muted'),
    isClientMuted: is('is_client_muted'),
    isCameraMuted: is('is_video_muted'),
    isPresenting: is('is_presenting'),
    // Since when, or 0.
    isSpotlight: isTime(get('spotlight')),
    raisedHand: isTime(get('buzz_time')),
    can: {
      control: isHost && inMeeting,
      mute: is('mute_supported'),
      disconnect: is('disconnect_supported'),
      transfer: is('transfer_supported'),
      spotlight: service !== 'gateway',
      fecc: is('fecc_supported'),
      raiseHand: service !== 'gateway',
      changeLayout: isHost && (inMeeting || service === 'gateway'),
    },
  };
};

/** Names that only a participant of the REST API has; any of them may be missing. */
const REPLY_NAMES = ['service_type', 'display_name', 'is_muted'];

/**
 * Reads a participant: as events have them, with names like `displayName`, or as the reply of
 * `requestParticipants` has them, with names like `display_name`.
 *
 * @returns `undefined` without a uuid
 */
export const readEntry = (data: unknown): Entry | undefined => {
  const get: Get = (name) => field(data, name);
  const isReply = REPLY_NAMES.some((name) => get(name) !== undefined);
  const participant = readParticipant({
    uuid: get('uuid'),
    ...(isReply ? ofReply(get) : ofEvent(get)),
  });
  const service = get(isReply ? 'service_type' : 'serviceType');
  return participant && {participant, rings: service === 'connecting'};
};
