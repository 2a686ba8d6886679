import type {RoomKind} from './model.js';

/** The path segment of a kind of room, in addresses of the page. */
export const KIND_PATHS: Readonly<Record<RoomKind, string>> = {
  c: 'channel',
  p: 'group',
  d: 'direct',
};
