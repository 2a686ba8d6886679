import {
  ParticipantActivities,
  type ConferenceStatus,
  type InfinityParticipant,
  type ParticipantActivity,
} from '@pexip/plugin-api';

import type {Phase} from '../remote-protocol.js';
import type {JoinLink} from './join-link.js';
import {createParticipant, type Attendee} from './participants.js';
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
}

const STATUS: ConferenceStatus = {
  locked: false,
  guestsMuted: false,
  allMuted: false,
  started: true,
  liveCaptionsAvailable: false,
  breakoutRooms: false,
  directMedia: false,
  presentationAllowed: true,
  breakout: false,
  rawData: {} as ConferenceStatus['rawData'],
};

/**
 * The simulated person's way through a meeting, told to plugins in the order of Web App 3's events:
 * authenticated, status, me, participants, connected; `userInitiatedDisconnect` instead of
 * `disconnected` when the person leaves.
 */
export class Meeting {
  readonly #options: MeetingOptions;
  readonly #attendees = new Map<string, Attendee>();
  #phase: Phase = 'preflight';
  #life = new AbortController();
  #reason: DropReason | undefined;

  constructor(options: MeetingOptions) {
    this.#options = options;
  }

  get phase(): Phase {
    return this.#phase;
  }

  /** Why the last call was dropped, until the next one. */
  get dropReason(): DropReason | undefined {
    return this.#reason;
  }

  /** Those in the meeting and those being dialled, the simulated person first. */
  get attendees(): Attendee[] {
    return [...this.#attendees.values()];
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
    this.#enter('joining');
    await this.#options.pluginsSettled();
    if (stay.aborted) return;
    const {link, send} = this.#options;
    const me = createParticipant({...link, name});
    this.#attendees.set(me.uuid, {participant: me, ringing: false});
    this.#reason = undefined;
    this.#enter('in-meeting');
    send({event: 'event:conference:authenticated', payload: {conferenceAlias: link.alias}});
    send({event: 'event:conferenceStatus', payload: {id: 'main', status: STATUS}});
    send({event: 'event:me', payload: {id: 'main', participant: me}});
    send({event: 'event:participants', payload: {id: 'main', participants: [me]}});
    this.#tell({type: ParticipantActivities.Join, participant: me});
    send({event: 'event:connected', payload: undefined});
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

  /** Shows someone who is being dialled. */
  ring(participant: InfinityParticipant): void {
    this.#attendees.set(participant.uuid, {participant, ringing: true});
    this.#options.changed();
  }

  /** Someone who was dialled has answered. */
  admit(uuid: string): void {
    const attendee = this.#attendees.get(uuid);
    if (!attendee?.ringing) return;
    const {participant} = attendee;
    this.#attendees.set(uuid, {participant, ringing: false});
    this.#options.send({event: 'event:participantJoined', payload: {id: 'main', participant}});
    this.#tell({type: ParticipantActivities.Join, participant});
    this.#options.changed();
  }

  /** Removes someone else. Returns whether there was anyone to remove. */
  remove(uuid: unknown): boolean {
    const [self, ...others] = this.attendees;
    const participant = others.find((other) => other.participant.uuid === uuid)?.participant;
    if (!self || !participant) return false;
    this.#attendees.delete(participant.uuid);
    this.#options.send({event: 'event:participantLeft', payload: {id: 'main', participant}});
    this.#tell({type: ParticipantActivities.Leave, participant});
    this.#options.changed();
    return true;
  }

  #tell(activity: ParticipantActivity): void {
    this.#options.send({
      event: 'event:participantsActivities',
      payload: [{roomId: 'main', activity}],
    });
  }

  #end(phase: Phase): void {
    this.#life.abort();
    this.#attendees.clear();
    this.#enter(phase);
  }

  #enter(phase: Phase): void {
    this.#phase = phase;
    this.#options.changed();
  }
}
