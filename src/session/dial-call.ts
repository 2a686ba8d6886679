import {PexipChatError, type ErrorCode} from '../errors.js';
import type {DialRequest} from '../protocol/dial-request.js';
import type {DialAnswer} from '../protocol/dial-answer.js';

/** A participant who was dialled and has joined. */
export interface DialOutResult {
  readonly uuid: string;
  readonly displayName?: string;
  readonly requestId: string;
}

const FROM_PLUGIN: readonly string[] = [
  'dial-out-forbidden',
  'dial-out-refused',
  'dial-out-timeout',
  'invalid-argument',
  'origins-missing',
] satisfies ErrorCode[];

const errorOf = ({code, field, message}: Extract<DialAnswer, {type: 'dial-out-error'}>) =>
  new PexipChatError(
    code && FROM_PLUGIN.includes(code) ? (code as ErrorCode) : 'dial-out-refused',
    field ? `${message} (field: ${field})` : message,
  );

export interface DialCallOptions {
  readonly requestId: string;
  readonly request: DialRequest;
  /** Milliseconds from the sending until `dial-out-timeout`. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  /** Called once, as it settles. @param givenUp by the page's signal or by the time limit */
  readonly ended: (call: DialCall, givenUp: boolean) => void;
}

/** One dial-out, waiting for its turn or sent. It settles exactly once. */
export class DialCall {
  readonly requestId: string;
  readonly request: DialRequest;
  readonly timeout: number;
  readonly settled: Promise<DialOutResult>;
  /** Sent with its id, so that its answer has it too. Undefined while it waits for its turn. */
  identified: boolean | undefined;
  readonly #ended: DialCallOptions['ended'];
  readonly #done = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #resolve!: (result: DialOutResult) => void;
  #reject!: (reason: unknown) => void;

  constructor({requestId, request, timeout, signal, ended}: DialCallOptions) {
    this.requestId = requestId;
    this.request = request;
    this.timeout = timeout;
    this.#ended = ended;
    this.settled = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    signal?.addEventListener('abort', () => this.fail(signal.reason, true), {
      signal: this.#done.signal,
    });
  }

  /** It is sent now: its time begins. */
  send(identified: boolean): void {
    this.identified = identified;
    this.#timer = setTimeout(() => {
      const text = `Nobody answered the dial-out within ${this.timeout / 1000} s. Dial again, or allow more time.`;
      this.fail(new PexipChatError('dial-out-timeout', text), true);
    }, this.timeout);
  }

  answer(answer: DialAnswer): void {
    if (answer.type === 'dial-out-error') return this.fail(errorOf(answer));
    const {uuid, displayName} = answer;
    this.#end(false);
    this.#resolve({
      uuid,
      requestId: this.requestId,
      ...(displayName !== undefined && {displayName}),
    });
  }

  fail(reason: unknown, givenUp = false): void {
    this.#end(givenUp);
    this.#reject(reason);
  }

  #end(givenUp: boolean): void {
    this.#done.abort();
    clearTimeout(this.#timer);
    this.#ended(this, givenUp);
  }
}
