import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import {connect} from 'node:net';
import {after, before, describe, it} from 'node:test';

import selfsigned from 'selfsigned';
import {request} from 'undici';

import {createDispatcher} from '../../broker/dist/http/dispatcher.js';

const HOST = '127.0.0.1';
/** A name that resolves to this machine nowhere but at the proxy of these tests. */
const ELSEWHERE = 'chat.broker.test';

const listening = async (server) => {
  server.listen(0, HOST);
  await once(server, 'listening');
  return server.address().port;
};
const SERVER = 'https://chat.example.com';
const dispatcherOf = ({timeout = 20_000, internalUrl = SERVER, ...outgoing} = {}) =>
  createDispatcher({
    outgoing: {noProxy: [], ...outgoing},
    rocketChat: {timeout, server: SERVER, internalUrl},
  });
const statusOf = async (url, dispatcher) => {
  const {statusCode, body} = await request(url, {dispatcher});
  await body.dump();
  return statusCode;
};

describe("the way of the broker's own calls", () => {
  const servers = [];
  const made = async (server) => {
    servers.push(server);
    return {server, port: await listening(server)};
  };
  const dispatchers = [];
  const wayOf = (options) => dispatchers[dispatchers.push(dispatcherOf(options)) - 1];
  after(async () => {
    await Promise.all(dispatchers.map((each) => each.destroy()));
    for (const server of servers) {
      server.closeAllConnections?.();
      server.close();
    }
  });

  it('follows no redirect: where it leads to is asked nothing', async () => {
    let asked = 0;
    const canary = await made(
      createServer((_request, response) => response.end(`${(asked += 1)}`)),
    );
    const codes = [301, 302, 303, 307, 308];
    const upstream = await made(
      createServer(({url}, response) =>
        response
          .writeHead(Number(url.slice(1)), {location: `http://${HOST}:${canary.port}/`})
          .end(),
      ),
    );
    const dispatcher = wayOf();
    for (const code of codes)
      assert.equal(await statusOf(`http://${HOST}:${upstream.port}/${code}`, dispatcher), code);
    assert.equal(asked, 0);
    // The canary would have noticed.
    assert.equal(await statusOf(`http://${HOST}:${canary.port}/`, dispatcher), 200);
    assert.equal(asked, 1);
  });

  it('keeps a connection for the next request', async () => {
    const {server, port} = await made(createServer((_request, response) => response.end()));
    let connections = 0;
    server.on('connection', () => (connections += 1));
    const dispatcher = wayOf();
    for (let count = 0; count < 20; count += 1)
      await statusOf(`http://${HOST}:${port}/`, dispatcher);
    // A second is opened where the end of the first answer is not read yet.
    assert.ok(connections <= 4, `${connections} for 20 requests`);
  });

  it('waits for the head of an answer as long as the settings say', async () => {
    const {port} = await made(createServer(() => undefined));
    await assert.rejects(statusOf(`http://${HOST}:${port}/`, wayOf({timeout: 50})), {
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
  });

  it('waits for the rest of an answer as long as the settings say', async () => {
    const {port} = await made(
      createServer((_request, response) => response.writeHead(200).write('some')),
    );
    await assert.rejects(
      request(`http://${HOST}:${port}/`, {dispatcher: wayOf({timeout: 50})}).then(({body}) =>
        body.text(),
      ),
      {code: 'UND_ERR_BODY_TIMEOUT'},
    );
  });

  describe('by TLS', () => {
    let pems;
    let other;
    let secure;
    before(async () => {
      const names = {
        keySize: 2048,
        extensions: [
          {name: 'basicConstraints', cA: true},
          {
            name: 'subjectAltName',
            altNames: [
              {type: 2, value: 'localhost'},
              {type: 2, value: ELSEWHERE},
              {type: 7, ip: HOST},
            ],
          },
        ],
      };
      const of = (value) => selfsigned.generate([{name: 'commonName', value}], names);
      [pems, other] = await Promise.all([of('one'), of('other')]);
      secure = await made(
        createSecureServer({key: pems.private, cert: pems.cert}, (_request, response) =>
          response.end(),
        ),
      );
    });

    it('refuses an authority that nobody knows', async () => {
      for (const ca of [undefined, other.cert])
        await assert.rejects(statusOf(`https://localhost:${secure.port}/`, wayOf({ca})), {
          code: /SELF_SIGNED/,
        });
    });

    it('takes one of the operator, beside others', async () => {
      const ca = `${other.cert}\n${pems.cert}`;
      assert.equal(await statusOf(`https://localhost:${secure.port}/`, wayOf({ca})), 200);
    });

    it('goes through the proxy, with its name and password, and by its name only', async () => {
      const asked = [];
      const proxy = createServer();
      proxy.on('connect', ({url, headers}, socket, head) => {
        asked.push([url, headers['proxy-authorization']]);
        const target = connect(secure.port, HOST, () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          target.write(head);
          target.pipe(socket).pipe(target);
        });
        target.on('error', () => socket.destroy());
        socket.on('error', () => target.destroy());
      });
      const {port} = await made(proxy);
      const dispatcher = wayOf({ca: pems.cert, proxy: `http://us:open@${HOST}:${port}/`});
      assert.equal(await statusOf(`https://${ELSEWHERE}/`, dispatcher), 200);
      const login = `Basic ${Buffer.from('us:open').toString('base64')}`;
      assert.deepEqual(asked, [[`${ELSEWHERE}:443`, login]]);

      await assert.rejects(
        statusOf(`https://${ELSEWHERE}/`, wayOf({proxy: `http://${HOST}:${port}/`})),
        {code: /SELF_SIGNED/},
      );

      // This machine is asked without it.
      asked.length = 0;
      for (const host of ['localhost', HOST])
        assert.equal(await statusOf(`https://${host}:${secure.port}/`, dispatcher), 200);
      assert.deepEqual(asked, []);
    });
  });

  describe('with a proxy', () => {
    /** Hosts that the proxy is asked for; all others resolve to nothing. */
    const asked = [];
    let proxy;
    before(async () => {
      const server = createServer((_request, response) => response.end());
      server.on('connect', ({url}, socket) => {
        asked.push(url);
        socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      });
      proxy = `http://${HOST}:${(await made(server)).port}/`;
    });
    const byProxy = async (url, options) => {
      asked.length = 0;
      // Longer than a machine needs that asks several servers of names, and gets no answer.
      const timeout = 120_000;
      await assert.rejects(statusOf(url, wayOf({proxy, timeout, ...options})), (error) => {
        assert.equal(/ENOTFOUND|EAI_AGAIN/.test(error.code), asked.length === 0, error);
        return true;
      });
      return asked.length > 0;
    };

    it('goes straight to the address of the workspace that is for the broker alone', async () => {
      const internalUrl = 'http://rocketchat.invalid:3000/below';
      assert.equal(await byProxy('http://rocketchat.invalid:3000/api/info', {internalUrl}), false);
      for (const other of ['http://rocketchat.invalid:3001/', 'http://x.rocketchat.invalid:3000/'])
        assert.equal(await byProxy(other, {internalUrl}), true, other);
      // Where it has no such address, the workspace is anywhere.
      assert.equal(await byProxy('https://chat.example.com/'), true);
    });

    it('goes straight to the hosts that the operator names, and to all below a domain', async () => {
      const noProxy = ['.intern.invalid', 'keys.invalid'];
      for (const host of [
        'a.intern.invalid',
        'a.b.intern.invalid',
        'intern.invalid',
        'KEYS.invalid',
      ])
        assert.equal(await byProxy(`https://${host}/`, {noProxy}), false, host);
      for (const host of ['notintern.invalid', 'keys.invalid.example.com', 'okeys.invalid'])
        assert.equal(await byProxy(`https://${host}/`, {noProxy}), true, host);
    });
  });

  it('can be closed and destroyed, with a promise or a function', async () => {
    const ways = () => [dispatcherOf(), dispatcherOf({proxy: `http://${HOST}:9/`})];
    for (const dispatcher of ways()) await dispatcher.close();
    for (const dispatcher of ways()) await dispatcher.destroy();
    for (const dispatcher of ways()) await new Promise((done) => dispatcher.close(done));
    for (const dispatcher of ways()) await new Promise((done) => dispatcher.destroy(null, done));
  });
});
