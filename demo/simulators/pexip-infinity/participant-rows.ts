import {randomUUID} from 'node:crypto';

import type {Role} from './admission.js';
import type {Service} from './service.js';

/** Somebody as events tell of him; members may change. */
export type Row = Record<string, unknown> & {readonly uuid: string};

/** What rows are made of. */
export interface RowTraits {
  readonly service: Service;
  readonly alias: string;
  readonly name: string;
  readonly role: Role;
  readonly callTag: string;
  readonly remoteAlias: string;
  /** Addresses of the node that was called, and of the one that has the media. */
  readonly node: string;
  readonly mediaNode: string;
  readonly location: string;
  /** Epoch seconds. */
  readonly connectTime: number;
}

/** Members of the row of a recorder or another participant that Infinity has dialled. */
export interface Dialled {
  readonly protocol: string;
  readonly isStreaming: boolean;
}

const baseRow = (traits: RowTraits, uuid: string): Row => ({
  uuid,
  call_direction: 'in',
  call_id: randomUUID(),
  call_tag: traits.callTag,
  conference: traits.service.name,
  connect_time: traits.connectTime,
  conversation_id: randomUUID(),
  destination_alias: traits.alias,
  display_name: traits.name,
  encryption: 'On',
  has_media: false,
  is_client_muted: false,
  is_idp_authenticated: false,
  is_muted: false,
  is_presenting: false,
  is_streaming: false,
  media_node: traits.mediaNode,
  proxy_node: '',
  related_uuids: [],
  remote_address: '192.0.2.33',
  role: traits.role,
  rx_bandwidth: 1264,
  service_tag: traits.service.tag,
  service_type: traits.service.type,
  signalling_node: traits.node,
  source_alias: traits.remoteAlias,
  system_location: traits.location,
  tx_bandwidth: 1264,
  vendor: 'Pexip Infinity Connect',
});

/**
 * The two rows of somebody who comes by Web App 3: his signalling and his media, each of which names the
 * other. Infinity counts them as one.
 */
export const webRtcRows = (
  traits: RowTraits,
  {api, media}: {readonly api: string; readonly media: string},
): Row[] => [
  {...baseRow(traits, api), protocol: 'API', related_uuids: [media]},
  {...baseRow(traits, media), protocol: 'WebRTC', has_media: true, related_uuids: [api]},
];

/** The row of a device that calls by SIP, H.323 or telephone. */
export const deviceRow = (traits: RowTraits, protocol: string, uuid: string): Row => ({
  ...baseRow(traits, uuid),
  protocol,
  has_media: true,
  vendor: 'Room system',
});

/** The row of somebody whom Infinity has dialled, as a recorder. */
export const dialledRow = (traits: RowTraits, {protocol, isStreaming}: Dialled): Row => ({
  ...baseRow(traits, randomUUID()),
  protocol,
  call_direction: 'out',
  has_media: true,
  is_streaming: isStreaming,
  vendor: 'Pexip Infinity',
});
