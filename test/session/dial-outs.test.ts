import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import type {DialRequest} from '../../src/protocol/dial-request.js';
import type {PageMessage, PluginMessage} from '../../src/protocol/external-chat.js';
import {DialOuts, type DialOutOptions, type DialOutResult} from '../../src/session/dial-outs.js';
import type {MeetingFact, MeetingSession} from '../../src/session/meeting-session.js';
import {recordMeeting, rejectionOf, type Recorder} from './recorders.js';

const LATER = 60_000;
const REQUEST: DialRequest = {role: 'GUEST', destination: 'al@example.com', protocol: 'sip'};

describe('DialOuts', () => {
  let session: MeetingSession;
  let sent: Recorder<PageMessage>;
  let facts: Recorder<MeetingFact>;
  let dialOuts: DialOuts;

  beforeEach(() => {
    ({session, sent, facts} = recordMeeting());
    dialOuts = new DialOuts(session);
  });
  afterEach(() => session.stop('idle'));

  const receive = (message: PluginMessage): void => session.receive(message);
  const connect = (): void => {
    session.start(LATER);
    receive({type: 'ready'});
    receive({type: 'connected'});
    sent.take();
    facts.take();
  };
  /** As our plugin is: it has answered hello. */
  const connectIdentified = (): void => {
    connect();
    receive({type: 'ready', version: 1, features: ['chat', 'dial-out']});
    facts.take();
  };
  const dial = (options: Partial<DialOutOptions> = {}): Promise<DialOutResult> =>
    dialOuts.dial(REQUEST, {timeout: LATER, ...options});
  /** Dials, with the rejection looked after: some tests end before it comes. */
  const dialAside = (options?: Partial<DialOutOptions>): Promise<DialOutResult> => {
    const result = dial(options);
    result.catch(() => undefined);
    return result;
  };
  const lastId = (): string => {
    const last = sent.all.findLast(({type}) => type === 'dial-out');
    return (last && 'requestId' in last && last.requestId) || '';
  };
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    const error = await rejectionOf(promise);
    expect(error).to.be.instanceOf(PexipChatError);
    return (error as PexipChatError).code;
  };
  const failures = (): unknown[] =>
    facts.all.flatMap((fact) => (fact.type === 'dial-out-failed' ? [fact.detail] : []));

  describe('before anything is sent', () => {
    afterEach(() => expect(sent.all).to.deep.equal([]));

    it('names the field that is missing or wrong', async () => {
      connect();
      for (const [request, field] of [
        [{}, 'role'],
        [{...REQUEST, role: 'host'}, 'role'],
        [{...REQUEST, destination: 'a\r\nb'}, 'destination'],
        [{...REQUEST, destination: () => 'al'}, 'destination'],
        [{...REQUEST, destination: Symbol('al')}, 'destination'],
        [{...REQUEST, streaming: true}, 'streaming'],
        [null, 'role'],
        ['sip:al@example.com', 'role'],
      ] as const) {
        const error = await rejectionOf(dialOuts.dial(request as DialRequest, {timeout: LATER}));
        expect(error).to.include({code: 'invalid-argument'});
        expect((error as Error).message).to.include(`"${field}"`);
      }
    });

    it('refuses a request whose reading throws', async () => {
      connect();
      const fail = (): never => {
        throw new Error('trap');
      };
      const getter = Object.defineProperty({...REQUEST}, 'role', {enumerable: true, get: fail});
      const proxy = new Proxy(REQUEST, {get: fail, getOwnPropertyDescriptor: fail});
      for (const request of [getter, proxy]) {
        expect(await codeOf(dialOuts.dial(request, {timeout: LATER}))).to.equal('invalid-argument');
      }
    });

    it('refuses a timeout that is none', async () => {
      connect();
      for (const timeout of [0, -1, NaN, undefined, null, 'soon']) {
        const error = await rejectionOf(dial({timeout: timeout as number}));
        expect(error).to.include({code: 'invalid-argument'});
        expect((error as Error).message).to.include('"timeout"');
      }
    });

    it('refuses a timeout that no timer of a browser can keep: it would end at once', async () => {
      connect();
      for (const timeout of [Infinity, 2 ** 31]) {
        const outcome = rejectionOf(dial({timeout}));
        // Ends the dial-out if it was placed.
        const placed = sent.take().length;
        if (placed) session.stop('idle');
        expect(await outcome).to.include({code: 'invalid-argument'});
      }
    });

    it('refuses to dial unless connected', async () => {
      const refuse = async (): Promise<void> => {
        const error = await rejectionOf(dial());
        expect(error).to.include({code: 'not-connected'});
        expect((error as Error).message).to.include(`"${session.getState().phase}"`);
      };
      await refuse();
      session.start(LATER);
      await refuse();
      receive({type: 'ready'});
      sent.take();
      await refuse();
      receive({type: 'connected'});
      receive({type: 'disconnected', userInitiated: true});
      await refuse();
      session.stop('failed');
      await refuse();
    });

    it('gives the reason of a signal that is aborted already', async () => {
      connect();
      const reason = new Error('changed my mind');
      expect(await rejectionOf(dial({signal: AbortSignal.abort(reason)}))).to.equal(reason);
    });
  });

  const timeoutMessage = (timeout: number): string =>
    `Nobody answered the dial-out within ${timeout / 1000} s. Dial again, or allow more time.`;

  describe('with a plugin of the documented protocol', () => {
    beforeEach(connect);

    it('sends the documented fields and no other', () => {
      const request = {...REQUEST, text: 'Al', extra: 'x', requestId: 'mine'};
      dialOuts.dial(request, {timeout: LATER}).catch(() => undefined);
      expect(sent.all).to.deep.equal([{type: 'dial-out', ...REQUEST, text: 'Al'}]);
    });

    it('resolves with who has joined, and tells it', async () => {
      const result = dial();
      receive({type: 'dial-out-success', uuid: 'u-1', displayName: 'Al'});
      const {requestId, ...joined} = await result;
      expect(joined).to.deep.equal({uuid: 'u-1', displayName: 'Al'});
      expect(facts.all).to.deep.equal([
        {type: 'dial-out-succeeded', detail: {...joined, requestId}},
      ]);
    });

    it('rejects with what the plugin says, and tells it', async () => {
      const result = dial();
      receive({type: 'dial-out-error', message: 'Busy.'});
      const error = await rejectionOf(result);
      expect(error).to.be.instanceOf(PexipChatError);
      expect(error).to.include({code: 'dial-out-refused', message: 'Busy.'});
      expect(failures()).to.have.length(1);
      expect(failures()[0]).to.include({code: 'dial-out-refused', message: 'Busy.'});
    });

    it('dials one at a time', async () => {
      const first = dial();
      expect(await codeOf(dial())).to.equal('dial-out-limited');
      expect(sent.all).to.have.length(1);
      receive({type: 'dial-out-success', uuid: 'u-1'});
      expect((await first).uuid).to.equal('u-1');
    });

    it('dials the next once the last has ended, under another id', async () => {
      const first = dial();
      receive({type: 'dial-out-success', uuid: 'u-1'});
      const second = dial();
      receive({type: 'dial-out-error', message: 'no'});
      await rejectionOf(second);
      const third = dial();
      receive({type: 'dial-out-success', uuid: 'u-3'});
      expect((await third).uuid).to.equal('u-3');
      expect((await third).requestId).not.to.equal((await first).requestId);
    });

    it('settles once, whatever else is answered', async () => {
      const result = dial();
      receive({type: 'dial-out-success', uuid: 'u-1'});
      receive({type: 'dial-out-success', uuid: 'u-2'});
      receive({type: 'dial-out-error', message: 'no'});
      expect((await result).uuid).to.equal('u-1');
      expect(facts.all).to.have.length(1);
    });

    it('takes an answer that nobody waits for, and does nothing', () => {
      receive({type: 'dial-out-success', uuid: 'u-1'});
      receive({type: 'dial-out-error', message: 'no'});
      expect(facts.all).to.deep.equal([]);
    });

    it('gives up after the time limit, without asking the plugin to cancel', async () => {
      const error = await rejectionOf(dial({timeout: 1}));
      expect(error).to.include({code: 'dial-out-timeout', message: timeoutMessage(1)});
      expect(sent.all).to.have.length(1);
    });

    it('gives up when told to, with the reason it was given', async () => {
      const controller = new AbortController();
      const result = dial({signal: controller.signal});
      const reason = new Error('changed my mind');
      controller.abort(reason);
      expect(await rejectionOf(result)).to.equal(reason);
      expect(failures()[0]).to.include({message: 'changed my mind', code: 'Error'});
    });

    it('names the usual reason of a signal by its name', async () => {
      const controller = new AbortController();
      const result = dial({signal: controller.signal});
      controller.abort();
      expect(await rejectionOf(result)).to.include({name: 'AbortError'});
      expect(failures()[0]).to.include({code: 'AbortError'});
    });

    it('gives any reason back as it is, and tells of it in words', async () => {
      for (const reason of ['enough', 7, {}, null]) {
        const controller = new AbortController();
        const result = dial({signal: controller.signal});
        controller.abort(reason);
        expect(await rejectionOf(result)).to.equal(reason);
        receive({type: 'dial-out-error', message: 'late'});
      }
      for (const detail of failures() as {message: unknown; code: unknown}[]) {
        expect(detail.message).to.be.a('string');
        expect(detail.code).to.be.a('string');
      }
      expect(failures()).to.have.length(4);
    });

    it('dials no other while the answer to one given up may still come', async () => {
      await rejectionOf(dial({timeout: 1}));
      expect(await codeOf(dial())).to.equal('dial-out-ambiguous');
      expect(sent.all).to.have.length(1);
    });

    it('dials again once that answer has come, and does not take it for another', async () => {
      await rejectionOf(dial({timeout: 1}));
      receive({type: 'dial-out-success', uuid: 'late'});
      const second = dial();
      receive({type: 'dial-out-success', uuid: 'u-2'});
      expect((await second).uuid).to.equal('u-2');
    });

    it('dials again once the meeting or the plugin has started again', async () => {
      await rejectionOf(dial({timeout: 1}));
      receive({type: 'ready'});
      expect(await codeOf(dial({timeout: 1}))).to.equal('dial-out-timeout');
      receive({type: 'disconnected', userInitiated: false});
      receive({type: 'connected'});
      expect(await codeOf(dial({timeout: 1}))).to.equal('dial-out-timeout');
    });

    it('lets a signal be aborted after the end, to no effect', async () => {
      const controller = new AbortController();
      const result = dial({signal: controller.signal});
      receive({type: 'dial-out-success', uuid: 'u-1'});
      await result;
      controller.abort();
      expect(sent.all).to.have.length(1);
      expect(facts.all).to.have.length(1);
    });

    it('takes no late answer from before hello for that of a dial-out after it', async () => {
      await rejectionOf(dial({timeout: 1}));
      receive({type: 'ready', version: 1, features: ['chat', 'dial-out']});
      const second = dial();
      const outcome = second.catch((error: PexipChatError) => error.code);
      // The answer to the first, which had no id.
      receive({type: 'dial-out-success', uuid: 'of the first'});
      receive({type: 'dial-out-success', uuid: 'of the second', requestId: lastId()});
      expect(await outcome).not.to.include({uuid: 'of the first'});
    });
  });

  describe('with a plugin that has answered hello', () => {
    beforeEach(connectIdentified);

    it('sends an id and the time limit', () => {
      dialAside({timeout: 5000});
      expect(lastId()).to.match(/^dial-out-\d+$/);
      expect(sent.all).to.deep.equal([
        {type: 'dial-out', ...REQUEST, requestId: lastId(), timeout: 5000},
      ]);
    });

    it('takes the answer with its id, and no other', async () => {
      const result = dial();
      receive({type: 'dial-out-success', uuid: 'other', requestId: 'dial-out-other'});
      receive({type: 'dial-out-error', message: 'other', requestId: 'dial-out-other'});
      receive({type: 'dial-out-success', uuid: 'mine', requestId: lastId()});
      expect(await result).to.deep.equal({uuid: 'mine', requestId: lastId()});
    });

    it('rejects with the code of the plugin, and names its field', async () => {
      for (const code of [
        'dial-out-forbidden',
        'dial-out-refused',
        'dial-out-timeout',
        'invalid-argument',
        'origins-missing',
      ]) {
        const result = dial();
        receive({type: 'dial-out-error', message: 'no', code, requestId: lastId()});
        expect(await codeOf(result)).to.equal(code);
      }
      const result = dial();
      const field = 'requestId';
      receive({type: 'dial-out-error', message: 'In use.', code: 'invalid-argument', field});
      expect(await rejectionOf(result)).to.include({message: 'In use. (field: requestId)'});
    });

    it('takes every other code for a refusal', async () => {
      for (const code of ['not-connected', 'disconnected', 'constructor', '__proto__', 'x']) {
        const result = dial();
        receive({type: 'dial-out-error', message: 'no', code, requestId: lastId()});
        expect(await codeOf(result)).to.equal('dial-out-refused');
      }
    });

    it('asks the plugin to hang up when it gives up, by time or by signal', async () => {
      await rejectionOf(dial({timeout: 1}));
      expect(sent.all.at(-1)).to.deep.equal({type: 'dial-out-cancel', requestId: lastId()});
      const controller = new AbortController();
      const second = dial({signal: controller.signal});
      controller.abort();
      await rejectionOf(second);
      expect(sent.all.at(-1)).to.deep.equal({type: 'dial-out-cancel', requestId: lastId()});
      expect(sent.all).to.have.length(4);
    });

    it('dials the next at once after it gave up, as ids tell the answers apart', async () => {
      await rejectionOf(dial({timeout: 1}));
      const given = lastId();
      const second = dial();
      expect(lastId()).not.to.equal(given);
      receive({type: 'dial-out-success', uuid: 'late', requestId: given});
      receive({type: 'dial-out-success', uuid: 'u-2', requestId: lastId()});
      expect((await second).uuid).to.equal('u-2');
    });
  });

  describe('when nobody can answer any more', () => {
    const ENDS: Readonly<Record<string, () => void>> = {
      'the person leaves': () => receive({type: 'disconnected', userInitiated: true}),
      'the meeting is lost': () => receive({type: 'disconnected', userInitiated: false}),
      'the plugin starts again': () => receive({type: 'ready'}),
      'Web App 3 starts again': () => {
        session.frameLoaded();
        session.frameLoaded();
      },
      'another address is loaded': () => session.start(LATER),
      'the frame is removed': () => session.stop('idle'),
    };

    for (const [name, end] of Object.entries(ENDS)) {
      it(`rejects as ${name}, says what to do, and sends no cancel`, async () => {
        connectIdentified();
        const result = dial();
        end();
        const error = await rejectionOf(result);
        expect(error).to.include({code: 'disconnected'});
        expect((error as Error).message).to.match(/dial again\.$/i);
        expect(failures()).to.have.length(1);
        expect(sent.all.map(({type}) => type)).not.to.include('dial-out-cancel');
      });
    }

    it('stays pending when the plugin answers hello', async () => {
      connect();
      const result = dial();
      receive({type: 'ready', version: 1, features: ['chat', 'dial-out']});
      receive({type: 'dial-out-success', uuid: 'u-1'});
      expect((await result).uuid).to.equal('u-1');
    });
  });
});
