import {expect} from '@open-wc/testing';

import {
  ConnectionLost,
  DdpConnection,
  DdpRefusal,
  HEARTBEAT,
  isConnectionLost,
  isDdpRefusal,
  type DdpChange,
} from '../../src/transport/ddp-connection.js';
import {ODD_VALUES} from '../protocol/hostile.js';
import {rejectionOf} from '../session/recorders.js';
import {FakeClock, FakeSocket, FakeSockets} from '../support/fake-socket.js';
import {uncaught} from '../support/uncaught.js';

const URL = 'wss://chat.example/websocket';
const {interval, timeout, probe} = HEARTBEAT;

describe('DdpConnection', () => {
  let clock: FakeClock;
  let sockets: FakeSockets;
  let told: string[];
  let changes: DdpChange[];
  let connection: DdpConnection;

  beforeEach(() => {
    clock = new FakeClock();
    sockets = new FakeSockets();
    told = [];
    changes = [];
    connection = new DdpConnection({
      url: URL,
      heartbeat: HEARTBEAT,
      opened: () => told.push('opened'),
      changed: (change) => changes.push(change),
      ended: (silent) => told.push(silent ? 'ended silent' : 'ended'),
    });
  });
  afterEach(() => {
    sockets.restore();
    clock.restore();
  });

  const socket = (): FakeSocket => sockets.last;
  const lastId = (): string => String(socket().sent.at(-1)!['id']);

  describe('begins', () => {
    it('with the handshake, as soon as the socket is open', () => {
      expect(socket().url).to.equal(URL);
      expect(socket().sent).to.deep.equal([]);
      socket().open();
      expect(socket().sent).to.deep.equal([{msg: 'connect', version: '1', support: ['1']}]);
      socket().say({server_id: '0'});
      expect(told).to.deep.equal([]);
      socket().say({msg: 'connected', session: 's'});
      expect(told).to.deep.equal(['opened']);
    });

    it('never where the server knows no version of it', () => {
      socket().open();
      socket().say({msg: 'failed', version: 'pre9'});
      expect(told).to.deep.equal(['ended']);
      expect(socket().readyState).to.equal(FakeSocket.CLOSED);
      expect(clock.timers).to.equal(0);
    });

    it('within ten seconds, or never', async () => {
      await clock.pass(timeout - 1);
      expect(told).to.deep.equal([]);
      await clock.pass(1);
      expect(told).to.deep.equal(['ended']);
      expect(socket().readyState).to.equal(FakeSocket.CLOSED);
    });

    it('never where nobody greets on an open socket, which is no silence of one that was there', async () => {
      socket().open();
      socket().say({server_id: '0'});
      await clock.pass(interval + timeout);
      expect(told).to.deep.equal(['ended']);
    });

    it('once, however often the server greets', () => {
      socket().greet();
      socket().say({msg: 'connected', session: 's'});
      expect(told).to.deep.equal(['opened']);
    });

    it('never where the page may not connect, which throws nothing', async () => {
      globalThis.WebSocket = class extends FakeSocket {
        constructor(url: string) {
          super(url);
          throw new DOMException('', 'SecurityError');
        }
      } as unknown as typeof WebSocket;
      let ends = 0;
      const forbidden = new DdpConnection({
        url: URL,
        heartbeat: HEARTBEAT,
        opened: () => told.push('opened'),
        changed: () => undefined,
        ended: () => ends++,
      });
      forbidden.probe();
      const asked = rejectionOf(forbidden.call('x'));
      await clock.pass(timeout);
      expect(await asked).to.be.instanceOf(ConnectionLost);
      expect(ends).to.equal(1);
      expect(told).not.to.include('opened');
    });
  });

  describe('asks', () => {
    beforeEach(() => socket().greet());

    it('methods, and gives to each call what its own answer says', async () => {
      const one = connection.call('a', [1]);
      const oneId = lastId();
      const two = connection.call('b');
      const twoId = lastId();
      expect(socket().of('method')).to.deep.equal([
        {msg: 'method', method: 'a', params: [1], id: oneId},
        {msg: 'method', method: 'b', params: [], id: twoId},
      ]);
      expect(oneId).not.to.equal(twoId);
      socket().say({msg: 'result', id: twoId, result: 'second'});
      socket().say({msg: 'updated', methods: [oneId]});
      socket().say({msg: 'result', id: oneId, result: {first: true}});
      expect(await one).to.deep.equal({first: true});
      expect(await two).to.equal('second');
    });

    it('for a stream, and waits until it is ready', async () => {
      let ready = '';
      const asked = connection.subscribe('stream-room-messages', 'r').then((id) => (ready = id));
      const id = lastId();
      expect(socket().sent.at(-1)).to.deep.equal({
        msg: 'sub',
        id,
        name: 'stream-room-messages',
        params: ['r', {useCollection: false, args: []}],
      });
      await clock.pass(1);
      expect(ready).to.equal('');
      socket().say({msg: 'ready', subs: ['77', id]});
      await asked;
      expect(ready).to.equal(id);
      connection.unsubscribe(id);
      expect(socket().sent.at(-1)).to.deep.equal({msg: 'unsub', id});
    });

    it('for many streams in one go, which one frame may answer', async () => {
      const asked = ['a', 'b', 'c'].map((event) => connection.subscribe('stream-x', event));
      const ids = socket()
        .of('sub')
        .map(({id}) => id);
      socket().say({msg: 'ready', subs: ids});
      expect(await Promise.all(asked)).to.deep.equal(ids);
    });

    it('and tells a refusal from a loss: the connection goes on', async () => {
      const method = rejectionOf(connection.call('login', [{resume: 'x'}]));
      const error = {error: 403, reason: 'Log in again.', errorType: 'Meteor.Error'};
      socket().say({msg: 'result', id: lastId(), error});
      const refusal = await method;
      expect(refusal).to.be.instanceOf(DdpRefusal);
      expect(refusal).to.include({code: '403', reason: 'Log in again.', wait: undefined});
      const stream = rejectionOf(connection.subscribe('stream-x', 'e'));
      const details = {timeToReset: 900};
      socket().say({msg: 'nosub', id: lastId(), error: {error: 'too-many-requests', details}});
      expect(await stream).to.be.instanceOf(DdpRefusal);
      expect(await stream).to.include({code: 'too-many-requests', wait: 900});
      expect(told).to.deep.equal(['opened']);
    });

    it('and takes no stream for ready that the server has ended without a reason', async () => {
      const asked = rejectionOf(connection.subscribe('stream-room-messages', 'r'));
      // As Meteor sends it for a publication that calls stop() and only then throws.
      socket().say({msg: 'nosub', id: lastId()});
      expect(await asked).to.be.instanceOf(DdpRefusal);
      expect(await asked).to.include({code: 'nosub', reason: '', wait: undefined});
      expect(told).to.deep.equal(['opened']);
    });

    it('and hears each answer once, and none that was not asked for', async () => {
      const asked = connection.call('a');
      const id = lastId();
      socket().say({msg: 'result', id: '99', result: 'other'});
      socket().say({msg: 'result', id, result: 'first'});
      socket().say({msg: 'result', id, error: {error: 500}});
      expect(await asked).to.equal('first');
    });

    for (const [words, lose] of [
      ['closes', () => socket().drop('close')],
      ['breaks', () => socket().drop('error')],
      ['is ended', () => connection.end()],
    ] as const) {
      it(`and says that the answer is lost when the connection ${words}`, async () => {
        const asked = [connection.call('a'), connection.subscribe('s', 'e')].map(rejectionOf);
        lose();
        for (const error of await Promise.all(asked))
          expect(error).to.be.instanceOf(ConnectionLost);
        expect(told).to.deep.equal(['opened', 'ended']);
        expect(await rejectionOf(connection.call('b'))).to.be.instanceOf(ConnectionLost);
        expect(clock.timers).to.equal(0);
      });
    }
  });

  describe('listens', () => {
    beforeEach(() => socket().greet());

    it('to what streams tell', () => {
      const fields = {eventName: 'r', args: [{_id: 'm'}]};
      socket().say({msg: 'changed', collection: 'stream-room-messages', id: 'id', fields});
      expect(changes).to.deep.equal([
        {type: 'changed', stream: 'stream-room-messages', event: 'r', args: [{_id: 'm'}]},
      ]);
    });

    it('to what is malformed or unknown without any effect', async () => {
      const errors = uncaught();
      const sent = socket().sent.length;
      for (const odd of [
        ...ODD_VALUES,
        '{',
        '[]',
        'null',
        '{"msg":"added","collection":"users","id":"u"}',
        '{"msg":"result"}',
        '{"msg":"ready","subs":[{"toString":1}]}',
        '{"__proto__":{"msg":"failed"}}',
        new Blob(['{"msg":"failed"}']),
      ])
        socket().sayRaw(odd);
      socket().sayRaw('x'.repeat(1_048_576));
      expect(told).to.deep.equal(['opened']);
      expect(changes).to.deep.equal([]);
      expect(socket().sent).to.have.length(sent);
      await clock.pass(0);
      expect(errors).to.deep.equal([]);
    });

    it('to nothing any more once it has ended', () => {
      connection.end();
      socket().say({msg: 'connected', session: 's'});
      socket().say({msg: 'changed', collection: 's', fields: {eventName: 'e', args: []}});
      socket().drop();
      connection.end(true);
      expect(told).to.deep.equal(['opened', 'ended']);
      expect(changes).to.deep.equal([]);
      expect(socket().of('pong')).to.deep.equal([]);
      expect(clock.timers).to.equal(0);
    });
  });

  describe('keeps its heart beating', () => {
    beforeEach(() => socket().greet());

    it('and answers a ping with the id that it has', () => {
      socket().say({msg: 'ping'});
      socket().say({msg: 'ping', id: 'p-7'});
      expect(socket().of('pong')).to.deep.equal([{msg: 'pong'}, {msg: 'pong', id: 'p-7'}]);
    });

    it('and asks a silent server, which is gone if it does not answer within ten seconds', async () => {
      await clock.pass(interval - 1);
      expect(socket().of('ping')).to.deep.equal([]);
      await clock.pass(1);
      expect(socket().of('ping')).to.have.length(1);
      await clock.pass(timeout - 1);
      expect(told).to.deep.equal(['opened']);
      await clock.pass(1);
      expect(told).to.deep.equal(['opened', 'ended silent']);
      expect(interval + timeout).to.be.at.most(25_000);
    });

    it('for as long as the server answers, one ping for each silence', async () => {
      socket().heard = ({msg}) => msg === 'ping' && socket().say({msg: 'pong'});
      await clock.pass(20 * interval);
      expect(told).to.deep.equal(['opened']);
      expect(socket().of('ping')).to.have.length(20);
      expect(clock.timers).to.equal(1);
    });

    it('and asks no server that says something by itself, whatever it is', async () => {
      for (let said = 0; said < 20; said++) {
        await clock.pass(interval - 1);
        socket().sayRaw(said % 2 ? 'what' : '{"msg":"updated"}');
      }
      expect(socket().of('ping')).to.deep.equal([]);
    });

    it('and is patient with a server that answers late by other words', async () => {
      await clock.pass(interval + timeout - 1);
      socket().say({msg: 'updated', methods: []});
      await clock.pass(interval + timeout - 1);
      expect(told).to.deep.equal(['opened']);
    });
  });

  describe('that is given more patience', () => {
    let patience: number;
    beforeEach(() => {
      connection.end();
      told.length = 0;
      patience = 3;
      connection = new DdpConnection({
        url: URL,
        heartbeat: HEARTBEAT,
        patience: () => patience,
        opened: () => told.push('opened'),
        changed: () => undefined,
        ended: (silent) => told.push(silent ? 'ended silent' : 'ended'),
      });
    });

    it('leaves a server that is there so many times longer to answer', async () => {
      socket().greet();
      await clock.pass(interval + 3 * timeout - 1);
      expect(told).to.deep.equal(['opened']);
      expect(socket().of('ping')).to.have.length(1);
      await clock.pass(1);
      expect(told).to.deep.equal(['opened', 'ended silent']);
    });

    it('goes by what that is when the server is asked', async () => {
      socket().greet();
      patience = 2;
      await clock.pass(interval + 2 * timeout - 1);
      expect(told).to.deep.equal(['opened']);
      await clock.pass(1);
      expect(told).to.deep.equal(['opened', 'ended silent']);
    });

    it('leaves no more time to begin', async () => {
      await clock.pass(timeout);
      expect(told).to.deep.equal(['ended']);
    });

    it('leaves no more time as the page wakes up', async () => {
      socket().greet();
      connection.probe();
      await clock.pass(probe);
      expect(told).to.deep.equal(['opened', 'ended silent']);
    });
  });

  describe('is tested as the page wakes up', () => {
    it('and ends within two and a half seconds if nobody is there', async () => {
      socket().greet();
      connection.probe();
      expect(socket().of('ping')).to.have.length(1);
      await clock.pass(probe - 1);
      expect(told).to.deep.equal(['opened']);
      await clock.pass(1);
      expect(told).to.deep.equal(['opened', 'ended silent']);
      expect(probe).to.be.at.most(2500);
    });

    it('and goes on if somebody is', async () => {
      socket().greet();
      connection.probe();
      await clock.pass(probe - 1);
      socket().say({msg: 'pong'});
      await clock.pass(interval - 1);
      expect(told).to.deep.equal(['opened']);
      expect(socket().of('ping')).to.have.length(1);
    });

    it('and ends in time although the page wakes up every two seconds', async () => {
      socket().greet();
      for (let wakes = 0; wakes < 2; wakes++) {
        connection.probe();
        expect(told).to.deep.equal(['opened']);
        await clock.pass(2000);
      }
      expect(told).to.deep.equal(['opened', 'ended silent']);
    });

    it('and ends so soon also where the server had been asked already', async () => {
      socket().greet();
      await clock.pass(interval + 1);
      connection.probe();
      await clock.pass(probe - 1);
      expect(told).to.deep.equal(['opened']);
      await clock.pass(1);
      expect(told).to.deep.equal(['opened', 'ended silent']);
    });

    it('but not before it is open, and not after its end', async () => {
      connection.probe();
      await clock.pass(probe);
      expect(told).to.deep.equal([]);
      socket().greet();
      connection.end();
      connection.probe();
      expect(socket().of('ping')).to.deep.equal([]);
      expect(clock.timers).to.equal(0);
    });
  });
});

describe('what a connection throws', () => {
  const refusal = new DdpRefusal({code: '403', reason: ''});
  const lost = new ConnectionLost();

  it('is known by its fields, as another file has classes of its own', () => {
    expect([refusal, {...refusal}].every(isDdpRefusal)).to.equal(true);
    expect([lost, {...lost}].every(isConnectionLost)).to.equal(true);
  });

  it('is nothing else', () => {
    const others = [...ODD_VALUES, new Error('x'), {code: '403'}, {status: 403, body: {}}];
    expect([...others, lost].some(isDdpRefusal)).to.equal(false);
    expect([...others, refusal].some(isConnectionLost)).to.equal(false);
  });
});
