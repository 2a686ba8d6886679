import type {RoomType} from '../protocol/chat-room.js';
import {roomName, roomType} from '../protocol/chat-room.js';
import {field, identifier} from '../protocol/guards.js';
import type {ChatApi} from './chat-api.js';
import type {RoomDirectory} from './room-directory.js';

/** A room that the user can read. */
export interface FoundRoom {
  readonly roomId: string;
  readonly name: string;
  readonly type: RoomType;
  /** Rocket.Chat's own letter for it, which a discussion has, too. */
  readonly kind: 'c' | 'p' | 'd';
  /** As the server told it; undefined for a room of the user's list, which is known there. */
  readonly raw?: unknown;
}

const KINDS = {channel: 'c', group: 'p', direct: 'd'} as const;

const kindOf = (path: string): FoundRoom['kind'] | undefined =>
  KINDS[path.split('/')[0] as keyof typeof KINDS];

const foundIn = (raw: unknown): FoundRoom | undefined => {
  const roomId = identifier(field(raw, '_id'));
  const type = roomType(raw);
  const kind = field(raw, 't') as FoundRoom['kind'];
  return roomId && type ? {roomId, type, kind, name: roomName(raw) || roomId, raw} : undefined;
};

/** The user's own room at one of these encoded paths, such as `channel/general`. */
export const ownRoom = (
  directory: RoomDirectory,
  paths: readonly string[],
): FoundRoom | undefined => {
  for (const path of paths) {
    const known = directory.find(path);
    const kind = kindOf(known?.path ?? '');
    if (known && kind) return {roomId: known.roomId, name: known.name, type: known.type, kind};
  }
  return;
};

/**
 * The first of these paths at which there is a room for the user: one of his own, a channel that he
 * has not joined, or a direct message, which begins with this.
 *
 * Source: methods `getRoomByTypeAndName [type, name]`, `createDirectMessage [username]`; REST
 * `rooms.info`, `im.create`.
 *
 * @returns undefined if the server refuses all of them
 * @throws what says that there is no connection
 */
export const findRoom = async (
  api: ChatApi,
  directory: RoomDirectory,
  paths: readonly string[],
): Promise<FoundRoom | undefined> => {
  const own = ownRoom(directory, paths);
  if (own) return own;
  for (const path of paths) {
    const kind = kindOf(path);
    const name = decodeURIComponent(path.split('/')[1] ?? '');
    try {
      const found = await (kind === 'd' ? direct(api, name) : other(api, kind, name));
      if (found) return found;
    } catch (error) {
      if (!isRefusal(error)) throw error;
    }
  }
  return;
};

const direct = async (api: ChatApi, username: string): Promise<FoundRoom | undefined> => {
  const answer = await api.ask('createDirectMessage', [username], (rest) =>
    rest.post('im.create', {username}, true).then((body) => field(body, 'room')),
  );
  const roomId = identifier(field(answer, 'rid')) ?? identifier(field(answer, '_id'));
  return roomId ? {roomId, name: username, type: 'd', kind: 'd'} : undefined;
};

const other = async (
  api: ChatApi,
  kind: string | undefined,
  name: string,
): Promise<FoundRoom | undefined> =>
  foundIn(
    await api.ask('getRoomByTypeAndName', [kind, name], (rest) =>
      rest.get('rooms.info', {roomName: name}).then((body) => field(body, 'room')),
    ),
  );

/** By its fields, as the classes of failures are of another file. */
const isRefusal = (error: unknown): boolean => {
  const {code, status} = Object(error) as {code?: unknown; status?: unknown};
  return typeof code === 'string' || (typeof status === 'number' && status >= 400 && status < 500);
};
