import {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Parts} from '../../parts/parts.js';
import type {CallFact, CallSession, CallState} from '../../session/call-session.js';
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
    `The broker refuses the stream of calls (HTTP ${answer}): nobody can ring here. Check the accessToken or cookie of this page, and any proxy.`,
  );

/** Hears of the user's calls, by the one stream of the page. Chats go on without, where that is not to be had. */
export class DeskCalls {
  /** The stream, once there is the code for it. */
  readonly session: Promise<CallSession | undefined>;
  readonly #options: DeskCallsOptions;
  readonly #life = new AbortController();
  /** Of the pause before another attempt. */
  #pause = new AbortController();

  constructor(options: DeskCallsOptions) {
    this.#options = options;
    const wake = (): void => {
      if (navigator.onLine) this.#pause.abort();
    };
    onWake({wake, leave: () => undefined}, this.#life.signal);
    this.session = this.#begin();
  }

  /** The user has another token: who was refused for the one before asks again. */
  async goOn(): Promise<void> {
    const session = await this.session;
    if (session?.getState().end === 'refused') session.start();
  }

  stop(): void {
    this.#life.abort();
    this.#pause.abort();
  }

  async #begin(): Promise<CallSession | undefined> {
    const {signal} = this.#life;
    for (let tried = 0; !signal.aborted; tried++)
      try {
        return await this.#hear();
      } catch (error) {
        if (signal.aborted) break;
        const pause = (this.#pause = new AbortController());
        this.#tell(error as PexipChatError);
        await sleep(delayBefore(tried, AGAIN), pause.signal).catch(() => undefined);
      }
    return undefined;
  }

  async #hear(): Promise<CallSession | undefined> {
    const {broker, client, alias, memory, load = () => loadPart('calls')} = this.#options;
    const {signal} = this.#life;
    const access = {broker, client: await client(), alias: await alias()};
    const {calls} = await load();
    if (signal.aborted) return;
    const held = calls(access);
    const session = held.hold();
    const heard = ({status}: CallState, fact?: CallFact): void => {
      if (status === 'live') memory.callsFailed = undefined;
      else if (fact?.type === 'status' && fact.answer) this.#tell(refused(fact.answer));
    };
    const end = session.subscribe(heard);
    signal.addEventListener('abort', () => {
      end();
      held.letGo();
    });
    heard(session.getState());
    session.start();
    return session;
  }

  /** Says once for each reason that nobody can ring here, until somebody can. */
  #tell(error: PexipChatError): void {
    const {memory, report} = this.#options;
    if (memory.callsFailed === error.code) return;
    memory.callsFailed = error.code;
    report(error);
  }
}
