import type {Phase} from '../remote-protocol.js';
import {Conference} from './conference.js';
import type {JoinLink} from './join-link.js';
import type {Admission} from './node-client.js';
import {createParticipant} from './participants.js';
import {People} from './people.js';
import type {HostEvent} from './rpc.js';

/** Why a call ended without the person's doing. */
export interface DropReason {
  readonly error: string;
  readonly errorCode: string;
}

/** What the meeting needs of the rest of the app. */
export interface MeetingOptions {
  readonly link: JoinLink;
  /** Sends an event to all plugins. */
  send(event: HostEvent): void;
  /** Resolves when plugins can hear events. */
  pluginsSettled(): Promise<void>;
  changed(): void;
  /** The node behind the app; without one everybody is let in. */
  readonly node?: MeetingNode | undefined;
}

/** A node that decides who is let in. */
export interface MeetingNode {
  join(name: string): Promise<Admission>;
  /** Does nothing for somebody who is not there. */
  leave(): void;
}

/** Why somebody was not let in. */
export type Refusal = Extract<Admission, {refused: unknown}>;

/**
 * The simulated person's way through a meeting, told to plugins in the order of Web App 3's events:
 * authenticated, status, me, participants, connected; `userInitiatedDisconnect` instead of
 * `disconnected` when the person leaves.
 */
export class Meeting {
  readonly people: People;
  readonly conference: Conference;
  readonly #options: MeetingOptions;
  #phase: Phase = 'preflight';
  #life = new AbortController();
  #reason: DropReason | undefined;
  #refusal: Refusal | undefined;

  constructor(options: MeetingOptions) {
    this.#options = options;
    const {send, changed} = options;
    this.conference = new Conference(send);
    this.people = new People({switches: () => this.conference.switches, send, changed});
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Why the last call was dropped, until the next one. */
  get dropReason(): DropReason | undefined {
    return this.#reason;
  }

  /** Why the node has not let the person in, until the next attempt. */
  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  /** The simulated person's role, which a host may change. */
  get role(): JoinLink['role'] {
    return this.people.self?.participant.role ?? this.#options.link.role;
  }

  /** Aborts when the present stay in the meeting ends. */
  get stay(): AbortSignal {
    return this.#life.signal;
  }

  /** Joins under a name. A real join takes its time, too: plugins have registered by then. */
  async join(name: string): Promise<void> {
    if (this.#phase === 'joining' || this.#phase === 'in-meeting') return;
    this.#life = new AbortController();
    const {stay} = this;
    this.#refusal = undefined;
    this.#enter('joining');
    await this.#options.pluginsSettled();
    if (stay.aborted) return;
    const {link, send, node} = this.#options;
    const {microphoneMuted, cameraMuted} = link;
    const admission = await node?.join(name);
    if (stay.aborted) return node?.leave();
    if (admission && 'refused' in admission) return this.#refuse(admission);
    const {role, uuid} = admission ?? {role: link.role};
    this.#reason = undefined;
    send({event: 'event:conference:authenticated', payload: {conferenceAlias: link.alias}});
    this.conference.tell();
    const traits = {name: admission?.name ?? name, role, microphoneMuted, cameraMuted};
    this.people.enter(createParticipant(traits, {uuid}));
    send({event: 'event:connected', payload: undefined});
    this.#enter('in-meeting');
  }

  /** The person leaves, which is possible before the meeting is joined, too. */
  leave(): void {
    if (this.#phase === 'left' || this.#phase === 'dropped') return;
    this.#end('left');
    this.#options.send({event: 'event:userInitiatedDisconnect', payload: undefined});
  }

  /** The call is lost. */
  drop(reason: DropReason): void {
    if (this.#phase !== 'in-meeting') return;
    this.#reason = reason;
    this.#end('dropped');
    const payload = reason as Extract<HostEvent, {event: 'event:disconnected'}>['payload'];
    this.#options.send({event: 'event:disconnected', payload});
  }

  #refuse(refusal: Refusal): void {
    this.#reason = undefined;
    this.#refusal = refusal;
    // What can be mended by another PIN is asked for where the name is.
    const isPin = refusal.refused === 'pin-required' || refusal.message === 'Invalid PIN';
    this.#enter(isPin ? 'preflight' : 'refused');
  }

  #end(phase: Phase): void {
    this.#life.abort();
    this.#options.node?.leave();
    this.people.clear();
    this.conference.reset();
    this.#enter(phase);
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#options.changed();
  }
}
