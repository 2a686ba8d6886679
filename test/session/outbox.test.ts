import {expect} from '@open-wc/testing';

import type {ChatMessage} from '../../src/protocol/chat-message.js';
import type {ChatApi, OutgoingMessage} from '../../src/session/chat-api.js';
import {Outbox} from '../../src/session/outbox.js';
import {ConnectionLost, DdpRefusal} from '../../src/transport/ddp-connection.js';
import {FakeClock} from '../support/fake-socket.js';
import {turn} from '../support/turn.js';
import {uncaught} from '../support/uncaught.js';
import {rejectionOf} from './recorders.js';

const outgoing = (id: string): OutgoingMessage => ({_id: id, rid: 'r', msg: `text of ${id}`});
const stored = (id: string): ChatMessage => ({
  id,
  roomId: 'r',
  text: `text of ${id}`,
  time: 1,
  updated: 1,
  sender: {userId: 'u', username: 'alice', name: 'Alice'},
});

/** As the file of REST throws it, whose class is not that of any other file once it is built. */
class RestFailure extends Error {
  constructor(
    readonly status: number,
    readonly body?: object,
  ) {
    super();
  }
}

/** A message that a server has been sent and has not answered yet. */
interface Sent {
  readonly message: OutgoingMessage;
  readonly accept: () => void;
  readonly fail: (error: Error) => void;
}

/** One connection with a server that answers when the test wants it to. */
const connect = () => {
  const sent: Sent[] = [];
  const api = {
    send: (message: OutgoingMessage) =>
      new Promise((resolve, reject) =>
        sent.push({message, accept: () => resolve(stored(message._id)), fail: reject}),
      ),
  } as unknown as ChatApi;
  return {connection: {}, api, sent};
};
const lose = (sent: Sent): void => sent.fail(new ConnectionLost());
const refusal = (code = 'error-action-not-allowed'): DdpRefusal =>
  new DdpRefusal({code, reason: ''});

describe('Outbox', () => {
  it('gives one up that the server stumbles over again and again, and goes on with the next', async () => {
    const clock = new FakeClock();
    try {
      const box = new Outbox();
      const over = connect();
      const first = rejectionOf(box.add(outgoing('a')));
      const second = box.add(outgoing('b'));
      void box.flush(over.connection, over.api);
      while (over.sent.at(-1)!.message._id === 'a') {
        over.sent.at(-1)!.fail(refusal('500'));
        await clock.pass(5_000);
      }
      expect(await first).to.include({code: 'message-refused'});
      expect(over.sent).to.have.length(14);
      over.sent.at(-1)!.accept();
      expect((await second)?.id).to.equal('b');
    } finally {
      clock.restore();
    }
  });

  it('keeps a message that the server has stumbled over, and sends it again', async () => {
    const clock = new FakeClock();
    try {
      const box = new Outbox();
      const over = connect();
      const sent = box.add(outgoing('a'));
      void box.flush(over.connection, over.api);
      for (const error of [refusal('500'), new RestFailure(401), new RestFailure(429)]) {
        over.sent.at(-1)!.fail(error);
        await clock.pass(5_000);
      }
      expect(over.sent).to.have.length(4);
      over.sent.at(-1)!.accept();
      expect((await sent)?.id).to.equal('a');
    } finally {
      clock.restore();
    }
  });

  let outbox: Outbox;
  /** What has become of each message, in the order in which it was told. */
  let told: string[];

  beforeEach(() => {
    outbox = new Outbox();
    told = [];
  });

  const add = (...ids: readonly string[]): void => {
    for (const id of ids)
      outbox.add(outgoing(id)).then(
        (message) => told.push(`sent ${message?.id ?? 'before'}`),
        (error: unknown) => told.push(`failed ${id} ${(error as {code?: string}).code}`),
      );
  };
  const flush = ({connection, api}: ReturnType<typeof connect>): Promise<void> =>
    outbox.flush(connection, api);
  const idsOf = (sent: readonly Sent[]): string[] => sent.map(({message}) => message._id);

  it('sends one after the other, in the order in which they were written', async () => {
    const over = connect();
    add('a', 'b');
    expect(outbox.size).to.equal(2);
    const flushed = flush(over);
    add('c');
    for (const id of ['a', 'b', 'c']) {
      await turn();
      expect(idsOf(over.sent).at(-1)).to.equal(id);
      over.sent.at(-1)!.accept();
    }
    await flushed;
    expect(over.sent[1]!.message).to.deep.equal(outgoing('b'));
    expect(told).to.deep.equal(['sent a', 'sent b', 'sent c']);
    expect(outbox.size).to.equal(0);
  });

  it('has one under way at most, however often it is told to send', async () => {
    const over = connect();
    add('a', 'b');
    for (let again = 0; again < 100; again++) void flush(over);
    await turn();
    expect(idsOf(over.sent)).to.deep.equal(['a']);
  });

  it('gives what the server has made of the message', async () => {
    const over = connect();
    const answer = outbox.add(outgoing('a'));
    void flush(over);
    over.sent[0]!.accept();
    expect(await answer).to.deep.equal(stored('a'));
  });

  it('sends what was lost again over the next connection, with the same id, before the rest', async () => {
    const [first, second] = [connect(), connect()];
    add('a', 'b');
    const flushed = flush(first);
    lose(first.sent[0]!);
    await flushed;
    expect(told).to.deep.equal([]);
    expect(outbox.size).to.equal(2);
    void flush(second);
    second.sent[0]!.accept();
    await turn();
    second.sent[1]!.accept();
    await turn();
    expect(first.sent[0]!.message).to.deep.equal(second.sent[0]!.message);
    expect(idsOf(second.sent)).to.deep.equal(['a', 'b']);
    expect(told).to.deep.equal(['sent a', 'sent b']);
  });

  it('gets each of 200 messages through once, over connections that are lost again and again', async () => {
    const ids = Array.from({length: 200}, (_, n) => `m${n}`);
    const kept: string[] = [];
    add(...ids);
    for (let connections = 0; outbox.size; connections++) {
      const over = connect();
      void flush(over);
      for (let sends = 0; sends <= connections % 5 && over.sent[sends]; sends++) {
        const {message, accept} = over.sent[sends]!;
        const last = sends === connections % 5;
        // Of every other one that is lost, only the answer is.
        if ((!last || connections % 2) && !kept.includes(message._id)) kept.push(message._id);
        if (last) lose(over.sent[sends]!);
        else accept();
        await turn();
      }
      expect(connections).to.be.below(1000);
    }
    expect(kept).to.deep.equal(ids);
    expect(told).to.deep.equal(ids.map((id) => `sent ${id}`));
  });

  it('rejects only what was refused', async () => {
    const over = connect();
    add('a', 'b', 'c');
    void flush(over);
    over.sent[0]!.fail(refusal());
    await turn();
    over.sent[1]!.fail(new RestFailure(400, {success: false}));
    await turn();
    over.sent[2]!.accept();
    await turn();
    expect(told).to.deep.equal(['failed a message-refused', 'failed b message-refused', 'sent c']);
  });

  it('says by which code it was refused, and never what was in it', async () => {
    const over = connect();
    const answers = ['a', 'b'].map((id) => rejectionOf(outbox.add(outgoing(id))));
    void flush(over);
    over.sent[0]!.fail(refusal('error-message-size-exceeded'));
    await turn();
    over.sent[1]!.fail(new RestFailure(403));
    const [one, two] = (await Promise.all(answers)) as Error[];
    expect(one!.message).to.include('error-message-size-exceeded');
    expect(two!.message).to.include('HTTP 403');
    expect(one!.message + two!.message).not.to.include('text of');
  });

  it('takes a message for delivered of which the server has nothing to say, as it has it already', async () => {
    add('a');
    const api = {send: () => Promise.resolve(undefined)} as unknown as ChatApi;
    await outbox.flush({}, api);
    expect(told).to.deep.equal(['sent before']);
  });

  describe('does not call refused what may have been stored', () => {
    let clock: FakeClock;
    beforeEach(() => {
      clock = new FakeClock();
    });
    afterEach(() => clock.restore());

    for (const status of [0, 500, 502, 503]) {
      it(`and repeats it five seconds later, before the rest (HTTP ${status})`, async () => {
        const over = connect();
        add('a', 'b');
        const flushed = flush(over);
        for (let times = 1; times <= 3; times++) {
          over.sent.at(-1)!.fail(new RestFailure(status));
          await clock.pass(4_999);
          void flush(over);
          expect(over.sent).to.have.length(times);
          await clock.pass(1);
          expect(idsOf(over.sent)).to.deep.equal(Array.from({length: times + 1}, () => 'a'));
        }
        expect(told).to.deep.equal([]);
        over.sent.at(-1)!.accept();
        await turn();
        expect(idsOf(over.sent).at(-1)).to.equal('b');
        over.sent.at(-1)!.accept();
        await flushed;
        expect(told).to.deep.equal(['sent a', 'sent b']);
        expect(clock.timers).to.equal(0);
      });

      it(`and sends it at once over another connection (HTTP ${status})`, async () => {
        const [first, second] = [connect(), connect()];
        add('a');
        const flushed = flush(first);
        first.sent[0]!.fail(new RestFailure(status));
        await turn();
        expect(told).to.deep.equal([]);
        void flush(second);
        second.sent[0]!.accept();
        await turn();
        expect(told).to.deep.equal(['sent a']);
        await clock.pass(5_000);
        await flushed;
        expect(idsOf(first.sent)).to.deep.equal(['a']);
      });
    }

    it('and sends nothing more where all has ended meanwhile', async () => {
      const over = connect();
      add('a', 'b');
      const flushed = flush(over);
      over.sent[0]!.fail(new RestFailure(503));
      await turn();
      outbox.end(Object.assign(new Error(), {code: 'disconnected'}));
      await clock.pass(5_000);
      await flushed;
      expect(idsOf(over.sent)).to.deep.equal(['a']);
      expect(told).to.deep.equal(['failed a disconnected', 'failed b disconnected']);
    });

    it('but what was refused, and then sends the rest at once', async () => {
      const over = connect();
      add('a', 'b', 'c', 'd');
      void flush(over);
      for (const status of [400, 403, 499]) {
        over.sent.at(-1)!.fail(new RestFailure(status));
        await turn();
      }
      expect(idsOf(over.sent)).to.deep.equal(['a', 'b', 'c', 'd']);
      expect(told).to.deep.equal(['a', 'b', 'c'].map((id) => `failed ${id} message-refused`));
    });
  });

  it('is not held up by the answer of an older connection, and counts the first one that comes', async () => {
    const [first, second] = [connect(), connect()];
    add('a', 'b');
    void flush(first);
    void flush(second);
    expect(idsOf(second.sent)).to.deep.equal(['a']);
    first.sent[0]!.accept();
    await turn();
    second.sent[0]!.accept();
    await turn();
    second.sent[1]!.accept();
    await turn();
    expect(idsOf(first.sent)).to.deep.equal(['a']);
    expect(idsOf(second.sent)).to.deep.equal(['a', 'b']);
    expect(told).to.deep.equal(['sent a', 'sent b']);
  });

  it('goes on over the newer connection when the older one fails late', async () => {
    const [first, second] = [connect(), connect()];
    add('a', 'b');
    void flush(first);
    void flush(second);
    lose(first.sent[0]!);
    await turn();
    second.sent[0]!.accept();
    await turn();
    expect(idsOf(second.sent)).to.deep.equal(['a', 'b']);
    expect(idsOf(first.sent)).to.deep.equal(['a']);
  });

  it('rejects all at the end, what is under way too, and sends nothing more', async () => {
    const errors = uncaught();
    const over = connect();
    add('a', 'b', 'c');
    void flush(over);
    outbox.end(Object.assign(new Error(), {code: 'disconnected'}));
    await turn();
    expect(told).to.deep.equal(['a', 'b', 'c'].map((id) => `failed ${id} disconnected`));
    expect(outbox.size).to.equal(0);
    over.sent[0]!.accept();
    await turn();
    expect(idsOf(over.sent)).to.deep.equal(['a']);
    expect(told).to.have.length(3);
    expect(errors).to.deep.equal([]);
  });

  it('sends what is written after the end over the next connection', async () => {
    const [first, second] = [connect(), connect()];
    add('a');
    void flush(first);
    outbox.end(new Error());
    add('b');
    void flush(second);
    first.sent[0]!.accept();
    await turn();
    expect(idsOf(second.sent)).to.deep.equal(['b']);
    second.sent[0]!.accept();
    await turn();
    expect(told).to.deep.equal(['failed a undefined', 'sent b']);
  });
});
