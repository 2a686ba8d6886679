import {PexipChatError, type ErrorCode} from '../errors.js';
import {checkDialRequest, type DialRequest} from '../protocol/dial-request.js';
import type {PluginMessage} from '../protocol/external-chat.js';
import type {DialOutSettler, MeetingSession} from './meeting-session.js';

/** A participant who was dialled and has joined. */
export interface DialOutResult {
  readonly uuid: string;
  readonly displayName?: string;
  readonly requestId: string;
}

export interface DialOutOptions {
  /** Gives up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds until `dial-out-timeout`. */
  readonly timeout: number;
}

type Answer = Extract<PluginMessage, {type: 'dial-out-success' | 'dial-out-error'}>;

const FROM_PLUGIN: readonly string[] = [
  'dial-out-forbidden',
  'dial-out-refused',
  'dial-out-timeout',
  'invalid-argument',
  'origins-missing',
] satisfies ErrorCode[];

const errorOf = ({code, field, message}: Extract<Answer, {type: 'dial-out-error'}>) =>
  new PexipChatError(
    code && FROM_PLUGIN.includes(code) ? (code as ErrorCode) : 'dial-out-refused',
    field ? `${message} (field: ${field})` : message,
  );

/** How long the answer to a dial-out that was given up is waited for, in milliseconds. */
const STRAY_ANSWER = 60_000;

interface Pending {
  readonly id: string;
  readonly resolve: (result: DialOutResult) => void;
  readonly reject: (reason: unknown) => void;
}

const invalid = (field: string): PexipChatError =>
  new PexipChatError(
    'invalid-argument',
    `dialOut() was given a missing or wrong "${field}". docs/dial-out.md lists the fields.`,
  );

const read = (request: unknown): DialRequest => {
  let checked: ReturnType<typeof checkDialRequest>;
  try {
    checked = checkDialRequest(request);
  } catch {
    throw invalid('request'); // a getter or proxy of the page threw
  }
  if ('field' in checked) throw invalid(checked.field);
  return checked.request;
};

let requests = 0;

/** The dial-outs of one meeting: one at a time, and each settles exactly once. */
export class DialOuts implements DialOutSettler {
  readonly #meeting: MeetingSession;
  #pending: Pending | undefined;
  #stray: ReturnType<typeof setTimeout> | undefined;

  constructor(meeting: MeetingSession) {
    this.#meeting = meeting;
    meeting.dialOuts = this;
  }

  /**
   * Sends the request and waits for its end.
   *
   * @throws {PexipChatError} `invalid-argument`; `not-connected`; `dial-out-limited` while another is
   * under way; `dial-out-ambiguous` while the answer to one that was given up may still come and
   * could not be told apart; `dial-out-timeout`; `disconnected`; or the code of the plugin's answer
   */
  async dial(request: DialRequest, options: DialOutOptions): Promise<DialOutResult> {
    const checked = read(request);
    if (!(options.timeout > 0 && options.timeout < 2 ** 31)) throw invalid('timeout');
    const {phase} = this.#meeting.getState();
    if (phase !== 'connected') {
      throw new PexipChatError(
        'not-connected',
        `dialOut() was called while the room was "${phase}". Wait for pexip-connected.`,
      );
    }
    const requestId = `dial-out-${++requests}`;
    try {
      const detail = await this.#start(checked, requestId, options);
      this.#meeting.tell({type: 'dial-out-succeeded', detail});
      return detail;
    } catch (error) {
      const {message, name} =
        error instanceof Error ? error : {message: String(error), name: 'AbortError'};
      const code = error instanceof PexipChatError ? error.code : name;
      this.#meeting.tell({type: 'dial-out-failed', detail: {message, code, requestId}});
      throw error;
    }
  }

  settle(answer: Answer): void {
    this.#forgetStray();
    const pending = this.#pending;
    // An answer to another dial-out, such as one that was given up, changes nothing.
    if (!pending || (answer.requestId ?? pending.id) !== pending.id) return;
    if (answer.type === 'dial-out-error') return pending.reject(errorOf(answer));
    const {uuid, displayName} = answer;
    pending.resolve({uuid, requestId: pending.id, ...(displayName !== undefined && {displayName})});
  }

  reset(why: string): void {
    this.#forgetStray();
    this.#pending?.reject(new PexipChatError('disconnected', why));
  }

  #start(request: DialRequest, requestId: string, options: DialOutOptions): Promise<DialOutResult> {
    const {signal, timeout} = options;
    // Our plugin has said hello: it tells answers apart by id, and hangs up when asked.
    const identified = this.#meeting.getState().version !== undefined;
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      this.#refuseIfBusy();
      const done = new AbortController();
      const end = (settle: () => void): void => {
        this.#pending = undefined;
        done.abort();
        clearTimeout(timer);
        settle();
      };
      const giveUp = (reason: unknown): void => {
        if (identified) this.#meeting.send({type: 'dial-out-cancel', requestId});
        else this.#stray = setTimeout(() => this.#forgetStray(), STRAY_ANSWER);
        end(() => reject(reason));
      };
      const timer = setTimeout(() => {
        const text = `Nobody answered the dial-out within ${timeout / 1000} s. Dial again, or allow more time.`;
        giveUp(new PexipChatError('dial-out-timeout', text));
      }, timeout);
      signal?.addEventListener('abort', () => giveUp(signal.reason), {signal: done.signal});
      this.#pending = {
        id: requestId,
        resolve: (result) => end(() => resolve(result)),
        reject: (reason) => end(() => reject(reason)),
      };
      this.#meeting.send({type: 'dial-out', ...request, ...(identified && {requestId, timeout})});
    });
  }

  #refuseIfBusy(): void {
    if (this.#pending) {
      throw new PexipChatError(
        'dial-out-limited',
        'The page dialled out while another dial-out was under way. Wait until that one has ended.',
      );
    }
    if (this.#stray) {
      throw new PexipChatError(
        'dial-out-ambiguous',
        'The answer to an earlier dial-out may still come, and this plugin gives no ids to tell ' +
          'them apart. Wait a minute, or install the plugin of this package.',
      );
    }
  }

  #forgetStray(): void {
    clearTimeout(this.#stray);
    this.#stray = undefined;
  }
}
