import {field} from '../../../src/protocol/guards.js';
import type {Reader} from './policy-server.js';

/** What a policy server says of one participant; what it leaves out stays as it is. */
export interface ParticipantProperties {
  readonly preauthenticatedRole?: 'chair' | 'guest';
  readonly displayName?: string;
  readonly remoteAlias?: string;
  readonly callTag?: string;
  /** Why the participant is sent away. */
  readonly rejectReason?: string;
}

const TEXTS = {
  remote_display_name: 'displayName',
  remote_alias: 'remoteAlias',
  call_tag: 'callTag',
  reject_reason: 'rejectReason',
} as const;

/** Reads the answer to `participant/properties`; one wrong value, and all of it counts for nothing. */
export const readProperties: Reader<ParticipantProperties> = (result) => {
  const role = field(result, 'preauthenticated_role') ?? undefined;
  if (role !== undefined && role !== 'chair' && role !== 'guest')
    return {why: 'preauthenticated_role is wrong.'};
  const value: Record<string, string> = {};
  for (const [name, member] of Object.entries(TEXTS)) {
    const given = field(result, name) ?? undefined;
    if (given !== undefined && typeof given !== 'string') return {why: `${name} is wrong.`};
    if (given) value[member] = given;
  }
  return {value: {...value, ...(role && {preauthenticatedRole: role})}};
};
