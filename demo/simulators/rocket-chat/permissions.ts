import type {User} from './users.js';

/** The permissions that the simulator obeys, by Rocket.Chat's own names, and the roles that hold each. */
export interface Permissions {
  'add-user-to-any-c-room': readonly string[];
  'add-user-to-any-p-room': readonly string[];
  /** Of rooms in which they are. */
  'add-user-to-joined-room': readonly string[];
  /** No limit of the REST API holds for these users; it stays for whoever else calls from there. */
  'api-bypass-rate-limit': readonly string[];
  'call-management': readonly string[];
  'clean-channel-history': readonly string[];
  'create-c': readonly string[];
  'create-d': readonly string[];
  'create-p': readonly string[];
  'create-personal-access-tokens': readonly string[];
  'create-user': readonly string[];
  /** Of a direct message, with all that was said in it. */
  'delete-d': readonly string[];
  'edit-other-user-info': readonly string[];
  'logout-other-user': readonly string[];
  'start-discussion': readonly string[];
  'start-discussion-other-user': readonly string[];
  'user-generate-access-token': readonly string[];
  'view-full-other-user-info': readonly string[];
}

/** The role of a service account that a broker uses. */
export const SERVICE_ROLE = 'broker';

/**
 * From the start nobody but such a service account is spared the limit, so that whoever forgets it meets it. Stricter than
 * Rocket.Chat on purpose, where the roles admin, bot and app hold that permission; the others are
 * held as there.
 */
export const DEFAULT_PERMISSIONS: Readonly<Permissions> = {
  'add-user-to-any-c-room': ['admin'],
  'add-user-to-any-p-room': [],
  'add-user-to-joined-room': ['admin'],
  'api-bypass-rate-limit': [SERVICE_ROLE],
  'call-management': ['admin', 'owner', 'moderator', 'user'],
  'clean-channel-history': ['admin'],
  'create-c': ['admin', 'user', 'bot', 'app'],
  'create-d': ['admin', 'user', 'bot', 'app'],
  'create-p': ['admin', 'user', 'bot', 'app'],
  'create-personal-access-tokens': ['admin', 'user'],
  'create-user': ['admin'],
  'delete-d': ['admin'],
  'edit-other-user-info': ['admin'],
  'logout-other-user': ['admin'],
  'start-discussion': ['admin', 'user', 'guest', 'app'],
  'start-discussion-other-user': ['admin', 'user', 'owner', 'app'],
  'user-generate-access-token': ['admin'],
  'view-full-other-user-info': ['admin'],
};

/** Whether any of the user's roles holds the permission. */
export const may = (permissions: Permissions, user: User, permission: keyof Permissions): boolean =>
  user.roles.some((role) => permissions[permission].includes(role));
