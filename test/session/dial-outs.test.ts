import {expect} from '@open-wc/testing';

import {PexipChatError} from '../../src/errors.js';
import type {DialRequest} from '../../src/protocol/dial-request.js';
import type {
  PexipDialOutFailedDetail,
  PexipDialOutRequestDetail,
} from '../../src/events/dial-out-events.js';
import {toWire, type PageMessage, type PluginMessage} from '../../src/protocol/external-chat.js';
import type {DialOutResult} from '../../src/session/dial-call.js';
import {DialOuts, type DialOutOptions, type DialPace} from '../../src/session/dial-outs.js';
import type {MeetingSession} from '../../src/session/meeting-session.js';
import {recordMeeting, Recorder, rejectionOf} from './recorders.js';

const LATER = 60_000;
const REQUEST: DialRequest = {role: 'GUEST', destination: 'al@example.com', protocol: 'sip'};

describe('DialOuts', () => {
  let session: MeetingSession;
  let sent: Recorder<PageMessage>;
  let asked: PexipDialOutRequestDetail[];
  let joined: DialOutResult[];
  let failures: PexipDialOutFailedDetail[];
  /** What the page's listeners do when they are asked. */
  let permit: (detail: PexipDialOutRequestDetail) => boolean;
  let dialOuts: DialOuts;

  beforeEach(() => {
    ({session, sent} = recordMeeting());
    // What a test before has left behind ends in its own lists.
    asked = [];
    joined = [];
    failures = [];
    const lists = {asked, joined, failures};
    permit = () => true;
    dialOuts = new DialOuts(session, {
      asked: (detail) => {
        lists.asked.push(detail);
        return permit(detail);
      },
      succeeded: (detail) => lists.joined.push(detail),
      failed: (detail) => lists.failures.push(detail),
    });
  });
  afterEach(() => session.stop('idle'));

  /** As the meeting's view does: the session reads no answer to a dial-out. */
  const receive = (message: PluginMessage): void => {
    if (message.type === 'dial-out-success' || message.type === 'dial-out-error')
      expect(dialOuts.receive(toWire(message))).to.equal(true);
    else session.receive(message);
  };
  const connect = (): void => {
    session.start(LATER);
    receive({type: 'ready'});
    receive({type: 'connected'});
    sent.take();
  };
  /** As our plugin is: it has answered hello. */
  const connectIdentified = (): void => {
    connect();
    receive({type: 'ready', version: 1, features: ['chat', 'dial-out']});
  };
  const dial = (options: Partial<DialOutOptions> = {}): Promise<DialOutResult> =>
    dialOuts.dial(REQUEST, {timeout: LATER, ...options});
  /** Dials, with the rejection looked after: some tests end before it comes. */
  const dialAside = (options?: Partial<DialOutOptions>): Promise<DialOutResult> => {
    const result = dial(options);
    result.catch(() => undefined);
    return result;
  };
  /** The ids that were sent, in their order. */
  const ids = (): string[] =>
    sent.all.flatMap((each) =>
      each.type === 'dial-out' && each.requestId ? [each.requestId] : [],
    );
  const lastId = (): string => ids().at(-1) ?? '';
  const codeOf = async (promise: Promise<unknown>): Promise<unknown> => {
    const error = await rejectionOf(promise);
    expect(error).to.be.instanceOf(PexipChatError);
    return (error as PexipChatError).code;
  };
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
      for (const timeout of [0, -1, NaN, undefined, null, 'soon', '5', 5n]) {
        const error = await rejectionOf(dial({timeout: timeout as unknown as number}));
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
      const {requestId, ...participant} = await result;
      expect(participant).to.deep.equal({uuid: 'u-1', displayName: 'Al'});
      expect(joined).to.deep.equal([{...participant, requestId}]);
      expect(failures).to.deep.equal([]);
    });

    it('rejects with what the plugin says, and tells it', async () => {
      const result = dial();
      receive({type: 'dial-out-error', message: 'Busy.'});
      const error = await rejectionOf(result);
      expect(error).to.be.instanceOf(PexipChatError);
      expect(error).to.include({code: 'dial-out-refused', message: 'Busy.'});
      expect(failures).to.have.length(1);
      expect(failures[0]).to.include({code: 'dial-out-refused', message: 'Busy.'});
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
      expect([...joined, ...failures]).to.have.length(1);
    });

    it('says of what is no answer that it is none, and waits on', async () => {
      const result = dial();
      for (const data of [{}, null, toWire({type: 'connected'}), {uuid: 'u-1'}])
        expect(dialOuts.receive(data)).to.equal(false);
      receive({type: 'dial-out-success', uuid: 'u-1'});
      expect((await result).uuid).to.equal('u-1');
    });

    it('takes an answer that nobody waits for, and does nothing', () => {
      receive({type: 'dial-out-success', uuid: 'u-1'});
      receive({type: 'dial-out-error', message: 'no'});
      expect([...joined, ...failures]).to.deep.equal([]);
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
      expect(failures[0]).to.include({message: 'changed my mind', code: 'Error'});
    });

    it('names the usual reason of a signal by its name', async () => {
      const controller = new AbortController();
      const result = dial({signal: controller.signal});
      controller.abort();
      expect(await rejectionOf(result)).to.include({name: 'AbortError'});
      expect(failures[0]).to.include({code: 'AbortError'});
    });

    it('gives any reason back as it is, and tells of it in words', async () => {
      for (const reason of ['enough', 7, {}, null]) {
        const controller = new AbortController();
        const result = dial({signal: controller.signal});
        controller.abort(reason);
        expect(await rejectionOf(result)).to.equal(reason);
        receive({type: 'dial-out-error', message: 'late'});
      }
      for (const detail of failures) {
        expect(detail.message).to.be.a('string');
        expect(detail.code).to.be.a('string');
      }
      expect(failures).to.have.length(4);
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
      expect([...joined, ...failures]).to.have.length(1);
    });

    const uuidOf = async (call: Promise<DialOutResult>): Promise<string> => (await call).uuid;

    it('lets each wait for its turn, in the order they were asked for', async () => {
      const calls = [dial(), dial(), dial()];
      for (const [index, call] of calls.entries()) {
        expect(sent.all).to.have.length(index + 1);
        receive({type: 'dial-out-success', uuid: `u-${index}`});
        expect(await uuidOf(call)).to.equal(`u-${index}`);
      }
      expect(new Set(joined.map(({requestId}) => requestId)).size).to.equal(3);
    });

    it('dials the next when the one before was refused', async () => {
      const [first, second] = [dial(), dial()];
      receive({type: 'dial-out-error', message: 'Busy.'});
      expect(await codeOf(first)).to.equal('dial-out-refused');
      receive({type: 'dial-out-success', uuid: 'u-2'});
      expect(await uuidOf(second)).to.equal('u-2');
    });

    it('never sends one that is aborted before its turn, and dials the next all the same', async () => {
      const controller = new AbortController();
      const [first, second, third] = [dial(), dial({signal: controller.signal}), dial()];
      controller.abort(new Error('changed my mind'));
      expect(await rejectionOf(second)).to.include({message: 'changed my mind'});
      receive({type: 'dial-out-success', uuid: 'u-1'});
      receive({type: 'dial-out-success', uuid: 'u-3'});
      expect(await Promise.all([uuidOf(first), uuidOf(third)])).to.deep.equal(['u-1', 'u-3']);
      expect(sent.all).to.have.length(2);
    });

    for (const [how, options] of Object.entries({
      'times out': {timeout: 1},
      'is aborted': {signal: AbortSignal.timeout(1)},
    })) {
      it(`refuses those that wait as ambiguous when the one before ${how}`, async () => {
        const signal = 'signal' in options ? AbortSignal.timeout(1) : undefined;
        const first = rejectionOf(dial({...options, signal}));
        const waiting = [codeOf(dial()), codeOf(dial())];
        await first;
        expect(await Promise.all(waiting)).to.deep.equal(Array(2).fill('dial-out-ambiguous'));
        expect(sent.all).to.have.length(1);
        receive({type: 'dial-out-error', message: 'late'});
        dialAside();
        expect(sent.all).to.have.length(2);
      });
    }

    it('sends those that wait at once, with ids, when the plugin answers hello', async () => {
      const calls = [dial(), dial(), dial()];
      receive({type: 'ready', version: 1, features: ['chat', 'dial-out']});
      expect(sent.all).to.have.length(3);
      const [second = '', third = ''] = ids();
      receive({type: 'dial-out-success', uuid: 'u-3', requestId: third});
      receive({type: 'dial-out-success', uuid: 'u-1'});
      receive({type: 'dial-out-success', uuid: 'u-2', requestId: second});
      expect(await Promise.all(calls.map(uuidOf))).to.deep.equal(['u-1', 'u-2', 'u-3']);
    });

    it('rejects those that wait when nobody can answer any more, and sends none of them', async () => {
      const calls = [codeOf(dial()), codeOf(dial()), codeOf(dial())];
      receive({type: 'disconnected', userInitiated: true});
      expect(await Promise.all(calls)).to.deep.equal(Array(3).fill('disconnected'));
      expect(sent.all).to.have.length(1);
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
      receive({
        type: 'dial-out-error',
        message: 'In use.',
        code: 'invalid-argument',
        field,
        requestId: lastId(),
      });
      expect(await rejectionOf(result)).to.include({message: 'In use. (field: requestId)'});
    });

    it('takes every other code for a refusal', async () => {
      for (const code of ['not-connected', 'disconnected', 'constructor', '__proto__', 'x']) {
        const result = dial();
        receive({type: 'dial-out-error', message: 'no', code, requestId: lastId()});
        expect(await codeOf(result)).to.equal('dial-out-refused');
      }
    });

    it('has several under way at once, and gives each its own answer', async () => {
      const calls = [dial(), dial(), dial()];
      expect(sent.all).to.have.length(3);
      const [first = '', second = '', third = ''] = ids();
      receive({type: 'dial-out-error', message: 'Busy.', requestId: second});
      receive({type: 'dial-out-success', uuid: 'u-3', requestId: third});
      receive({type: 'dial-out-success', uuid: 'u-1', requestId: first});
      expect(await calls[0]).to.deep.equal({uuid: 'u-1', requestId: first});
      expect(await rejectionOf(calls[1]!)).to.include({message: 'Busy.'});
      expect(await calls[2]).to.deep.equal({uuid: 'u-3', requestId: third});
    });

    it('takes an answer without an id for none of them', async () => {
      const call = dial();
      receive({type: 'dial-out-success', uuid: 'whose?'});
      receive({type: 'dial-out-success', uuid: 'mine', requestId: lastId()});
      expect((await call).uuid).to.equal('mine');
    });

    it('hangs up only the one that is aborted', async () => {
      const controller = new AbortController();
      const [first, second] = [dial({signal: controller.signal}), dial()];
      const [aborted = '', other = ''] = ids();
      controller.abort();
      await rejectionOf(first);
      expect(sent.all.slice(2)).to.deep.equal([{type: 'dial-out-cancel', requestId: aborted}]);
      receive({type: 'dial-out-success', uuid: 'u-2', requestId: other});
      expect((await second).uuid).to.equal('u-2');
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
        expect(failures).to.have.length(1);
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

  describe('asks the page first', () => {
    beforeEach(connectIdentified);

    it('with the request as it will be sent, its id and who asks', async () => {
      dialAside();
      expect(asked).to.deep.equal([{request: REQUEST, requestId: lastId(), origin: 'page'}]);
      expect(Object.isFrozen(asked[0]!.request)).to.be.true;
      dialAside({origin: 'service'});
      expect(asked[1]!.origin).to.equal('service');
    });

    it('and dials nobody if it refuses', async () => {
      permit = () => false;
      const error = await rejectionOf(dial());
      expect(error).to.include({code: 'dial-out-refused'});
      expect((error as Error).message).to.include('pexip-dial-out-request');
      expect(sent.all).to.deep.equal([]);
      expect(failures).to.have.length(1);
      expect(failures[0]!.requestId).to.equal(asked[0]!.requestId);
    });

    it('and dials nobody if the meeting has ended meanwhile, or the page has given up', async () => {
      permit = () => {
        receive({type: 'disconnected', userInitiated: true});
        return true;
      };
      expect(await codeOf(dial())).to.equal('not-connected');
      connectIdentified();
      const controller = new AbortController();
      permit = () => {
        controller.abort(new Error('never mind'));
        return true;
      };
      expect(await rejectionOf(dial({signal: controller.signal}))).to.include({
        message: 'never mind',
      });
      expect(sent.all.map(({type}) => type)).not.to.include('dial-out');
    });

    it('and lets a listener dial, too, within the limits', async () => {
      permit = () => {
        dialAside();
        return true;
      };
      dialAside();
      expect(sent.all).to.have.length(4);
      expect(asked).to.have.length(4);
    });
  });

  describe('limits', () => {
    beforeEach(connectIdentified);
    const answerAll = (): void => {
      for (const requestId of ids()) receive({type: 'dial-out-success', uuid: 'u', requestId});
    };
    const flood = (count: number, options?: Partial<DialOutOptions>): Promise<unknown>[] =>
      Array.from({length: count}, () => rejectionOf(dialAside(options)).catch(() => undefined));

    it('allow four at once by default, and the next when one has ended', async () => {
      flood(4);
      const error = await rejectionOf(dial());
      expect(error).to.include({code: 'dial-out-limited'});
      expect((error as Error).message)
        .to.include('4')
        .and.to.include('dialOutLimits.inFlight');
      expect(sent.all).to.have.length(4);
      expect(asked).to.have.length(4);
      receive({type: 'dial-out-success', uuid: 'u', requestId: ids()[0]!});
      await Promise.resolve();
      await Promise.resolve();
      dialAside();
      expect(sent.all).to.have.length(5);
    });

    it('count those that wait for their turn', async () => {
      session.stop('idle');
      connect();
      flood(4);
      expect(sent.all).to.have.length(1);
      expect(await codeOf(dial())).to.equal('dial-out-limited');
    });

    it('allow ten within a minute by default', async () => {
      for (let dialled = 0; dialled < 10; dialled++) {
        const call = dial();
        answerAll();
        await call;
      }
      const error = await rejectionOf(dial());
      expect(error).to.include({code: 'dial-out-limited'});
      expect((error as Error).message).to.include('dialOutLimits.perMinute');
      expect(sent.all).to.have.length(10);
    });

    it('allow thirty in a meeting by default, and so many again in the next', async () => {
      const limits = {perMinute: Infinity};
      for (let dialled = 0; dialled < 30; dialled++) {
        const call = dial({limits});
        answerAll();
        await call;
      }
      expect(((await rejectionOf(dial({limits}))) as Error).message).to.include('perMeeting');
      // Joining again is no new meeting.
      receive({type: 'disconnected', userInitiated: false});
      receive({type: 'connected'});
      expect(await codeOf(dial({limits}))).to.equal('dial-out-limited');
      connectIdentified();
      dialAside({limits});
      expect(sent.all.at(-1)!.type).to.equal('dial-out');
    });

    it('stop a burst of a thousand at the first four, and each of the others is told', async () => {
      const outcomes = flood(1000);
      expect(sent.all).to.have.length(4);
      session.stop('idle');
      const codes = (await Promise.all(outcomes)).map((error) => (error as PexipChatError).code);
      expect(codes.filter((code) => code === 'dial-out-limited')).to.have.length(996);
    });

    it('do not count what the page refused or what was wrong', async () => {
      permit = () => false;
      await Promise.all(flood(20));
      for (let wrong = 0; wrong < 20; wrong++) {
        await rejectionOf(dialOuts.dial({} as DialRequest, {timeout: LATER}));
      }
      permit = () => true;
      dialAside();
      expect(sent.all).to.have.length(1);
    });

    it('take what the page sets, and what it leaves out by default', async () => {
      flood(1, {limits: {inFlight: 1}});
      expect(await codeOf(dial({limits: {inFlight: 1}}))).to.equal('dial-out-limited');
      for (const limits of [{}, null, undefined]) dialAside({limits});
      expect(sent.all).to.have.length(4);
      expect(await codeOf(dial({limits: {inFlight: 0}}))).to.equal('dial-out-limited');
    });

    it('that are none are refused by name', async () => {
      for (const value of [NaN, -1, '4', {}, () => 1, Symbol('4'), null]) {
        const limits = {perMinute: value as number};
        const error = await rejectionOf(dial({limits}));
        expect(error).to.include({code: 'invalid-argument'});
        expect((error as Error).message).to.include('dialOutLimits.perMinute');
      }
      const trap = new Proxy({}, {ownKeys: () => Reflect.ownKeys(null as never)});
      expect(await codeOf(dial({limits: trap}))).to.equal('invalid-argument');
      expect(sent.all).to.deep.equal([]);
    });

    it('do not forget a dial-out because another at the same moment was refused', async () => {
      const limits = {inFlight: Infinity, perMinute: 3};
      permit = () => asked.length !== 2;
      const calls = flood(4, {limits});
      expect(await Promise.race(calls.slice(1, 2))).to.include({code: 'dial-out-refused'});
      expect(sent.all).to.have.length(3);
      expect(await codeOf(dial({limits}))).to.equal('dial-out-limited');
    });

    it('leave a value that is undefined at its default', async () => {
      flood(4, {limits: {inFlight: undefined} as never});
      expect(sent.all).to.have.length(4);
      expect(await codeOf(dial())).to.equal('dial-out-limited');
    });
  });

  describe('as time passes', () => {
    /** Resolves once that many ms have passed for every timer of the page. */
    const pass = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    const quick = (pace: DialPace): void => {
      session.stop('idle');
      dialOuts = new DialOuts(
        session,
        {asked: () => true, succeeded: () => {}, failed: () => {}},
        pace,
      );
    };

    it('dials again when the answer to one given up has not come for long enough', async () => {
      quick({stray: 20, minute: LATER});
      connect();
      await rejectionOf(dial({timeout: 1}));
      expect(await codeOf(dial())).to.equal('dial-out-ambiguous');
      await pass(25);
      dialAside();
      expect(sent.all).to.have.length(2);
    });

    it('counts a dial-out no more when its minute is over', async () => {
      quick({stray: LATER, minute: 20});
      connectIdentified();
      dialAside({limits: {perMinute: 1}});
      await pass(25);
      dialAside({limits: {perMinute: 1}});
      expect(sent.all).to.have.length(2);
    });
  });
});
