/** Of whom Infinity asks a policy server. */
export interface Caller {
  readonly alias: string;
  readonly name: string;
  readonly callTag: string;
  readonly remoteAlias: string;
  /** Address of the node that he has called. */
  readonly node: string;
  readonly location: string;
  /** As he has called: `webrtc` for Web App 3. */
  readonly protocol: 'h323' | 'sip' | 'webrtc';
}

/** Of which conference, with a participant or a call to be made. */
export interface Conference {
  readonly name: string;
  readonly tag: string;
}

type Query = Readonly<Record<string, string>>;

const shared = (caller: Caller, protocol: string): Query => ({
  bandwidth: '0',
  call_tag: caller.callTag,
  encryption: 'On',
  has_authenticated_display_name: 'False',
  idp_uuid: '',
  local_alias: caller.alias,
  location: caller.location,
  node_ip: caller.node,
  protocol,
  pseudo_version_id: '77683.0.0',
  registered: 'False',
  remote_address: '192.0.2.33',
  remote_alias: caller.remoteAlias,
  remote_display_name: caller.name,
  remote_port: '41322',
  supports_direct_media: '0',
  teams_tenant_id: '',
  vendor: 'Mozilla/5.0 (Simulator)',
  version_id: '37',
});

/** The query of `service/configuration` for somebody who calls; apps report as `api` first. */
export const serviceQuery = (caller: Caller): Query => {
  const isApp = caller.protocol === 'webrtc';
  return {
    ...shared(caller, isApp ? 'api' : caller.protocol),
    call_direction: 'dial_in',
    previous_service_name: '',
    trigger: isApp ? 'web' : caller.protocol === 'sip' ? 'invite' : 'setup',
  };
};

/** The query of `service/configuration` for a call that Infinity makes out of a conference. */
export const dialQuery = (
  caller: Caller,
  {name, tag}: Conference,
  call: {readonly localAlias: string; readonly remoteAlias: string; readonly protocol: string},
): Query => ({
  ...shared({...caller, callTag: '', alias: call.localAlias}, call.protocol),
  call_direction: 'dial_out',
  remote_alias: call.remoteAlias,
  remote_display_name: '',
  service_name: name,
  service_tag: tag,
  unique_service_name: name,
  trigger: 'unspecified',
});

/** The query of `participant/properties`; for who comes by an app it is asked twice. */
export const propertiesQuery = (
  caller: Caller,
  {name, tag}: Conference,
  participant: {
    readonly type: 'api' | 'standard';
    readonly uuid: string;
    readonly callUuid: string;
    readonly role?: string | undefined;
  },
): Query => ({
  ...shared(caller, participant.type === 'api' ? 'api' : caller.protocol),
  bypass_lock: 'False',
  call_direction: 'dial_in',
  call_uuid: participant.callUuid,
  participant_type: participant.type,
  participant_uuid: participant.uuid,
  preauthenticated_role: participant.role ?? 'null',
  receive_from_audio_mix: 'main',
  send_to_audio_mixes_mix_name: 'main',
  service_name: name,
  service_tag: tag,
  trigger: 'web',
  unique_service_name: name,
});
