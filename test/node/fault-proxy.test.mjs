import assert from 'node:assert/strict';
import {EventEmitter, once} from 'node:events';
import {createServer as createHttp} from 'node:http';
import {connect, createServer} from 'node:net';
import {afterEach, beforeEach, describe, it} from 'node:test';

import {WebSocket, WebSocketServer} from 'ws';

import {startFaultProxy} from '../support/fault-proxy.mjs';

const HOST = '127.0.0.1';
const portOf = (server) => server.address().port;
const listening = (server) => new Promise((resolve) => server.listen(0, HOST, resolve));

/** The next `size` bytes of a socket as text. */
const read = async (socket, size) => {
  let text = '';
  while (text.length < size) text += String((await once(socket, 'data'))[0]);
  return text;
};

/** How a socket ended: the code of its error, or `end`. */
const endOf = (socket) =>
  new Promise((resolve) => {
    socket.once('error', ({code}) => resolve(code));
    socket.once('end', () => resolve('end'));
    socket.resume();
  });

describe('a fault proxy before a server that echoes', () => {
  let proxy, server, seen, sockets, atServer;
  beforeEach(async () => {
    sockets = [];
    atServer = [];
    seen = new EventEmitter();
    server = createServer((socket) => {
      atServer.push(socket);
      socket.on('error', () => {});
      socket.on('data', (data) => {
        seen.emit('data', String(data));
        socket.write(data, () => seen.emit('answered'));
      });
      socket.on('end', () => seen.emit('end'));
    });
    await listening(server);
    proxy = await startFaultProxy(`http://${HOST}:${portOf(server)}`);
  });
  afterEach(async () => {
    await proxy.close();
    [...sockets, ...atServer].forEach((socket) => socket.destroy());
    server.close();
  });

  const open = async () => {
    const socket = connect(Number(new URL(proxy.origin).port), HOST);
    sockets.push(socket);
    socket.setNoDelay(true);
    await once(socket, 'connect');
    return socket;
  };
  /** Opens a connection that has been answered once. */
  const opened = async () => {
    const socket = await open();
    const answer = read(socket, 1);
    socket.write('0');
    await answer;
    return socket;
  };
  /** Long enough for bytes to come through a proxy that is not stalled. */
  const directRoundTrips = async () => {
    const socket = connect(portOf(server), HOST);
    sockets.push(socket);
    for (let i = 0; i < 10; i++) {
      const answer = read(socket, 1);
      socket.write('.');
      await answer;
    }
  };

  it('hands on what is said, and counts it', async () => {
    const socket = await open();
    const answer = read(socket, 5);
    socket.write('hello');
    assert.equal(await answer, 'hello');
    assert.equal(proxy.bytes('up'), 5);
    assert.equal(proxy.bytes('down'), 5);
    assert.equal(proxy.bytes(), 10);
  });

  it('hands on that the client, or the server, has ended', async () => {
    const first = await opened();
    const heard = once(seen, 'end');
    first.end();
    await heard;

    const second = await opened();
    const end = endOf(second);
    atServer.at(-1).end();
    assert.equal(await end, 'end');
  });

  it('counts the connections that clients hold, and those there ever were', async () => {
    const [first] = [await opened(), await opened()];
    assert.equal(proxy.connections(), 2);
    const closed = once(proxy, 'closed');
    first.destroy();
    await closed;
    assert.equal(proxy.connections(), 1);
    assert.equal(proxy.connectionsEver(), 2);
  });

  it('resets a client whose server is not there', async () => {
    const port = portOf(server);
    server.close();
    const lonely = await startFaultProxy(`http://${HOST}:${port}`);
    const socket = connect(Number(new URL(lonely.origin).port), HOST);
    assert.equal(await endOf(socket), 'ECONNRESET');
    await lonely.close();
  });

  it('names the public host in its origin', async () => {
    const other = await startFaultProxy(proxy.origin, {publicHost: 'proxied.localhost'});
    assert.match(other.origin, /^http:\/\/proxied\.localhost:\d+$/);
    await other.close();
  });

  it('drops connections in good order, and goes on', async () => {
    const end = endOf(await opened());
    proxy.drop();
    assert.equal(await end, 'end');
    await opened();
  });

  it('resets connections, and goes on', async () => {
    const end = endOf(await opened());
    proxy.reset();
    assert.equal(await end, 'ECONNRESET');
    await opened();
  });

  for (const [direction, reached] of [
    ['both', false],
    ['up', false],
    ['down', true],
  ]) {
    it(`stalled (${direction}), keeps back what is said until it flows again`, async () => {
      const present = await opened();
      const events = [];
      proxy.stall(direction);
      const next = await open();
      const asked = new Promise((resolve) => {
        let answers = 0;
        seen.on('answered', () => ++answers === 2 && resolve());
      });
      seen.on('data', (data) => events.push(`server ${data}`));
      present.once('data', (data) => events.push(`present ${data}`));
      next.once('data', (data) => events.push(`next ${data}`));
      present.write('p');
      next.write('n');
      if (reached) await asked;
      await directRoundTrips();
      const before = events.filter((event) => event !== 'server .').sort();
      assert.deepEqual(before, reached ? ['server n', 'server p'] : []);
      assert.equal(proxy.connections(), 2);

      const answers = [once(present, 'data'), once(next, 'data')];
      proxy.flow();
      await Promise.all(answers);
      assert.ok(events.includes('present p') && events.includes('next n'));
    });
  }

  it('stalled, keeps from the server that the client has gone, but counts it', async () => {
    const socket = await opened();
    proxy.stall();
    const events = [];
    const heard = once(seen, 'end').then(() => events.push('heard'));
    const closed = once(proxy, 'closed');
    socket.end();
    await closed;
    assert.equal(proxy.connections(), 0);
    await directRoundTrips();
    events.push('flow');
    proxy.flow();
    await heard;
    assert.deepEqual(events, ['flow', 'heard']);
  });

  it('refuses connections until it listens again, on the same port', async () => {
    const end = endOf(await opened());
    await proxy.refuse();
    assert.equal(await end, 'ECONNRESET');
    await assert.rejects(open(), {code: 'ECONNREFUSED'});
    const {origin} = proxy;
    await proxy.listenAgain();
    await opened();
    assert.equal(proxy.origin, origin);
  });

  it('makes an answer late by its latency both ways', async () => {
    const socket = await opened();
    proxy.slow({latency: 40});
    const start = performance.now();
    const answer = read(socket, 1);
    socket.write('1');
    await answer;
    // A timer may fire within the millisecond before its time.
    assert.ok(performance.now() - start >= 78);
  });

  it('hands on no more bytes a second than it may', async () => {
    const socket = await opened();
    proxy.slow({bytesPerSecond: 1000});
    const start = performance.now();
    const slowly = read(socket, 100);
    socket.write('x'.repeat(100));
    await slowly;
    assert.ok(performance.now() - start >= 45);
  });

  it('stops waiting as soon as all flows again', async () => {
    const socket = await opened();
    proxy.slow({latency: 3_600_000});
    const answer = read(socket, 1);
    socket.write('1');
    await directRoundTrips();
    proxy.flow();
    assert.equal(await answer, '1');
  });

  it('chops what it hands on into packets', async () => {
    const socket = await opened();
    const pieces = [];
    socket.on('data', (data) => pieces.push(data.length));
    seen.on('data', (data) => pieces.push(data.length));
    proxy.chop(2);
    const answer = read(socket, 5);
    socket.write('hello');
    await answer;
    // What the server has seen, and what the client has.
    assert.deepEqual(pieces.sort(), [1, 1, 2, 2, 2, 2]);
  });

  it('cuts a connection off after so many bytes downwards', async () => {
    const socket = await opened();
    proxy.cutAfter(7);
    let received = '';
    socket.on('data', (data) => (received += data));
    const end = endOf(socket);
    socket.write('0123456789');
    assert.equal(await end, 'ECONNRESET');
    assert.equal(received, '0123456');

    const next = await open();
    const nextEnd = endOf(next);
    next.write('0123456789');
    assert.equal(await nextEnd, 'ECONNRESET');
  });

  it('cuts no more connections off than it is told to', async () => {
    proxy.cutAfter(1, 1);
    const first = await open();
    const end = endOf(first);
    first.write('0123456789');
    assert.equal(await end, 'ECONNRESET');
    const second = await open();
    const answer = read(second, 10);
    second.write('0123456789');
    assert.equal(await answer, '0123456789');
  });

  it('loses replies but no requests, and then resets whoever lacks one', async () => {
    const socket = await opened();
    proxy.loseReplies();
    socket.on('data', () => assert.fail('a reply came'));
    const lost = once(proxy, 'lost');
    const asked = once(seen, 'data');
    socket.write('request');
    assert.deepEqual(await asked, ['request']);
    assert.deepEqual(await lost, [7]);
    const end = endOf(socket);
    proxy.loseReplies(false);
    assert.equal(await end, 'ECONNRESET');
    await opened();
  });
});

describe('a fault proxy before a server of HTTP and WebSocket', () => {
  let proxy, server, sockets, clients;
  beforeEach(async () => {
    clients = [];
    server = createHttp((request, response) => response.end(`${request.headers.host}`));
    sockets = new WebSocketServer({server});
    sockets.on('connection', (socket) =>
      socket.on('message', (data) => socket.send(`echo ${String(data)}`)),
    );
    await listening(server);
    proxy = await startFaultProxy(`http://${HOST}:${portOf(server)}`);
  });
  afterEach(async () => {
    await proxy.close();
    clients.forEach((client) => client.terminate());
    sockets.clients.forEach((client) => client.terminate());
    server.close();
    server.closeAllConnections();
  });

  const dial = () => {
    const client = new WebSocket(proxy.origin.replace('http', 'ws'));
    clients.push(client);
    client.on('error', () => {});
    return client;
  };
  const dialled = async () => {
    const client = dial();
    await once(client, 'open');
    return client;
  };
  const echo = async (client, text) => {
    client.send(text);
    const [data] = await once(client, 'message');
    return String(data);
  };

  it('carries both', async () => {
    const response = await fetch(proxy.origin);
    assert.equal(`http://${await response.text()}`, proxy.origin);
    assert.equal(await echo(await dialled(), 'hello'), 'echo hello');
  });

  it('carries a long message and a short one in single bytes', async () => {
    const client = await dialled();
    proxy.chop();
    const long = 'x'.repeat(5000);
    assert.equal(await echo(client, long), `echo ${long}`);
    assert.equal(await (await fetch(proxy.origin)).text(), new URL(proxy.origin).host);
  });

  for (const fault of ['drop', 'reset', 'refuse']) {
    it(`ends a WebSocket without a word from the server (${fault})`, async () => {
      const client = await dialled();
      const closed = once(client, 'close');
      await proxy[fault]();
      assert.equal((await closed)[0], 1006);
    });
  }

  it('leaves a WebSocket that is stalled open on both sides, and opens a new one later', async () => {
    const client = await dialled();
    proxy.stall();
    const answer = echo(client, 'hello');
    const accepted = once(proxy, 'connection');
    const next = dial();
    await accepted;
    await fetch(`http://${HOST}:${portOf(server)}`);
    assert.equal(client.readyState, WebSocket.OPEN);
    assert.equal(next.readyState, WebSocket.CONNECTING);
    assert.equal(sockets.clients.size, 1);
    const open = once(next, 'open');
    proxy.flow();
    await open;
    assert.equal(await answer, 'echo hello');
  });

  it('cuts a WebSocket off in the middle of a message', async () => {
    const client = await dialled();
    client.on('message', () => assert.fail('a message came'));
    const closed = once(client, 'close');
    proxy.cutAfter(5);
    client.send('hello');
    assert.equal((await closed)[0], 1006);
  });
});
