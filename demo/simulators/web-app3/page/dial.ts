import {field, LIMITS, text} from '../../../../src/protocol/guards.js';
import {readDialScript, userPart} from './dial-script.js';
import type {Meeting} from './meeting.js';
import {createParticipant} from './participants.js';
import type {AnswerableCall, RpcHandler} from './rpc.js';

/** How long a telephone rings unless told otherwise, in milliseconds. */
const DEFAULT_RING = 800;

/** How many times longer those let it ring whose address says `late`. */
const LATE = 10;

/**
 * `conference:dialOut` with the answers and silences that plugin-api meets in the field, by a word in
 * the user part of the destination:
 *
 * - `refuse` is answered without a participant, `text` with a message in place of the list, `blank`
 *   with nothing; `forbidden` (Pexip's client throws at its status 403) and `hang` never;
 * - `never` is answered but rings for ever, `decline` stops ringing after the ring, `gone` has
 *   stopped before the answer;
 * - `early` joins before the answer, `late` after ten times the ring, `leave` leaves as soon as it
 *   has joined; everybody else joins after the ring;
 * - `several`, alone or with another word, rings two telephones: when one has joined, the other stops.
 */
export class DialOut {
  readonly #meeting: Meeting;
  readonly #dials: unknown[] = [];
  readonly #changed: () => void;
  #ring = DEFAULT_RING;

  constructor(meeting: Meeting, changed: () => void) {
    this.#meeting = meeting;
    this.#changed = changed;
  }

  /** The payloads of all dial-outs, as they came. */
  get dials(): readonly unknown[] {
    return this.#dials;
  }

  /** The methods of plugin-api served here. */
  get handlers(): [string, RpcHandler][] {
    return [['conference:dialOut', (call) => this.#dial(call)]];
  }

  /** Sets how long a telephone rings, in milliseconds. */
  setRing(ms: number): void {
    this.#ring = ms;
  }

  /** Lets everyone who is being dialled join now, whatever their script says. */
  answer(): void {
    for (const {participant} of this.#meeting.people.attendees) {
      this.#meeting.people.answered(participant.uuid);
    }
  }

  #dial({payload, reply}: AnswerableCall): void {
    this.#dials.push(payload);
    this.#changed();
    const destination = text(field(payload, 'destination'), LIMITS.name) ?? '';
    const {fate, phones} = readDialScript(destination);
    // Pexip's client throws at any status but 200, and the call is then never answered.
    const isForbidden = this.#meeting.phase !== 'in-meeting' || this.#meeting.role !== 'chair';
    if (isForbidden || fate === 'forbidden') {
      console.error('Unexpected status 403');
      return;
    }
    if (fate === 'hang') return;
    if (fate === 'blank') return reply(undefined);
    const answer = (result: unknown): void =>
      reply({status: 200, data: {status: 'success', result}});
    if (fate === 'refuse') return answer([]);
    if (fate === 'text') return answer('Invalid role');

    const uuids = Array.from({length: phones}, () => this.#ringPhone(payload, destination));
    if (fate === 'early') this.#pickUp(uuids);
    if (fate === 'gone') this.#fallSilent(uuids);
    answer(uuids);
    if (fate === 'never') return;
    this.#after(this.#ring * (fate === 'late' ? LATE : 1), () => {
      if (fate === 'decline') this.#fallSilent(uuids);
      else this.#pickUp(uuids);
      if (fate === 'leave') this.#fallSilent(uuids);
    });
  }

  #ringPhone(payload: unknown, destination: string): string {
    const participant = createParticipant(
      {
        name: text(field(payload, 'remote_display_name'), LIMITS.name) ?? userPart(destination),
        role: field(payload, 'role') === 'HOST' ? 'chair' : 'guest',
      },
      {uri: destination, protocol: 'sip'},
    );
    this.#meeting.people.ring(participant);
    return participant.uuid;
  }

  /** The first telephone is answered, and the others stop ringing. */
  #pickUp([first = '', ...others]: readonly string[]): void {
    this.#meeting.people.answered(first);
    this.#fallSilent(others);
  }

  #fallSilent(uuids: readonly string[]): void {
    const {people} = this.#meeting;
    uuids.forEach((uuid) => people.remove(people.find(uuid)));
  }

  /** Nobody answers a telephone once the simulated person has left. */
  #after(ms: number, action: () => void): void {
    const {stay} = this.#meeting;
    const timer = setTimeout(action, ms);
    stay.addEventListener('abort', () => clearTimeout(timer), {once: true});
  }
}
