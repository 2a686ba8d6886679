import type {InfinityParticipant} from '@pexip/plugin-api';

import {field, identifier, LIMITS} from '../../../../src/protocol/guards.js';
import type {PersonTraits} from '../person-traits.js';
import type {ControlCall, SimulatorState} from '../remote-protocol.js';
import type {DropReason, Meeting} from './meeting.js';
import type {Attendee} from './people.js';
import {RequestRefused} from './request-refused.js';
import type {RpcHandler} from './rpc.js';

type Flag = keyof InfinityParticipant & `can${string}`;

interface TargetRules {
  /** What the participant must allow. */
  readonly flag?: Flag;
  /** Everybody may do it to themselves, and a call without a uuid means the caller. */
  readonly own?: boolean;
}

/** What Pexip's client replies with once its REST request is answered. */
const SUCCESS = {status: 200, data: {status: 'success', result: true}} as const;

/** A host has ended the simulated person's call; plugins hear Web App 3's default code. */
const REMOVED: DropReason = {error: 'API initiated participant disconnect', errorCode: '#pex117'};

/**
 * The calls of plugin-api 22 that control a meeting. A call that a node refuses (a guest's, one for
 * somebody unknown, one that a participant does not allow, a wrong value) changes nothing and is
 * never answered, as Pexip's client throws at status 403. A call outside a meeting is answered with
 * nothing: the client has no token then (generateEndpoint of @pexip/infinity 20).
 */
export class Controls {
  readonly #meeting: Meeting;
  readonly #changed: () => void;
  readonly #calls: ControlCall[] = [];
  readonly #transfers: unknown[] = [];
  readonly #dtmf: SimulatorState['dtmf'][number][] = [];

  constructor(meeting: Meeting, changed: () => void) {
    this.#meeting = meeting;
    this.#changed = changed;
  }

  /** What was asked for, and what came of it that no roster shows. */
  get log(): Pick<SimulatorState, 'controls' | 'transfers' | 'dtmf'> {
    return {controls: this.#calls, transfers: this.#transfers, dtmf: this.#dtmf};
  }

  /** The methods of plugin-api served here. */
  get handlers(): [string, RpcHandler][] {
    const {people, conference} = this.#meeting;
    return [
      this.#forOne('participant:mute', {flag: 'canMute', own: true}, (payload) => ({
        muted: Boolean(field(payload, 'mute')),
      })),
      this.#forOne('participant:muteVideo', {flag: 'canMute', own: true}, (payload) => ({
        cameraMuted: Boolean(field(payload, 'muteVideo')),
      })),
      this.#forOne('participant:raiseHand', {flag: 'canRaiseHand', own: true}, (payload) => ({
        handRaised: Boolean(field(payload, 'raise')),
      })),
      this.#forOne('participant:spotlight', {flag: 'canSpotlight'}, (payload) => ({
        spotlight: Boolean(field(payload, 'enable')),
      })),
      this.#serve('participant:setRole', (payload) => {
        const role = field(payload, 'role');
        if (role !== 'chair' && role !== 'guest') throw new RequestRefused();
        people.change([this.#target(payload)], {role});
        // Pexip's client does not pass the answer of this request on.
        return undefined;
      }),
      this.#serve('participant:admit', (payload) => {
        people.admit([this.#target(payload)]);
        return SUCCESS;
      }),
      this.#serve('participant:disconnect', (payload) => {
        const target = this.#target(payload, {flag: 'canDisconnect'});
        if (!people.remove(target)) this.#meeting.drop(REMOVED);
        return SUCCESS;
      }),
      this.#serve('participant:transfer', (payload) => this.#transfer(payload)),
      this.#serve('participant:sendDTMF', (payload) => {
        const digits = identifier(field(payload, 'digits'));
        const {participant} = this.#target(payload, {own: true});
        if (!digits) throw new RequestRefused();
        this.#dtmf.push({uuid: participant.uuid, digits});
        return SUCCESS;
      }),
      this.#serve('conference:muteAllGuests', (payload) => {
        this.#requireHost();
        const muted = Boolean(field(payload, 'mute'));
        const guests = people.present.filter(({participant}) => participant.role === 'guest');
        conference.change({guestsMuted: muted});
        people.change(
          guests.filter(({participant}) => !participant.isWaiting),
          {muted},
        );
        return SUCCESS;
      }),
      this.#serve('conference:lock', (payload) => {
        this.#requireHost();
        conference.change({locked: Boolean(field(payload, 'lock'))});
        return SUCCESS;
      }),
      ['conference:requestParticipants', ({reply}) => reply(this.#participants())],
    ];
  }

  /** Serves a call that changes one participant. */
  #forOne(
    name: string,
    rules: TargetRules,
    traits: (payload: unknown) => PersonTraits,
  ): [string, RpcHandler] {
    return this.#serve(name, (payload) => {
      this.#meeting.people.change([this.#target(payload, rules)], traits(payload));
      return SUCCESS;
    });
  }

  /** Serves a call by an action that returns the reply, or throws where a node refuses. */
  #serve(name: string, action: (payload: unknown) => unknown): [string, RpcHandler] {
    const handle: RpcHandler = ({payload, reply}) => {
      this.#calls.push({name, payload});
      try {
        reply(this.#meeting.phase === 'in-meeting' ? action(payload) : undefined);
      } catch (error) {
        if (!(error instanceof RequestRefused)) throw error;
        console.error(error.message);
      }
      this.#changed();
    };
    return [name, handle];
  }

  #requireHost(): void {
    if (this.#meeting.role !== 'chair') throw new RequestRefused();
  }

  /** Whom a call is about. */
  #target(payload: unknown, {flag, own = false}: TargetRules = {}): Attendee {
    const {people} = this.#meeting;
    const uuid = field(payload, 'participantUuid');
    const target = own && uuid === undefined ? people.self : people.find(uuid);
    if (!own || target !== people.self) this.#requireHost();
    if (!target || (flag && target.participant[flag] === false)) throw new RequestRefused();
    return target;
  }

  #transfer(payload: unknown): unknown {
    const target = this.#target(payload, {flag: 'canTransfer'});
    const role = field(payload, 'role');
    const isValid = role === 'host' || role === 'guest';
    // Where the simulated person would land is another simulator's to show.
    const isSelf = target === this.#meeting.people.self;
    if (!isValid || isSelf || !identifier(field(payload, 'destination'), LIMITS.name)) {
      throw new RequestRefused();
    }
    this.#transfers.push(payload);
    this.#meeting.people.remove(target);
    return SUCCESS;
  }

  #participants(): unknown {
    if (this.#meeting.phase !== 'in-meeting') return undefined;
    const result = this.#meeting.people.present.map(({participant}) => participant.rawData);
    return {status: 200, data: {status: 'success', result}};
  }
}
