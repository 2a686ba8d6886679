import {field, LIMITS, text} from '../../../../src/protocol/guards.js';
import type {JoinLink} from './join-link.js';
import type {Meeting} from './meeting.js';
import {createParticipant} from './participants.js';
import type {AnswerableCall, RpcHandler} from './rpc.js';

/** How long a telephone rings unless told otherwise, in milliseconds. */
const DEFAULT_RING = 800;

/** How many times longer those let it ring whose address says `late`. */
const LATE = 10;

/** What becomes of a call, by a word in the user part of its destination. */
const SCRIPTS = ['refuse', 'never', 'hang', 'text', 'late', 'leave'] as const;

type Script = (typeof SCRIPTS)[number] | 'join';

const userPart = (destination: string): string =>
  destination.replace(/^[a-z][a-z\d+.-]*:/i, '').split('@', 1)[0] ?? '';

const scriptOf = (destination: string): Script => {
  const user = userPart(destination).toLowerCase();
  return SCRIPTS.find((script) => user.includes(script)) ?? 'join';
};

/**
 * `conference:dialOut` and `participant:disconnect` with the answers and silences that plugin-api
 * meets in the field. `refuse` is answered without a participant, `text` with a message in place of
 * the list, `hang` never; `never` is answered but never joins, `late` joins after ten times the
 * ring, `leave` leaves at once; everybody else joins after the ring.
 */
export class DialOut {
  readonly #meeting: Meeting;
  readonly #role: JoinLink['role'];
  readonly #dials: unknown[] = [];
  readonly #changed: () => void;
  #ring = DEFAULT_RING;

  constructor(meeting: Meeting, role: JoinLink['role'], changed: () => void) {
    this.#meeting = meeting;
    this.#role = role;
    this.#changed = changed;
  }

  /** The payloads of all dial-outs, as they came. */
  get dials(): readonly unknown[] {
    return this.#dials;
  }

  /** The methods of plugin-api served here. */
  get handlers(): [string, RpcHandler][] {
    return [
      ['conference:dialOut', (call) => this.#dial(call)],
      ['participant:disconnect', (call) => this.#disconnect(call)],
    ];
  }

  /** Sets how long a telephone rings, in milliseconds. */
  setRing(ms: number): void {
    this.#ring = ms;
  }

  /** Lets everyone who is being dialled join now, whatever their script says. */
  answer(): void {
    for (const {participant, ringing} of this.#meeting.attendees) {
      if (ringing) this.#meeting.admit(participant.uuid);
    }
  }

  #dial({payload, reply}: AnswerableCall): void {
    this.#dials.push(payload);
    this.#changed();
    const destination = text(field(payload, 'destination'), LIMITS.name) ?? '';
    const script = scriptOf(destination);
    // Pexip's client throws at any status but 200, and the call is then never answered.
    if (this.#meeting.phase !== 'in-meeting' || this.#role !== 'chair') {
      console.error('Unexpected status 403');
      return;
    }
    if (script === 'hang') return;
    const answer = (result: unknown): void =>
      reply({status: 200, data: {status: 'success', result}});
    if (script === 'refuse') return answer([]);
    if (script === 'text') return answer('Invalid role');

    const participant = createParticipant({
      name: text(field(payload, 'remote_display_name'), LIMITS.name) ?? userPart(destination),
      role: field(payload, 'role') === 'HOST' ? 'chair' : 'guest',
      uri: destination,
      protocol: 'sip',
    });
    const {uuid} = participant;
    this.#meeting.ring(participant);
    answer([uuid]);
    if (script === 'never') return;
    this.#after(this.#ring * (script === 'late' ? LATE : 1), () => {
      this.#meeting.admit(uuid);
      if (script === 'leave') this.#meeting.remove(uuid);
    });
  }

  #disconnect({id, payload, reply}: AnswerableCall): void {
    const removed = this.#meeting.remove(field(payload, 'participantUuid'));
    reply(
      removed
        ? {status: 200, data: {status: 'success', result: true}}
        : {status: 'failed', reason: 'Unknown participant', id},
    );
  }

  /** Nobody answers a telephone once the simulated person has left. */
  #after(ms: number, action: () => void): void {
    const {stay} = this.#meeting;
    const timer = setTimeout(action, ms);
    stay.addEventListener('abort', () => clearTimeout(timer), {once: true});
  }
}
