import {
  ParticipantActivities,
  type InfinityParticipant,
  type ParticipantActivity,
} from '@pexip/plugin-api';

import type {PersonTraits} from '../person-traits.js';
import type {ConferenceSwitches} from './conference.js';
import {changeParticipant, createParticipant} from './participants.js';
import type {HostEvent} from './rpc.js';

/** Someone in the meeting, in its lobby, or on the way into it. */
export interface Attendee {
  /** The simulator's own, as a test may give any uuid. */
  readonly key: number;
  readonly participant: InfinityParticipant;
  readonly ringing: boolean;
}

/** What {@link People} needs of the rest of the app. */
export interface PeopleOptions {
  /** What holds for those who come. */
  switches(): ConferenceSwitches;
  /** Sends an event to all plugins. */
  send(event: HostEvent): void;
  changed(): void;
}

/**
 * Everybody in the meeting. Plugins are told of each change by activities and by the older events,
 * of the simulated person's own by `event:me`; of a hand by `event:raiseHand` if it is another's
 * (handleParticipantUpdate of @pexip/infinity 20).
 */
export class People {
  readonly #options: PeopleOptions;
  readonly #others = new Map<number, Attendee>();
  #self: Attendee | undefined;
  #lastKey = 0;

  constructor(options: PeopleOptions) {
    this.#options = options;
  }

  /** The simulated person, while in the meeting. */
  get self(): Attendee | undefined {
    return this.#self;
  }

  /** All of them, the simulated person first. */
  get attendees(): Attendee[] {
    return [...(this.#self ? [this.#self] : []), ...this.#others.values()];
  }

  /** Those who are not being dialled. */
  get present(): Attendee[] {
    return this.attendees.filter(({ringing}) => !ringing);
  }

  /** Whoever has this uuid. */
  find(uuid: unknown): Attendee | undefined {
    return this.attendees.find(({participant}) => participant.uuid === uuid);
  }

  /** The simulated person comes: plugins hear of everybody who is there. */
  enter(me: InfinityParticipant): void {
    this.#self = {key: ++this.#lastKey, participant: me, ringing: false};
    const participants = this.present.map(({participant}) => participant);
    const {send} = this.#options;
    send({event: 'event:me', payload: {id: 'main', participant: me}});
    send({event: 'event:participants', payload: {id: 'main', participants}});
    this.#tell(ParticipantActivities.Join, participants);
  }

  /** The simulated person has gone, and sees nobody any more. */
  clear(): void {
    this.#self = undefined;
    this.#others.clear();
  }

  /** Others come, into the lobby if it is locked and they are guests. */
  bringIn(people: readonly PersonTraits[], {inOneEvent = false} = {}): void {
    const participants = people.map((traits) => {
      const participant = createParticipant({waiting: this.#mustWait(traits), ...traits});
      return changeParticipant(participant, this.#onArrival(participant));
    });
    for (const participant of participants) this.#add(participant, false);
    if (!inOneEvent) participants.forEach((participant) => this.#tellJoined(participant));
    this.#tell(ParticipantActivities.Join, participants);
    this.#options.changed();
  }

  /** Shows someone who is being dialled. */
  ring(participant: InfinityParticipant): void {
    this.#add(participant, true);
    this.#options.changed();
  }

  /** Someone who was dialled has answered. */
  answered(uuid: string): void {
    const attendee = this.find(uuid);
    if (!attendee?.ringing) return;
    const participant = changeParticipant(
      attendee.participant,
      this.#onArrival(attendee.participant),
    );
    this.#set({...attendee, participant, ringing: false});
    this.#tellJoined(participant);
    this.#tell(ParticipantActivities.Join, [participant]);
    this.#options.changed();
  }

  /** Lets people of the lobby in. */
  admit(attendees: readonly Attendee[]): void {
    for (const attendee of attendees) {
      const isWaiting = attendee.participant.isWaiting === true;
      const traits = this.#onArrival({...attendee.participant, isWaiting: false});
      if (isWaiting) this.change([attendee], {...traits, waiting: false});
    }
  }

  /** Changes people, all told in one event of activities. */
  change(attendees: readonly Attendee[], traits: PersonTraits): void {
    const told: InfinityParticipant[] = [];
    for (const attendee of attendees) {
      const {participant: before} = attendee;
      const participant = changeParticipant(before, traits);
      if (participant === before) continue;
      this.#set({...attendee, participant});
      if (attendee.ringing) continue;
      told.push(participant);
      this.#tellOne(attendee, participant);
    }
    this.#tell(ParticipantActivities.Update, told);
    if (told.length > 0) this.#options.changed();
  }

  /** Lets someone else go. Returns whether there was anyone. */
  remove(attendee: Attendee | undefined): boolean {
    if (!attendee || !this.#others.delete(attendee.key)) return false;
    const {participant} = attendee;
    if (this.#self) {
      this.#options.send({event: 'event:participantLeft', payload: {id: 'main', participant}});
    }
    this.#tell(ParticipantActivities.Leave, [participant]);
    this.#options.changed();
    return true;
  }

  #mustWait({role}: PersonTraits): boolean {
    return this.#options.switches().locked && role !== 'chair';
  }

  /** Guests come muted where all guests are. */
  #onArrival({role, isWaiting}: InfinityParticipant): PersonTraits {
    const {guestsMuted} = this.#options.switches();
    return guestsMuted && role === 'guest' && !isWaiting ? {muted: true} : {};
  }

  #add(participant: InfinityParticipant, ringing: boolean): void {
    this.#set({key: ++this.#lastKey, participant, ringing});
  }

  #set(attendee: Attendee): void {
    if (attendee.key === this.#self?.key) this.#self = attendee;
    else this.#others.set(attendee.key, attendee);
  }

  #tellJoined(participant: InfinityParticipant): void {
    if (!this.#self) return;
    this.#options.send({event: 'event:participantJoined', payload: {id: 'main', participant}});
  }

  #tellOne({key, participant: before}: Attendee, participant: InfinityParticipant): void {
    if (!this.#self) return;
    const payload = {id: 'main', participant} as const;
    if (key === this.#self.key) this.#options.send({event: 'event:me', payload});
    else if (participant.raisedHand !== before.raisedHand) {
      this.#options.send({event: 'event:raiseHand', payload});
    }
  }

  #tell(type: ParticipantActivities, participants: readonly InfinityParticipant[]): void {
    if (!this.#self || participants.length === 0) return;
    const payload = participants.map((participant) => ({
      roomId: 'main' as const,
      activity: {type, participant} as ParticipantActivity,
    }));
    this.#options.send({event: 'event:participantsActivities', payload});
  }
}
