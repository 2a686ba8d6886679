/** The permissions that the simulator obeys, by Rocket.Chat's own names, and the roles that hold each. */
export interface Permissions {
  /** No limit of the REST API holds for these users; it stays for whoever else calls from there. */
  'api-bypass-rate-limit': readonly string[];
}

/**
 * From the start nobody is spared, so that whoever forgets the limit meets it. Stricter than
 * Rocket.Chat on purpose, where the roles admin, bot and app hold the permission.
 */
export const DEFAULT_PERMISSIONS: Readonly<Permissions> = {'api-bypass-rate-limit': []};
