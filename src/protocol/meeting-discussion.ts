import {field, identifier} from './guards.js';

/** The answer of `POST /v1/meetings/<alias>/discussion`: the room that holds a meeting's conversation. */
export interface MeetingDiscussion {
  readonly roomId: string;
  /** Where Rocket.Chat shows it: the most likely one first, encoded. */
  readonly paths: readonly string[];
}

/** Rocket.Chat's paths by the kind of a room. */
const KINDS: Readonly<Record<string, readonly string[]>> = {c: ['channel'], p: ['group']};
/** A discussion is of the kind of the room in which it was made; most meetings begin in a channel. */
const EITHER = ['channel', 'group'];

/** A room's id stands in a path; one of dots alone would be a step in it. */
const ROOM_ID = /^(?!\.+$)[\w.-]+$/;

/** Reads `{roomId, name, type, kind?}`; `undefined` for anything else. */
export const parseMeetingDiscussion = (data: unknown): MeetingDiscussion | undefined => {
  const roomId = identifier(field(data, 'roomId'));
  if (!roomId || !ROOM_ID.test(roomId)) return;
  const kinds = field(KINDS, identifier(field(data, 'kind')) ?? '') as typeof EITHER | undefined;
  return {roomId, paths: (kinds ?? EITHER).map((kind) => `${kind}/${roomId}`)};
};
