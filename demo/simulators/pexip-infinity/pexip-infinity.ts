import {randomUUID} from 'node:crypto';

import {Conferences, type Newcomer, type Present} from './conferences.js';
import {ConferencingNode} from './conferencing-node.js';
import type {SinkBehaviour} from './event-queue.js';
import type {JoinRequest, PexipInfinityOptions, Refusal} from './options.js';
import type {Caller} from './policy-query.js';
import {POLICY_TIMEOUT, PolicyServer, type PolicyPath, type Verdict} from './policy-server.js';
import {randomNumbers} from './random.js';
import {Reception} from './reception.js';
import type {SinkEvent} from './sink-event.js';
import {StaticVmrs} from './static-vmrs.js';

const PROTOCOLS = {webrtc: 'WebRTC', sip: 'SIP', h323: 'H323'} as const;

/** What is cut by an outage. */
export interface Outage {
  /** Default true. */
  readonly policy?: boolean;
  /** Default true. */
  readonly sink?: boolean;
}

/**
 * A Pexip Infinity as its policy server and its event sink see it, made of what its documentation and
 * those who have worked with it say. People join, leave and are disconnected by its methods, or by a Web
 * App 3 simulator that was started with it.
 */
export class PexipInfinity {
  readonly #options: PexipInfinityOptions;
  readonly #nodes: readonly ConferencingNode[];
  readonly #policy: PolicyServer;
  readonly #reception: Reception;
  readonly #conferences = new Conferences();
  readonly #life = new AbortController();
  readonly #delivered: SinkEvent[] = [];
  readonly #problems: string[] = [];
  #sink: SinkBehaviour;
  #cut: Required<Outage> = {policy: false, sink: false};
  #joined = 0;

  constructor(options: PexipInfinityOptions) {
    this.#options = options;
    const {broker, nodes = 2, clockOffsets = 0, vmrs = [], sink = {}, seed = 1} = options;
    const {policyTimeout = POLICY_TIMEOUT, themes = ['rocket.chat']} = options;
    this.#sink = sink;
    this.#policy = new PolicyServer({
      broker,
      timeout: policyTimeout,
      isCut: () => this.#cut.policy,
    });
    this.#reception = new Reception({
      policy: this.#policy,
      vmrs: new StaticVmrs(vmrs),
      conferences: this.#conferences,
      themes,
      problem: (text) => void this.#problems.push(text),
    });
    const random = randomNumbers(seed);
    this.#nodes = Array.from({length: nodes}, (_, number) => {
      const offset = typeof clockOffsets === 'number' ? clockOffsets : clockOffsets[number];
      return new ConferencingNode({
        broker,
        address: `10.44.0.${number + 11}`,
        clockOffset: offset ?? 0,
        behaviour: () => this.#sink,
        isCut: () => this.#cut.sink,
        random,
        delivered: (events) => void this.#delivered.push(...events),
        signal: this.#life.signal,
      });
    });
  }

  /** What the policy server was asked, and what came of it; a ticket stands in the query. */
  get questions(): PolicyServer['questions'] {
    return this.#policy.questions;
  }

  /** What the event sink has taken, in that order; what was told twice stands there twice. */
  get delivered(): readonly SinkEvent[] {
    return this.#delivered;
  }

  /** What an administrator would find in the log: nobody else is told of it. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Those who are in a conference, by the name that the policy server has given it. */
  people(conference: string): readonly Present[] {
    return this.#conferences.people(conference);
  }

  /**
   * Calls `watcher` with those who are in a conference, now and whenever that changes.
   *
   * @returns ends it
   */
  watch(conference: string, watcher: (people: readonly Present[]) => void): () => void {
    watcher(this.people(conference));
    return this.#conferences.watch((changed) => {
      if (changed === conference) watcher(this.people(conference));
    });
  }

  /** Somebody joins, as Web App 3 or a room system has it done. */
  async join(request: JoinRequest): Promise<Present | Refusal> {
    const node = this.#nodeOf(request.node);
    const {protocol = 'webrtc', mediaNode} = request;
    const caller: Caller = {
      alias: request.alias,
      name: request.name,
      callTag: request.callTag ?? '',
      remoteAlias: request.remoteAlias ?? request.name,
      node: node.address,
      location: this.#location,
      protocol,
    };
    const uuids = {api: randomUUID(), media: randomUUID()};
    const answer = await this.#reception.receive(caller, {
      pin: request.pin,
      uuids,
      call: randomUUID(),
    });
    if ('refused' in answer) return answer;
    if (!node.isRunning) return {refused: 'rejected', message: 'Signaling node disconnected'};
    const newcomer: Newcomer = {
      ...answer,
      protocol: PROTOCOLS[protocol],
      uuids,
      node,
      mediaNode: mediaNode === undefined ? node : this.#nodeOf(mediaNode),
      location: this.#location,
      gone: (reason) => request.gone?.(reason),
    };
    const {present, isFirst} = this.#conferences.enter(newcomer);
    if (isFirst) await this.#dial(newcomer, caller);
    return present;
  }

  /** Somebody leaves by himself. @returns whether he was there */
  leave(uuid: string, reason = 'Call disconnected'): boolean {
    return this.#conferences.leave(uuid, reason);
  }

  /** Mutes somebody by the conference, or unmutes him. */
  mute(uuid: string, muted = true): boolean {
    return this.#conferences.change(uuid, {is_muted: muted});
  }

  /** Changes members of somebody's rows, as `{is_presenting: true}`; events tell these alone. */
  change(uuid: string, changes: Readonly<Record<string, unknown>>): boolean {
    return this.#conferences.change(uuid, changes);
  }

  /** Disconnects everybody, as a host can. */
  endConference(
    conference: string,
    reason = 'Conference terminated by another participant',
  ): boolean {
    return this.#conferences.end(conference, reason);
  }

  /**
   * Stops a node: those who are there by it are disconnected.
   *
   * @param number from 0
   * @param how `abruptly`: as without power; what it has not told is never told
   */
  stopNode(number: number, {abruptly = false}: {readonly abruptly?: boolean} = {}): void {
    const node = this.#nodeOf(number);
    if (abruptly) node.stop({abruptly});
    this.#conferences.leaveNode(node);
    node.stop({abruptly});
  }

  /** Starts a node again that was stopped. */
  startNode(number: number): void {
    this.#nodes[number]?.start();
  }

  /** From now on nothing gets through to the broker. */
  outage({policy = true, sink = true}: Outage = {}): void {
    this.#cut = {policy, sink};
  }

  /** Ends an outage. */
  recover(): void {
    this.#cut = {policy: false, sink: false};
  }

  /** The event sink starts anew on all nodes, or on one: each counts from 1 again. */
  restartSink(number?: number): void {
    const nodes = number === undefined ? this.#nodes : [this.#nodeOf(number)];
    for (const node of nodes) node.restartSink();
  }

  /** Changes how events get to the sink from now on. */
  setSink(changes: SinkBehaviour): void {
    this.#sink = {...this.#sink, ...changes};
  }

  /** Has a node tell any event, also one that no Infinity has. */
  tell(event: string, data: unknown, node = 0): void {
    this.#nodeOf(node).tell(event, data);
  }

  /** Resolves when the sink has taken everything. */
  async settled(): Promise<void> {
    await Promise.all(this.#nodes.map(({queue}) => queue.settled()));
  }

  /** Asks what no call asks: places, pictures, registrations; the answer is not used. */
  ask(
    path: Exclude<PolicyPath, 'participant/properties' | 'service/configuration'>,
    query: Readonly<Record<string, string>> = {},
  ): Promise<Verdict<unknown>> {
    return this.#policy.ask(path, query, (value) => ({value}));
  }

  /** Ends everything; what waits is not told. */
  async close(): Promise<void> {
    this.#life.abort();
    await this.settled();
  }

  get #location(): string {
    return this.#options.location ?? 'Simulated location';
  }

  /** Calls those whom the conference is to have from the beginning, as a recorder. */
  async #dial(newcomer: Newcomer, caller: Caller): Promise<void> {
    const {service} = newcomer;
    for (const participant of service.automatic) {
      const isAllowed = await this.#reception.mayDial(caller, service, participant);
      const isRunning = this.#conferences.running(service.name) !== undefined;
      if (isAllowed && isRunning) this.#conferences.dialled(participant, newcomer);
    }
  }

  /** A node by its number, else the next one that runs. */
  #nodeOf(number: number | undefined): ConferencingNode {
    const running = this.#nodes.filter(({isRunning}) => isRunning);
    const node =
      number === undefined ? running[this.#joined++ % running.length] : this.#nodes[number];
    if (!node) throw new RangeError(`There is no node ${number ?? 'that runs'}.`);
    return node;
  }
}

/** Starts a simulated Pexip Infinity, whose nodes greet the event sink at once. */
export const startPexipInfinity = async (options: PexipInfinityOptions): Promise<PexipInfinity> =>
  new PexipInfinity(options);
