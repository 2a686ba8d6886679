import type {DialRequest} from '../../src/protocol/dial-request.js';
import {DIAL_OUT_TIMEOUT, type ReceivedPageMessage} from '../../src/protocol/external-chat.js';
import {defined} from '../../src/protocol/guards.js';
import {Call, dialOutError, type CallOptions, type DialOutError} from './call.js';
import {Departures} from './departures.js';
import {readDialReply} from './dial-reply.js';
import type {ParticipantEvents} from './participant-events.js';
import {Participants, type PresentParticipant} from './participants.js';

type DialOutAsk = Extract<ReceivedPageMessage, {type: 'dial-out'}>;

export interface DialOutOptions extends Pick<CallOptions, 'answer' | 'hangUp'> {
  readonly events: ParticipantEvents;
  /** Asks the meeting to dial and gives its raw reply. It may stay without one for ever. */
  readonly dial: (request: DialRequest) => Promise<unknown>;
  readonly signal: AbortSignal;
}

/**
 * Dials people into the meeting. Every dial is answered exactly once, whatever the meeting does:
 * plugin-api's own `dialOut` stays pending if nobody answers or Web App 3 gives no reply.
 */
export class DialOut {
  readonly #options: DialOutOptions;
  readonly #participants: Participants;
  // A call stays as long as its participants, so that a late join can be told and hung up.
  readonly #calls = new Set<Call>();
  readonly #departures = new Departures();

  constructor(options: DialOutOptions) {
    this.#options = options;
    const listener = {
      arrived: (participant: PresentParticipant): void => this.#arrived(participant),
      left: (uuid: string, participant?: PresentParticipant): void => this.#left(uuid, participant),
      meetingEnded: (): void => this.#endAll(),
    };
    this.#participants = new Participants(options.events, listener, options.signal);
  }

  /** Dials as the page asks. The timeout of the request is in ms, {@link DIAL_OUT_TIMEOUT} if none. */
  start({dial, requestId, timeout = DIAL_OUT_TIMEOUT}: DialOutAsk): void {
    const {answer, hangUp} = this.#options;
    const refuse = (reason: DialOutError): void => answer({...reason, ...defined({requestId})});
    if (requestId && this.#find(requestId)?.settled === false) {
      // Answered without the id: it belongs to the call before, which this must not settle.
      answer(dialOutError('invalid-argument', 'dial-out: requestId is in use.', 'requestId'));
    } else if ('field' in dial) {
      const message = `dial-out: ${dial.field} is missing or wrong.`;
      refuse(dialOutError('invalid-argument', message, dial.field));
    } else if (this.#participants.selfIsGuest) {
      refuse(dialOutError('dial-out-forbidden', 'Only a host of the meeting may dial out.'));
    } else {
      this.#place(dial.request, new Call({requestId, timeout, answer, hangUp}));
    }
  }

  /** Gives up a call, and hangs up whoever it has reached or still reaches. */
  cancel(requestId: string): void {
    this.#find(requestId)?.abandon(
      dialOutError('dial-out-refused', 'The page cancelled the call.'),
    );
  }

  #place(request: DialRequest, call: Call): void {
    this.#calls.add(call);
    this.#departures.dialled();
    this.#options.dial(request).then(
      (reply) => this.#replied(call, reply),
      () => this.#replied(call, undefined),
    );
  }

  #replied(call: Call, reply: unknown): void {
    const read = readDialReply(reply);
    if ('refusal' in read) {
      call.fail(dialOutError('dial-out-refused', read.refusal));
      this.#calls.delete(call);
    } else {
      this.#rings(call, read.uuids);
    }
    this.#departures.replied();
  }

  #rings(call: Call, uuids: readonly string[]): void {
    const stillThere = uuids.filter((uuid) => !this.#departures.has(uuid));
    call.rings(stillThere);
    // The join may have been told before the reply to the dial, and the end of the call, too.
    const early = uuids
      .map((uuid) => this.#participants.find(uuid) ?? this.#departures.find(uuid))
      .find(Boolean);
    if (early && !call.settled) call.joined(early);
    if (stillThere.length) return;
    call.ended();
    this.#calls.delete(call);
  }

  #arrived(participant: PresentParticipant): void {
    this.#departures.forget(participant.uuid);
    this.#callOf(participant.uuid)?.joined(participant);
  }

  #left(uuid: string, participant: PresentParticipant | undefined): void {
    const call = this.#callOf(uuid);
    if (!call) this.#departures.note(uuid, participant);
    else if (call.left(uuid)) this.#calls.delete(call);
  }

  #endAll(): void {
    const reason = dialOutError('dial-out-refused', 'The user left before the call was answered.');
    this.#calls.forEach((call) => call.abandon(reason));
    this.#calls.clear();
  }

  #callOf(uuid: string): Call | undefined {
    return [...this.#calls].find((call) => call.includes(uuid));
  }

  #find(requestId: string): Call | undefined {
    return [...this.#calls].findLast((call) => call.requestId === requestId);
  }
}
