import {readFileSync} from 'node:fs';

import {contract} from './docs/generate/contract-plugin.mjs';

/** What `cem analyze` reads; docs/generate/write.mjs runs it, too. */
export default {
  globs: ['src/elements/{framed-element,pexip-chat-room,pexip-chat-widget,rc-chat-pane}.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  quiet: true,
  // In the order of the alphabet: the analyzer's own order is that of the file system.
  overrideModuleCreation: ({ts, globs}) =>
    globs
      .toSorted()
      .map((path) =>
        ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true),
      ),
  plugins: [contract()],
};
