import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {webkit} from '../support/webkit-launcher.mjs';

/** A server that never answers the first `silent` requests for its page, as a browser that hangs would look. */
const serve = async (silent) => {
  const asked = [];
  const server = createServer(({url}, response) => {
    if (url !== '/tests') return response.writeHead(404).end();
    asked.push(url);
    if (asked.length > silent) {
      response.writeHead(200, {'content-type': 'text/html'}).end('<title>tests</title>');
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return {url: `http://localhost:${server.address().port}/tests`, asked, stop};
};

describe("the launcher of WebKit's tests", () => {
  let launcher;
  let server;
  beforeEach(async () => {
    launcher = webkit({pageLoad: 5_000});
    await launcher.initialize();
  });
  afterEach(async () => {
    await launcher.stop();
    server.stop();
  });

  it('starts the browser afresh for a page that does not load, and says so', async (t) => {
    // Enough for the new browser, which has to load it in that time, on a busy machine.
    launcher = webkit({pageLoad: 20_000});
    server = await serve(1);
    const {mock} = t.mock.method(console, 'warn', () => {});
    await launcher.startSession('one', server.url);
    assert.equal(await launcher.getBrowserUrl(), server.url);
    assert.equal(server.asked.length, 2);
    assert.match(mock.calls[0].arguments[0], /started afresh for .*did not answer within 20000 ms/);
    await launcher.stopSession('one');
    assert.equal(await launcher.getBrowserUrl(), 'about:blank');
  });

  it('fails a page that does not load in the new browser either', async (t) => {
    server = await serve(2);
    t.mock.method(console, 'warn', () => {});
    await assert.rejects(launcher.startSession('one', server.url), /did not answer/);
  });
});
