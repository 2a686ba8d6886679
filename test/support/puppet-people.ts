import {oneEvent} from '@open-wc/testing';

import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {ACTION_PREFIXES} from '../../src/protocol/dialects.js';
import {setAttributes, place} from './mount.js';
import {nextMessage, puppetSends} from './puppet.js';
import {simulators} from 'test-simulators';

/** Resolves with the next puppet that has come. */
export const puppetComes = (): Promise<MessageEvent> =>
  nextMessage(({data}) => data?.puppet === 'here');

/** A message of the second dialect as it travels. */
export const videoconf = (name: string, fields: object = {}): object => ({
  action: ACTION_PREFIXES.videoconf + name,
  ...fields,
});

/** A message of the documented dialect as it travels. */
export const documented = (name: string, fields: object = {}): object => ({
  action: ACTION_PREFIXES['external-chat'] + name,
  ...fields,
});

/** All that a plugin of the second dialect may offer. */
export const FEATURES: readonly string[] = [
  ...['chat', 'dial-out', 'participants', 'roster', 'self', 'mute', 'mute-video'],
  ...['mute-all-guests', 'admit', 'disconnect', 'spotlight', 'raise-hand', 'set-role'],
  ...['transfer', 'dtmf'],
];

/**
 * A room whose plugin is written by hand: `say()` sends what such a plugin would, and resolves when
 * it has arrived. Removed after the test.
 *
 * @param page the page that the room is in; this one if left out
 */
export const setupPuppetPeople = async (
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  page: Document = document,
) => {
  const comes = puppetComes();
  const room: PexipChatRoomElement = page.createElement('pexip-chat-room');
  setAttributes(room, {node: simulators.puppetNode, room: 'x', ...attributes});
  if (page === document) place(room);
  else page.body.append(room);
  await comes;
  const puppet = (): Window => room.renderRoot.querySelector('iframe')!.contentWindow!;
  const say = async (...messages: readonly unknown[]): Promise<void> => {
    for (const message of messages) await puppetSends(puppet(), message);
  };
  return {room, puppet, say};
};

/** The same, with the plugin ready, in the second dialect, and the person in the meeting. */
export const setupPuppetCall = async (
  features: readonly string[] = FEATURES,
  attributes?: Readonly<Record<string, string | boolean | undefined>>,
) => {
  const {room, puppet, say} = await setupPuppetPeople(attributes);
  const connected = oneEvent(room, 'pexip-connected');
  await say(videoconf('ready', {features}), videoconf('connected'));
  await connected;
  return {room, puppet, say};
};
