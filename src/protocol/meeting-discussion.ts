import {field, identifier} from './guards.js';

/** The answer of `POST /v1/meetings/<alias>/discussion`: the room that holds a meeting's conversation. */
export interface MeetingDiscussion {
  readonly roomId: string;
  /** Where Rocket.Chat shows it: the most likely one first, encoded. */
  readonly paths: readonly string[];
}

/** Rocket.Chat's paths by the kind of a room; of a discussion it is not said which of the two it is. */
const KINDS: Readonly<Record<string, readonly string[]>> = {c: ['channel'], p: ['group']};
const EITHER = ['group', 'channel'];

/** A room's id stands in a path; one of dots alone would be a step in it. */
const ROOM_ID = /^(?!\.+$)[\w.-]+$/;

/** Reads `{roomId, name, type}`; `undefined` for anything else. */
export const parseMeetingDiscussion = (data: unknown): MeetingDiscussion | undefined => {
  const roomId = identifier(field(data, 'roomId'));
  if (!roomId || !ROOM_ID.test(roomId)) return;
  const type = String(field(data, 'type'));
  const kinds = (Object.hasOwn(KINDS, type) && KINDS[type]) || EITHER;
  return {roomId, paths: kinds.map((kind) => `${kind}/${roomId}`)};
};
