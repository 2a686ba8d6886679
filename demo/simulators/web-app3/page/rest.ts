import {CallType, type InfinityParticipant} from '@pexip/plugin-api';

const yesOrNo = (value: unknown): 'YES' | 'NO' => (value === true ? 'YES' : 'NO');

/**
 * The object of Pexip's REST interface that a participant is made of. Its `rawData`, and what
 * `conference:requestParticipants` lists. The way back is `normalizeParticipant` of @pexip/infinity 20.
 *
 * @see https://docs.pexip.com/api_client/api_rest.htm#participants
 */
export const restOf = (
  participant: Omit<InfinityParticipant, 'rawData'>,
): InfinityParticipant['rawData'] => ({
  api_url: `/participants/${participant.uuid}`,
  buzz_time: participant.handRaisedTime,
  call_direction: 'in',
  can_receive_personal_mix: participant.canReceivePersonalMix,
  disconnect_supported: yesOrNo(participant.canDisconnect),
  display_name: participant.displayName ?? '',
  encryption: 'On',
  external_node_uuid: '',
  fecc_supported: yesOrNo(participant.canFecc),
  has_media: true,
  is_audio_only_call: yesOrNo(participant.callType === CallType.audio),
  is_client_muted: participant.isClientMuted,
  is_conjoined: participant.isConjoined,
  is_external: participant.isExternal,
  is_main_video_dropped_out: participant.isMainVideoDroppedOut,
  is_muted: yesOrNo(participant.isMuted),
  is_presenting: yesOrNo(participant.isPresenting),
  is_streaming_conference: participant.isStreaming,
  is_transferring: participant.isTransferring,
  is_video_call: yesOrNo(participant.callType === CallType.video),
  is_video_muted: participant.isCameraMuted,
  is_video_silent: participant.isVideoSilent,
  local_alias: '',
  mute_supported: yesOrNo(participant.canMute),
  needs_presentation_in_mix: participant.needsPresentationInMix,
  overlay_text: participant.overlayText,
  protocol: participant.protocol,
  receive_from_video_mix: participant.receiveFromVideoMix,
  role: participant.role,
  rx_presentation_policy: participant.rxPresentation ? 'ALLOW' : 'DENY',
  ...(participant.serviceType && {service_type: participant.serviceType}),
  spotlight: participant.spotlightOrder,
  start_time: participant.startTime,
  supports_direct_chat: true,
  transfer_supported: yesOrNo(participant.canTransfer),
  uri: participant.uri,
  uuid: participant.uuid,
  vendor: participant.vendor ?? '',
});
