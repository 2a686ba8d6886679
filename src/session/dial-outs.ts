import {PexipChatError} from '../errors.js';
import type {
  DialOutOrigin,
  PexipDialOutFailedDetail,
  PexipDialOutRequestDetail,
} from '../events/dial-out-events.js';
import {parseDialAnswer} from '../protocol/dial-answer.js';
import {checkDialRequest, type DialRequest} from '../protocol/dial-request.js';
import {defined} from '../protocol/guards.js';
import {DialCall, type DialCallOptions, type DialOutResult} from './dial-call.js';
import {DIAL_OUT_LIMITS, type DialOutLimits} from './dial-limits.js';
import {DialTally} from './dial-tally.js';
import type {DialOutSettler, MeetingSession} from './meeting-session.js';

/** Hears of every dial-out that the room makes. */
export interface DialOutListener {
  /** @returns false to refuse it */
  asked(detail: PexipDialOutRequestDetail): boolean;
  succeeded(detail: DialOutResult): void;
  failed(detail: PexipDialOutFailedDetail): void;
}

export interface DialOutOptions {
  /** Gives up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds from the sending until `dial-out-timeout`. */
  readonly timeout: number;
  /** What is left out has its default. */
  readonly limits?: Partial<DialOutLimits> | null | undefined;
  /** Default `page`. */
  readonly origin?: DialOutOrigin;
}

/** In milliseconds. Tests have less time. */
export interface DialPace {
  /** How long the answer to a dial-out that was given up is waited for. */
  readonly stray: number;
  /** How long a dial-out counts for `perMinute`. */
  readonly minute: number;
}

const DIAL_PACE: DialPace = {stray: 60_000, minute: 60_000};

const invalid = (field: string): PexipChatError =>
  new PexipChatError(
    'invalid-argument',
    `dialOut() was given a missing or wrong "${field}". docs/dial-out.md lists the fields.`,
  );

/** Reads what the page gave. A getter or proxy of it may throw. */
const reading = <Result>(field: string, read: () => Result): Result => {
  try {
    return read();
  } catch (error) {
    throw error instanceof PexipChatError ? error : invalid(field);
  }
};

const readLimits = (given: DialOutOptions['limits']): DialOutLimits => {
  const limits = {...DIAL_OUT_LIMITS, ...defined({...given})};
  for (const name of Object.keys(DIAL_OUT_LIMITS) as (keyof DialOutLimits)[]) {
    if (typeof limits[name] !== 'number' || !(limits[name] >= 0))
      throw invalid(`dialOutLimits.${name}`);
  }
  return limits;
};

const ambiguous = (): PexipChatError =>
  new PexipChatError(
    'dial-out-ambiguous',
    'The answer to an earlier dial-out may still come, and this plugin gives no ids to tell ' +
      'them apart. Wait a minute, or install the plugin of this package.',
  );

let requests = 0;

/**
 * The dial-outs of a room; each settles exactly once. Our plugin tells them apart by their ids, so
 * that several are under way at once. With any other plugin each waits until the one before has
 * ended; and when that was given up without an answer, nobody knows whose the next answer is.
 */
export class DialOuts implements DialOutSettler {
  readonly #meeting: MeetingSession;
  readonly #listener: DialOutListener;
  readonly #tally: DialTally;
  readonly #pace: DialPace;
  /** Waiting for their turn and sent, in the order they were asked for. */
  readonly #calls = new Set<DialCall>();
  #stray: ReturnType<typeof setTimeout> | undefined;

  constructor(meeting: MeetingSession, listener: DialOutListener, pace = DIAL_PACE) {
    this.#pace = pace;
    this.#tally = new DialTally(pace.minute);
    this.#meeting = meeting;
    this.#listener = listener;
    meeting.dialOuts = this;
    meeting.subscribe(({phase}, {type}) => {
      if (type === 'phase' && phase === 'loading') this.#tally.newMeeting();
      // The plugin may have said just now that it knows ids.
      this.#sendWhatMay();
    });
  }

  /**
   * Sends the request, or lets it wait for its turn, until its end.
   *
   * @throws {PexipChatError} `invalid-argument`; `not-connected`; `dial-out-limited`;
   * `dial-out-refused` by a listener; `dial-out-ambiguous` while the answer to one that was given up
   * may still come and could not be told apart; `dial-out-timeout`; `disconnected`; or the code of
   * the plugin's answer
   */
  async dial(request: DialRequest, options: DialOutOptions): Promise<DialOutResult> {
    const checked = reading('request', () => checkDialRequest(request));
    if ('field' in checked) throw invalid(checked.field);
    const limits = reading('dialOutLimits', () => readLimits(options.limits));
    const {timeout} = options;
    if (typeof timeout !== 'number' || !(timeout > 0 && timeout < 2 ** 31))
      throw invalid('timeout');
    this.#refuseUnlessConnected();
    const requestId = `dial-out-${++requests}`;
    try {
      const result = await this.#dial(checked.request, requestId, {...options, limits});
      this.#listener.succeeded(result);
      return result;
    } catch (error) {
      // The signal's reason may be anything.
      const {message, name} =
        error instanceof Error ? error : {message: 'The page gave up.', name: 'AbortError'};
      const code = error instanceof PexipChatError ? error.code : name;
      this.#listener.failed({message, code, requestId});
      throw error;
    }
  }

  /** @returns whether the data was an answer to a dial-out */
  receive(data: unknown): boolean {
    const answer = parseDialAnswer(data);
    if (!answer) return false;
    const {requestId} = answer;
    // Without an id it can only be the answer to the one that was sent without, or given up since.
    if (requestId === undefined) this.#forgetStray();
    const call =
      requestId === undefined
        ? this.#unnamed
        : [...this.#calls].find((each) => each.identified && each.requestId === requestId);
    call?.answer(answer);
    return true;
  }

  reset(restarted = false): void {
    this.#forgetStray();
    const why = restarted
      ? 'The plugin started again before the dial-out was answered. Dial again.'
      : 'The meeting ended before the dial-out was answered. Join and dial again.';
    this.#failAll(() => new PexipChatError('disconnected', why));
  }

  async #dial(
    request: DialRequest,
    requestId: string,
    {signal, timeout, limits, origin = 'page'}: DialOutOptions & {limits: DialOutLimits},
  ): Promise<DialOutResult> {
    signal?.throwIfAborted();
    this.#refuseIfAmbiguous();
    // Counted before the listeners hear of it: one of them may dial, too.
    const release = this.#tally.take(limits);
    let tookPlace = false;
    try {
      if (!this.#listener.asked({request: Object.freeze({...request}), requestId, origin})) {
        throw new PexipChatError(
          'dial-out-refused',
          'A listener of pexip-dial-out-request on this page refused the dial-out.',
        );
      }
      // The listeners may have changed what was true before them.
      signal?.throwIfAborted();
      this.#refuseUnlessConnected();
      this.#refuseIfAmbiguous();
      tookPlace = true;
      return await this.#place({request, requestId, signal, timeout});
    } finally {
      release(tookPlace);
    }
  }

  #place(options: Omit<DialCallOptions, 'ended'>): Promise<DialOutResult> {
    const call = new DialCall({
      ...options,
      ended: (each, givenUp) => {
        this.#calls.delete(each);
        if (givenUp) this.#cleanUp(each);
        this.#sendWhatMay();
      },
    });
    this.#calls.add(call);
    this.#sendWhatMay();
    return call.settled;
  }

  #sendWhatMay(): void {
    for (const call of this.#calls) {
      if (call.identified !== undefined) continue;
      const identified = this.#identifies;
      if (!identified && (this.#stray || this.#unnamed)) return;
      const {request, requestId, timeout} = call;
      call.send(identified);
      this.#meeting.send({type: 'dial-out', ...request, ...(identified && {requestId, timeout})});
    }
  }

  /** After a dial-out was given up: hangs up, or else waits for the answer that may still come. */
  #cleanUp({identified, requestId}: DialCall): void {
    if (identified) this.#meeting.send({type: 'dial-out-cancel', requestId});
    if (identified !== false) return;
    this.#stray = setTimeout(() => this.#forgetStray(), this.#pace.stray);
    this.#failAll(ambiguous, (call) => call.identified === undefined);
  }

  #failAll(reason: () => PexipChatError, which = (_call: DialCall): boolean => true): void {
    const failing = [...this.#calls].filter(which);
    // None of them may be sent because another has ended.
    for (const call of failing) this.#calls.delete(call);
    for (const call of failing) call.fail(reason());
  }

  /** Our plugin has said hello: it tells answers apart by id, and hangs up when asked. */
  get #identifies(): boolean {
    return this.#meeting.getState().version !== undefined;
  }

  /** The one that was sent without an id. */
  get #unnamed(): DialCall | undefined {
    return [...this.#calls].find(({identified}) => identified === false);
  }

  #refuseUnlessConnected(): void {
    const {phase} = this.#meeting.getState();
    if (phase === 'connected') return;
    throw new PexipChatError(
      'not-connected',
      `dialOut() was called while the room was "${phase}". Wait for pexip-connected.`,
    );
  }

  #refuseIfAmbiguous(): void {
    if (this.#stray && !this.#identifies) throw ambiguous();
  }

  #forgetStray(): void {
    clearTimeout(this.#stray);
    this.#stray = undefined;
  }
}
