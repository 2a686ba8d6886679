import {createServer} from 'node:http';

import {forward} from './forward.mjs';

/** What a request meets, by the first word of its branding path. `pass` has it answered after all. */
const FAULTS = {
  hang: ({later, pass}) => later(pass),
  reset: ({request}) => request.socket.resetAndDestroy(),
  error: ({response}) => response.writeHead(500, {'content-type': 'text/html'}).end('<p>500</p>'),
  deny: ({pass}) => pass({'x-frame-options': 'DENY'}),
  ancestors: ({pass}) => pass({'content-security-policy': "frame-ancestors 'none'"}),
};

/**
 * A Conferencing Node that does not work: before the simulator at `target`, requests below the path
 * `/<fault>-<id>/` meet that fault until the path is mended. A request that hung still hangs, until it is answered.
 */
export const startFaulty = async (host, target) => {
  const mended = new Set();
  const held = new Map();
  const server = createServer((request, response) => {
    const [, path, fault] = /^\/(([a-z]+)-[\w-]+)\//.exec(request.url) ?? [];
    const pass = (headers) => forward(request, response, target, headers);
    const later = (task) => held.set(path, [...(held.get(path) ?? []), task]);
    if (mended.has(path)) pass();
    else if (Object.hasOwn(FAULTS, fault)) FAULTS[fault]({request, response, pass, later});
    // What a browser asks for by itself must not end the run.
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://${host}:${server.address().port}`,
    mend: (path) => void mended.add(path),
    answer: (path) => {
      held.get(path)?.forEach((pass) => pass());
      held.delete(path);
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
