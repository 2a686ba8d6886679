import {isRPCCall, type Channel, type EventMessage} from '@pexip/plugin-api';

import {field, identifier} from '../../../../src/protocol/guards.js';

/** A call of a plugin whose payload nobody has looked at yet. */
export interface PluginCall {
  readonly rpc: string;
  readonly id: string;
  readonly chanId: string;
  readonly payload: unknown;
}

/** A plugin's call together with the way to answer it, which may stay unused. */
export interface AnswerableCall extends PluginCall {
  reply(payload: unknown): void;
}

/** Serves one method of plugin-api. */
export type RpcHandler = (call: AnswerableCall) => void;

/** An event for plugins, with the payload that plugin-api expects under its name. */
export type HostEvent = {
  [Name in keyof EventMessage]: {
    readonly event: Name;
    readonly payload: EventMessage[Name]['payload'];
  };
}[keyof EventMessage];

/** Reads a call from a message; `undefined` if it is none. */
export const parseCall = (data: unknown): PluginCall | undefined => {
  if (!isRPCCall(data)) return;
  const rpc = identifier(field(data, 'rpc'));
  const id = identifier(field(data, 'id'));
  const chanId = identifier(field(data, 'chanId'), 512);
  return rpc && id && chanId ? {rpc, id, chanId, payload: field(data, 'payload')} : undefined;
};

/** Answers a call. The simulator also answers as no type of plugin-api allows, as real ones do. */
export const replyTo = (channel: Channel, {rpc, id}: PluginCall, payload: unknown): void => {
  channel.replyRPC({rpc, replyTo: id, payload} as Parameters<Channel['replyRPC']>[0]);
};
