import {cpSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after} from 'node:test';
import {fileURLToPath} from 'node:url';

export const repository = fileURLToPath(new URL('../../../', import.meta.url));

const folders = [];
// Here and not where a folder is made: within a hook it would belong to that hook.
after(() => folders.forEach((folder) => rmSync(folder, {recursive: true})));

/** A folder of its own, outside the repository; removed when the tests of the file have ended. */
export const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'pexip-chat-room-'));
  folders.push(folder);
  return folder;
};

/** A copy of some paths of the repository, with its installed dependencies. */
export const copyOfRepository = (...paths) => {
  const root = temporaryFolder();
  for (const path of paths) cpSync(join(repository, path), join(root, path), {recursive: true});
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  return root;
};
