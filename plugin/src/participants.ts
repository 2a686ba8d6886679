import {field, identifier, LIMITS, text} from '../../src/protocol/guards.js';
import {observeParticipants, type ParticipantEvents} from './participant-events.js';

/** A participant who is in the meeting; one whose phone still rings is not. */
export interface PresentParticipant {
  readonly uuid: string;
  readonly displayName?: string | undefined;
}

/** What {@link Participants} tells. */
export interface ParticipantListener {
  /** The participant is in the meeting, which is told once. */
  arrived(participant: PresentParticipant): void;
  /**
   * The participant is gone, or the phone stopped ringing.
   *
   * @param participant as it was in the meeting; `undefined` for one who never got there
   */
  left(uuid: string, participant: PresentParticipant | undefined): void;
  /** Our own user is no longer in the meeting. */
  meetingEnded(): void;
}

/** Who is in the meeting, and whether our own user may control it. */
export class Participants {
  readonly #listener: ParticipantListener;
  readonly #present = new Map<string, PresentParticipant>();
  #self: string | undefined;
  #isGuest = false;

  constructor(events: ParticipantEvents, listener: ParticipantListener, signal: AbortSignal) {
    this.#listener = listener;
    observeParticipants(
      events,
      {
        me: (participant) => this.#seeSelf(participant),
        listed: (participants) => participants.forEach((each) => this.#see(each)),
        seen: (participant) => this.#see(participant),
        lost: (participant) => this.#lose(participant),
        ended: () => this.#end(),
      },
      signal,
    );
  }

  /** Our own user is a guest, as far as Web App 3 has told. */
  get selfIsGuest(): boolean {
    return this.#isGuest;
  }

  /** The participant with this id, if in the meeting. */
  find(uuid: string): PresentParticipant | undefined {
    return this.#present.get(uuid);
  }

  #seeSelf(data: unknown): void {
    this.#self = identifier(field(data, 'uuid'));
    this.#see(data);
  }

  #see(data: unknown): void {
    const uuid = identifier(field(data, 'uuid'));
    if (!uuid) return;
    if (uuid === this.#self) {
      this.#isGuest = field(data, 'isHost') === false || field(data, 'role') === 'guest';
    }
    // Pexip lists a dialled participant while the phone rings; this service type tells.
    if (field(data, 'serviceType') === 'connecting') return;
    const participant = {uuid, displayName: text(field(data, 'displayName'), LIMITS.name)};
    const isNew = !this.#present.has(uuid);
    this.#present.set(uuid, participant);
    if (isNew) this.#listener.arrived(participant);
  }

  #lose(data: unknown): void {
    const uuid = identifier(field(data, 'uuid'));
    if (!uuid) return;
    const participant = this.#present.get(uuid);
    this.#present.delete(uuid);
    this.#listener.left(uuid, participant);
  }

  #end(): void {
    this.#present.clear();
    this.#self = undefined;
    this.#isGuest = false;
    this.#listener.meetingEnded();
  }
}
