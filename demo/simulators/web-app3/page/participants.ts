import {CallType, type InfinityParticipant, type ParticipantID} from '@pexip/plugin-api';

import type {PersonTraits} from '../person-traits.js';
import {restOf} from './rest.js';

type Members = Partial<InfinityParticipant>;

/** Where a participant comes from. */
export interface Origin {
  readonly uri?: string;
  readonly protocol?: InfinityParticipant['protocol'];
  /** Where a node has given one. */
  readonly uuid?: string | undefined;
}

const seconds = (): number => Date.now() / 1000;

const roleMembers = (role: unknown, serviceType: unknown): Members => {
  // canControl of Pexip's client: the participant is a host, and not in the lobby.
  const canControl = role === 'chair' && serviceType === 'conference';
  return {isHost: role === 'chair', canControl, canChangeLayout: canControl};
};

/**
 * Changes a participant as the node does: a role brings its rights with it, a hand its time.
 *
 * @returns the same object if nothing changes
 */
export const changeParticipant = (
  participant: InfinityParticipant,
  traits: PersonTraits,
): InfinityParticipant => {
  const {name, role, waiting, handRaised, spotlight, presenting, muted} = traits;
  const {cameraMuted, microphoneMuted, fields} = traits;
  const serviceType = waiting ? 'waiting_room' : 'conference';
  const members: Members = {
    ...(name !== undefined && {displayName: name, overlayText: name}),
    ...(role !== undefined && {role}),
    ...(waiting !== undefined && {isWaiting: waiting, serviceType}),
    ...(presenting !== undefined && {isPresenting: presenting}),
    ...(muted !== undefined && {isMuted: muted}),
    ...(cameraMuted !== undefined && {isCameraMuted: cameraMuted}),
    ...(microphoneMuted !== undefined && {isClientMuted: microphoneMuted}),
    ...(handRaised !== undefined && {
      raisedHand: handRaised,
      handRaisedTime: handRaised ? participant.handRaisedTime || seconds() : 0,
    }),
    ...(spotlight !== undefined && {
      isSpotlight: spotlight,
      spotlightOrder: spotlight ? participant.spotlightOrder || seconds() : 0,
    }),
  };
  const next = {...participant, ...members};
  if (role !== undefined || waiting !== undefined) {
    Object.assign(next, roleMembers(next.role, next.serviceType));
  }
  const changed = {...next, ...fields};
  const isSame = Object.entries(changed).every(
    ([key, value]) => participant[key as keyof InfinityParticipant] === value,
  );
  return isSame ? participant : {...changed, rawData: restOf(changed), ...fields};
};

/** Makes a participant with a new uuid in the shape of plugin-api's `InfinityParticipant`. */
export const createParticipant = (
  traits: PersonTraits,
  {uri = '', protocol = 'api', uuid = crypto.randomUUID()}: Origin = {},
): InfinityParticipant => {
  const startAt = new Date();
  const participant: Omit<InfinityParticipant, 'rawData'> = {
    uuid: uuid as ParticipantID,
    displayName: '',
    overlayText: '',
    uri,
    protocol,
    role: 'guest',
    isHost: false,
    isClientMuted: false,
    isCameraMuted: false,
    startAt,
    startTime: startAt.getTime() / 1000,
    callType: CallType.video,
    vendor: 'Simulator',
    serviceType: 'conference',
    canControl: false,
    canChangeLayout: false,
    canDisconnect: true,
    canMute: true,
    canTransfer: true,
    canFecc: false,
    canRaiseHand: true,
    canSpotlight: true,
    canReceivePersonalMix: false,
    handRaisedTime: 0,
    isConjoined: false,
    isExternal: false,
    isGateway: false,
    isMainVideoDroppedOut: false,
    isMuted: false,
    isPresenting: false,
    isSpotlight: false,
    isStreaming: false,
    isTransferring: false,
    isVideoSilent: false,
    isWaiting: false,
    needsPresentationInMix: false,
    raisedHand: false,
    rxPresentation: true,
    spotlightOrder: 0,
    receiveFromVideoMix: {mix_name: 'main', timestamp: 0},
  };
  return changeParticipant({...participant, rawData: restOf(participant)}, traits);
};
