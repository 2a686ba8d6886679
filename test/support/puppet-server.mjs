import {createServer} from 'node:http';

/**
 * A page that does what a test says: it posts any message to any window above it, and tells its
 * parent what it was sent; of a flood, once it is over, how often and what came last. As a node it
 * plays a hand-written plugin, elsewhere an attacker.
 */
const PAGE = `<!doctype html><title>Puppet</title><script>
let flood;
addEventListener('message', ({data, source, origin}) => {
  if (data?.puppet === 'flood begins') {
    flood = {};
    return;
  }
  if (data?.puppet === 'flood ends') {
    source.postMessage({puppet: 'flood', id: data.id, flood}, '*');
    flood = undefined;
    return;
  }
  if (data?.puppet !== 'send') {
    if (flood) flood[data.action] = {count: (flood[data.action]?.count ?? 0) + 1, last: data};
    else parent.postMessage({puppet: 'got', data, origin}, '*');
    return;
  }
  let target = window;
  for (let up = 0; up < data.up; up++) target = target.parent;
  for (let time = 0; time < data.times; time++)
    for (const message of data.messages) target.postMessage(message, '*');
  source.postMessage({puppet: 'sent', id: data.id}, '*');
});
for (let above = window; above !== above.parent; ) {
  above = above.parent;
  above.postMessage({puppet: 'here'}, '*');
}
</script>`;

/** A page with a puppet inside it, whose load event waits until it is released. */
const nest = (id, time) => `<!doctype html><title>Nest</title>
<iframe src="/" title="puppet"></iframe><img src="/hold?id=${id}&time=${time}" alt="">`;

/** A page around a page of any origin. */
const around = (page) => `<!doctype html><title>Around</title>
<iframe src="${new URL(page).href}" title="page"></iframe>`;

/** Ends a request that is held by `id` once it is released, whichever of the two comes first. */
const holder = () => {
  const waiting = new Map();
  return (id, request) => {
    const other = waiting.get(id);
    if (!other) return waiting.set(id, request);
    waiting.delete(id);
    for (const each of [other, request]) each.writeHead(404, {'cache-control': 'no-store'}).end();
  };
};

/**
 * Serves the puppet at every path of `http://<host>:<free port>` but these: `/nest?id=…` has a puppet
 * inside it, and fires its load event once `/release?id=…` has been asked for; `/around?page=…` has
 * that page inside it.
 */
export const startPuppet = async (host) => {
  const meet = holder();
  let times = 0;
  const server = createServer((request, response) => {
    const {pathname, searchParams} = new URL(request.url, 'http://puppet');
    const id = encodeURIComponent(searchParams.get('id') ?? '');
    if (pathname === '/hold' || pathname === '/release') return meet(id, response);
    const pages = {
      '/nest': () => nest(id, times++),
      '/around': () => around(searchParams.get('page')),
    };
    const page = pages[pathname]?.() ?? PAGE;
    response.writeHead(200, {'content-type': 'text/html', 'cache-control': 'no-store'}).end(page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://${host}:${server.address().port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
