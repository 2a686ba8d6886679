import {passageOf} from './allowed-routes.js';

/** A file of the workspace. */
export interface WorkspaceFile {
  /** Below the workspace's address: `/file-upload/<id>/<name>`, encoded. */
  readonly path: string;
  /** Its name, decoded. */
  readonly name: string;
}

/**
 * Reads where a file is: its path, or its address at the workspace. What a message says after `?` is
 * left out, as a login may stand there.
 *
 * @param server the workspace's address as pages use it, without a slash at its end
 * @returns `undefined` for anything else, another server's file among it
 */
export const workspaceFile = (given: unknown, server: string): WorkspaceFile | undefined => {
  if (typeof given !== 'string') return;
  const below = given.startsWith(`${server}/`) ? given.slice(server.length) : given;
  const [route = ''] = below.split(/[?#]/);
  if (!route.startsWith('/file-upload/')) return;
  const path = passageOf('GET', route.slice(1))?.path;
  return path === undefined ? undefined : {path, name: nameIn(path)};
};

/** The name at the end of a path, decoded. */
export const nameIn = (path: string): string =>
  decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
