import {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Parts} from '../../parts/parts.js';
import type {CallFact, CallSession} from '../../session/call-session.js';
import {delayBefore, type Backoff} from '../../transport/backoff.js';
import type {BrokerClient} from '../../transport/broker-client.js';
import {sleep} from '../../transport/sleep.js';
import {onWake} from '../../transport/wake.js';
import type {DeskMemory} from './desk-memory.js';

export interface DeskCallsOptions {
  /** The broker's address with a slash at its end. */
  readonly broker: string;
  /** @throws {PexipChatError} `part-failed` */
  readonly client: () => Promise<BrokerClient>;
  /** The user's alias, once it is known. */
  readonly alias: () => Promise<string>;
  readonly memory: Pick<DeskMemory, 'callsFailed'>;
  readonly report: (error: PexipChatError) => void;
  /** What loads the code of calls. @throws {PexipChatError} `part-failed` */
  readonly load?: () => Promise<Parts['calls']>;
}

/** Between two attempts to load what is missing. */
const AGAIN: Backoff = {first: 2_000, most: 300_000};

const refused = (answer: number): PexipChatError =>
  new PexipChatError(
    'broker-failed',
    `The broker refuses the stream of calls (HTTP ${answer}), and is asked again by and by: nobody can ring here meanwhile. Check the accessToken or the cookie of this page, and the proxy before the broker.`,
  );

/** Hears of the user's calls, by the one stream of the page. Chats go on without, where that is not to be had. */
export class DeskCalls {
  /** The stream, once there is the code for it. */
  readonly session: Promise<CallSession | undefined>;
  readonly #options: DeskCallsOptions;
  readonly #life = new AbortController();
  #session: CallSession | undefined;

  constructor(options: DeskCallsOptions) {
    this.#options = options;
    this.session = this.#begin();
  }

  /** The user has another token: who was refused for the one before asks again. */
  goOn(): void {
    if (this.#session?.getState().end === 'refused') this.#session.start();
  }

  stop(): void {
    this.#life.abort();
  }

  async #begin(): Promise<CallSession | undefined> {
    const {signal} = this.#life;
    for (let tried = 0; !signal.aborted; tried++)
      try {
        return await this.#hear();
      } catch (error) {
        if (signal.aborted) break;
        this.#tell(error as PexipChatError);
        await this.#pause(delayBefore(tried, AGAIN));
      }
    return undefined;
  }

  async #hear(): Promise<CallSession | undefined> {
    const {broker, client, alias, load = () => loadPart('calls')} = this.#options;
    const {signal} = this.#life;
    const access = {broker, client: await client(), alias: await alias()};
    const {calls} = await load();
    if (signal.aborted) return;
    const held = calls(access);
    const session = (this.#session = held.hold());
    const end = session.subscribe((_, fact) => this.#heard(fact));
    signal.addEventListener('abort', () => {
      end();
      held.letGo();
    });
    this.#heard();
    session.start();
    return session;
  }

  #heard(fact?: CallFact): void {
    if (fact?.type === 'status' && fact.answer) this.#tell(refused(fact.answer));
    if (this.#session?.getState().status === 'live') this.#options.memory.callsFailed = undefined;
  }

  /** Says once for each reason that nobody can ring here, until somebody can. */
  #tell(error: PexipChatError): void {
    const {memory, report} = this.#options;
    if (memory.callsFailed === error.code) return;
    memory.callsFailed = error.code;
    report(error);
  }

  /** Until there is a network, or the page is seen again, at most. */
  async #pause(time: number): Promise<void> {
    const {signal} = this.#life;
    const turn = new AbortController();
    const either = AbortSignal.any([signal, turn.signal]);
    const wake = (): void => {
      if (navigator.onLine) turn.abort();
    };
    onWake({wake, leave: () => undefined}, either);
    await sleep(time, either).catch(() => undefined);
    turn.abort();
  }
}
