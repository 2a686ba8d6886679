import {createServer} from 'node:http';

/** What a policy server says of a meeting at the least. */
export const SERVICE = {
  service_type: 'conference',
  name: 'meeting-1',
  service_tag: 'rocket.chat',
  pin: '482913',
  allow_guests: true,
  ivr_theme_name: 'rocket.chat',
};

export const success = (result, action = 'continue') => ({
  status: 'success',
  action,
  ...(result && {result}),
});

/**
 * Stands for the broker towards Pexip Infinity, and shares no code with it: a bare server that keeps
 * what comes and answers what it is told.
 */
export const startListeningBroker = async () => {
  const broker = {
    /** Requests as they came: method, path, headers, body. */
    requests: [],
    /** What is said of an alias' conference; `null` is "go on by yourself". */
    service: () => success(SERVICE),
    properties: () => success(),
    /** Answers in the place of everything, if it returns true. */
    instead: () => false,
    /** The status for events. */
    sinkStatus: () => 200,
  };
  const json = (response, data) =>
    response.writeHead(200, {'content-type': 'application/json'}).end(JSON.stringify(data));
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const {pathname, searchParams} = new URL(request.url, 'http://broker');
    const query = Object.fromEntries(searchParams);
    const {method, headers} = request;
    broker.requests.push({method, pathname, query, headers, body});
    if (await broker.instead({pathname, query, response})) return;
    if (pathname === '/events') response.writeHead(broker.sinkStatus(JSON.parse(body))).end();
    else if (pathname.endsWith('/service/configuration')) json(response, broker.service(query));
    else if (pathname.endsWith('/participant/properties')) json(response, broker.properties(query));
    else json(response, success());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  broker.origin = `http://127.0.0.1:${server.address().port}`;
  /** What was posted, each request's body. */
  broker.posts = () =>
    broker.requests
      .filter(({pathname}) => pathname === '/events')
      .map(({body}) => JSON.parse(body));
  /** All events, one by one, also those that came in bulk. */
  broker.events = () =>
    broker.posts().flatMap((post) => (post.event === 'eventsink_bulk' ? post.data : [post]));
  broker.asked = (name) => broker.requests.filter(({pathname}) => pathname.endsWith(name));
  broker.close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return broker;
};
