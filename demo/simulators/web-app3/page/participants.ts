import {CallType, type InfinityParticipant, type ParticipantID} from '@pexip/plugin-api';

/** What tells one participant from another. */
export interface ParticipantTraits {
  readonly name: string;
  readonly role: 'chair' | 'guest';
  readonly uri?: string;
  readonly protocol?: InfinityParticipant['protocol'];
  readonly microphoneMuted?: boolean;
  readonly cameraMuted?: boolean;
}

/** Someone in the meeting, or on the way into it. */
export interface Attendee {
  readonly participant: InfinityParticipant;
  readonly ringing: boolean;
}

/** Makes a participant with a new uuid in the shape of plugin-api's `InfinityParticipant`. */
export const createParticipant = ({
  name,
  role,
  uri = '',
  protocol = 'api',
  microphoneMuted = false,
  cameraMuted = false,
}: ParticipantTraits): InfinityParticipant => {
  const uuid = crypto.randomUUID() as string as ParticipantID;
  const isHost = role === 'chair';
  const startAt = new Date();
  return {
    uuid,
    displayName: name,
    overlayText: name,
    uri,
    protocol,
    role,
    isHost,
    isClientMuted: microphoneMuted,
    isCameraMuted: cameraMuted,
    startAt,
    startTime: startAt.getTime() / 1000,
    callType: CallType.video,
    vendor: 'Simulator',
    serviceType: 'conference',
    canControl: isHost,
    canChangeLayout: isHost,
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
    // The REST object behind a participant has some fifty members; these are the ones in use.
    rawData: {
      uuid,
      display_name: name,
      role,
      uri,
      protocol,
    } as unknown as InfinityParticipant['rawData'],
  };
};
