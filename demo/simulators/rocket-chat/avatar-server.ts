import type {IncomingMessage, ServerResponse} from 'node:http';

import {send} from '../http.js';
import {pageLogin} from './file-login.js';
import type {Workspace} from './workspace.js';

/** Where pictures of users and rooms are served. */
export const AVATAR_PATH = '/avatar/';

const SIZE = 200;
const COLORS = 12;

/** The first letters of the first and the last word of a name. */
const initialsOf = (name: string): string => {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word = '') => [...word][0]?.toUpperCase()).join('') || '?';
};

/** A square with initials. No character of a name but letters and digits gets into it. */
const pictureOf = (name: string): string => {
  const sum = [...name].reduce((total, each) => total + (each.codePointAt(0) ?? 0), 0);
  const hue = ((sum % COLORS) * 360) / COLORS;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE} ${SIZE}" width="${SIZE}" height="${SIZE}">`,
    `<rect width="100%" height="100%" fill="hsl(${hue} 60% 35%)"/>`,
    `<text x="50%" y="50%" dy=".36em" fill="#fff" font-family="sans-serif" font-size="90" text-anchor="middle">${initialsOf(name)}</text>`,
    '</svg>',
  ].join('');
};

const decoded = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return;
  }
};

/** The name whose picture stands at a path: a user's, by name or id, or a room's. */
const nameAt = ({users, rooms}: Workspace, path: string): string | undefined => {
  const reference = decoded(path);
  if (reference === undefined) return;
  if (reference.startsWith('room/')) {
    const room = rooms.byId(reference.slice('room/'.length));
    return room?.fname ?? room?.name ?? room?._id;
  }
  if (reference.startsWith('uid/')) return users.byId(reference.slice('uid/'.length))?.username;
  // The real server draws initials of whatever name it is asked for; `@` leads to a room's.
  return reference.replace(/^@/, '') || undefined;
};

/**
 * Answers `/avatar/<username>`, `/avatar/uid/<user id>` and `/avatar/room/<rid>` with initials. With
 * `Accounts_AvatarBlockUnauthenticatedAccess` only who is signed in by cookies or the query gets any:
 * headers do not count here, unlike with files (Rocket.Chat's server/routes/avatar/utils.js).
 */
export const answerAvatar = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  workspace: Workspace,
): void => {
  const blocked = workspace.settings.get('Accounts_AvatarBlockUnauthenticatedAccess');
  if (blocked && !pageLogin(workspace, request, url)) {
    send(response, 403, 'Forbidden');
    return;
  }
  const name = nameAt(workspace, url.pathname.slice(AVATAR_PATH.length));
  if (name === undefined) {
    send(response, 404, '');
    return;
  }
  send(response, 200, pictureOf(name), {
    'content-type': 'image/svg+xml',
    'content-security-policy': "default-src 'none'",
  });
};
