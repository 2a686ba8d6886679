import {readFile} from 'node:fs/promises';

const PATH = /^\/delivery\/(\w+):([\w.-]+)(?::[\w-]+)?\/([\w.-]*)$/;
const FIRST = 'pexip-chat-room.min.js';

/** Another byte in the comment at the beginning: without a hash, nobody would notice. */
const altered = (bytes) => {
  const copy = Buffer.from(bytes);
  copy[copy.indexOf('/*!') + 2] ^= 1;
  return copy;
};

const page = async (withHash) => {
  const {files} = JSON.parse(await readFile('dist/sri.json', 'utf8'));
  const integrity = withHash ? `integrity="${files[FIRST]}" crossorigin="anonymous"` : '';
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<title>One script tag</title>
<script src="${FIRST}" ${integrity}></script>
</html>`;
};

/**
 * Serves the built scripts as something has gone wrong with one of them, each below a folder that
 * says so: `/delivery/altered:<file>/`, `missing:<file>`, `whole:<file>` (nothing is wrong),
 * `stalled:<file>`, which is never answered, `last:<file>`, which is answered after the file that is
 * asked for next, or `late:<file>:<id>`, which is missing the first time. The folder itself is a page with one script
 * tag and its hash, `unchecked.html` the same without the hash.
 */
export const delivery = () => {
  const late = new Set();
  let overtaken = () => undefined;
  return async (context, next) => {
    const [, what, wrong, file] = PATH.exec(context.path) ?? [];
    if (!what) return next();
    // Past the runner, which would have every browser keep even what is missing.
    context.respond = false;
    const send = (status, type, body) =>
      context.res.writeHead(status, {'cache-control': 'no-store', 'content-type': type}).end(body);
    if (!file || file === 'unchecked.html') return send(200, 'text/html', await page(!file));
    const isWrong = file === wrong;
    const isEarly = isWrong && what === 'late' && !late.has(context.path);
    if (isEarly) late.add(context.path);
    if (isEarly || (isWrong && what === 'missing')) return send(404, 'text/plain', 'Not found');
    if (isWrong && what === 'stalled') return undefined;
    const bytes = await readFile(`dist/${file}`);
    if (isWrong && what === 'last') {
      overtaken = () => send(200, 'text/javascript', bytes);
      return undefined;
    }
    if (what === 'last')
      context.res.once('finish', () => (overtaken(), (overtaken = () => undefined)));
    return send(200, 'text/javascript', isWrong && what === 'altered' ? altered(bytes) : bytes);
  };
};
