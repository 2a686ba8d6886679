import type {ErrorCode} from '../../src/errors.js';
import type {PluginMessage} from '../../src/protocol/external-chat.js';
import {defined} from '../../src/protocol/guards.js';
import type {PresentParticipant} from './participants.js';

export type DialOutError = Extract<PluginMessage, {type: 'dial-out-error'}>;
/** What the page is told of a dial: one of these, once. */
export type DialOutAnswer = Extract<PluginMessage, {type: 'dial-out-success'}> | DialOutError;

/** Makes the error of a dial-out; `field` is the wrong field of an `invalid-argument`. */
export const dialOutError = (code: ErrorCode, message: string, field?: string): DialOutError => ({
  type: 'dial-out-error',
  message,
  code,
  ...defined({field}),
});

export interface CallOptions {
  /** The page's own name for the call. */
  readonly requestId?: string | undefined;
  /** How long the page waits for an answer, in ms. */
  readonly timeout: number;
  /** Tells the page; called once. */
  readonly answer: (answer: DialOutAnswer) => void;
  /** Disconnects a participant, be it ringing or in the meeting. */
  readonly hangUp: (uuid: string) => void;
}

/** A call the page asked for. It answers the page exactly once, and never leaves a phone ringing. */
export class Call {
  readonly requestId: string | undefined;
  readonly #options: CallOptions;
  readonly #timer: ReturnType<typeof setTimeout>;
  #uuids: readonly string[] = [];
  #settled = false;
  #abandoned = false;

  constructor(options: CallOptions) {
    this.#options = options;
    this.requestId = options.requestId;
    const message = `Nobody answered within ${options.timeout / 1000} s.`;
    this.#timer = setTimeout(
      () => this.abandon(dialOutError('dial-out-timeout', message)),
      options.timeout,
    );
  }

  /** The page has its answer. */
  get settled(): boolean {
    return this.#settled;
  }

  /** The call has reached this participant, or rings there. */
  includes(uuid: string): boolean {
    return this.#uuids.includes(uuid);
  }

  /** The meeting rings these participants; mostly one. */
  rings(uuids: readonly string[]): void {
    this.#uuids = uuids;
    if (this.#abandoned) this.#hangUp();
  }

  /** One of the participants is in the meeting: the page's answer, or one to hang up. */
  joined({uuid, displayName}: PresentParticipant): void {
    if (!this.#abandoned) {
      this.#settle({type: 'dial-out-success', uuid, ...defined({displayName})});
    } else {
      this.#options.hangUp(uuid);
    }
  }

  /**
   * One of the participants is gone.
   *
   * @returns whether this was the last one, which ends the call
   */
  left(uuid: string): boolean {
    this.#uuids = this.#uuids.filter((each) => each !== uuid);
    if (this.#uuids.length) return false;
    this.ended();
    return true;
  }

  /** Everybody whom the call had reached is gone. */
  ended(): void {
    this.fail(dialOutError('dial-out-refused', 'The call ended before it was answered.'));
  }

  /** Answers the page, if it has no answer yet, that the call failed. */
  fail(reason: DialOutError): void {
    this.#settle(reason);
  }

  /** Fails the call and hangs up whoever rings, has joined, or is only told of later. */
  abandon(reason: DialOutError): void {
    this.#abandoned = true;
    this.fail(reason);
    this.#hangUp();
  }

  #hangUp(): void {
    this.#uuids.forEach((uuid) => this.#options.hangUp(uuid));
  }

  #settle(answer: DialOutAnswer): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.#options.answer({...answer, ...defined({requestId: this.requestId})});
  }
}
