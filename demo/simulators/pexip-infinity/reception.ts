import {admit, type Role} from './admission.js';
import type {Conferences, Newcomer} from './conferences.js';
import type {Refusal} from './options.js';
import {readProperties, type ParticipantProperties} from './participant-properties.js';
import {dialQuery, propertiesQuery, serviceQuery, type Caller} from './policy-query.js';
import type {PolicyPath, PolicyServer, Verdict} from './policy-server.js';
import {serviceReader, type AutomaticParticipant, type Service} from './service.js';
import type {StaticVmrs} from './static-vmrs.js';

const NOT_FOUND: Refusal = {
  refused: 'conference-not-found',
  message: 'Neither conference nor gateway found',
};
/** How often an alias may lead to another one. */
const MOST_REDIRECTS = 5;

/** Who is let in, and as what. */
export type Received = Pick<
  Newcomer,
  'alias' | 'callTag' | 'name' | 'remoteAlias' | 'role' | 'service'
>;

/** What {@link Reception} works with. */
export interface ReceptionOptions {
  readonly policy: PolicyServer;
  readonly vmrs: StaticVmrs;
  readonly conferences: Conferences;
  readonly themes: readonly string[];
  /** Takes what an administrator would find in the log. */
  problem(text: string): void;
}

/** Asks the policy server whether somebody is let in, and does as Infinity does with the answers. */
export class Reception {
  readonly #options: ReceptionOptions;

  constructor(options: ReceptionOptions) {
    this.#options = options;
  }

  async receive(
    caller: Caller,
    {pin, uuids, call}: {pin: string | undefined; uuids: Newcomer['uuids']; call: string},
  ): Promise<Received | Refusal> {
    const service = await this.#serviceFor(caller);
    if (!service) return NOT_FOUND;
    const isApp = caller.protocol === 'webrtc';
    const properties = (
      who: Caller,
      type: 'api' | 'standard',
      role?: Role,
    ): Promise<ParticipantProperties | Refusal> => {
      const uuid = type === 'api' ? uuids.api : uuids.media;
      return this.#properties(who, service, {type, uuid, callUuid: call, role});
    };
    const first = await properties(caller, isApp ? 'api' : 'standard');
    if ('refused' in first) return first;
    const entry = admit(service, first.preauthenticatedRole, pin);
    if ('refused' in entry) {
      const message = entry.refused === 'invalid-pin' ? 'Invalid PIN' : 'PIN required';
      return {...entry, message};
    }
    const name = first.displayName ?? caller.name;
    // An app has its media later, in a call of its own.
    const second = isApp ? await properties({...caller, name}, 'standard', entry.role) : first;
    if ('refused' in second) return second;
    return {
      service,
      alias: caller.alias,
      name: second.displayName ?? name,
      role: second.preauthenticatedRole ?? entry.role,
      callTag: second.callTag ?? first.callTag ?? caller.callTag,
      remoteAlias: second.remoteAlias ?? first.remoteAlias ?? caller.remoteAlias,
    };
  }

  /** Whether the policy server lets a call out of a conference be made. */
  async mayDial(caller: Caller, service: Service, call: AutomaticParticipant): Promise<boolean> {
    const path = 'service/configuration';
    const query = dialQuery(caller, service, call);
    const verdict = await this.#options.policy.ask(path, query, (value) => ({value}));
    this.#note(path, verdict);
    return verdict.outcome !== 'reject';
  }

  /** The conference of an alias: the policy server's, or, where that says nothing, Infinity's own. */
  async #serviceFor(given: Caller): Promise<Service | undefined> {
    const {policy, vmrs, themes, problem} = this.#options;
    const path = 'service/configuration';
    let caller = given;
    for (let asked = 0; asked <= MOST_REDIRECTS; asked += 1) {
      const verdict = await policy.ask(path, serviceQuery(caller), serviceReader(themes));
      this.#note(path, verdict);
      if (verdict.outcome === 'reject') return;
      if (verdict.outcome === 'used') return this.#compared(verdict.value);
      if (verdict.outcome !== 'redirect') return vmrs.find(caller.alias);
      caller = {...caller, alias: verdict.alias};
    }
    problem(`${path}: one alias leads to the next without an end.`);
    return undefined;
  }

  /** PINs are each one's own; all else has to be as the first one has found it. */
  #compared(service: Service): Service {
    const {conferences, problem} = this.#options;
    const running = conferences.running(service.name);
    if (running && running.common !== service.common)
      problem('service/configuration: another answer than for those who are in it.');
    return service;
  }

  async #properties(
    caller: Caller,
    service: Service,
    participant: Parameters<typeof propertiesQuery>[2],
  ): Promise<ParticipantProperties | Refusal> {
    const path = 'participant/properties';
    const query = propertiesQuery(caller, service, participant);
    const verdict = await this.#options.policy.ask(path, query, readProperties);
    this.#note(path, verdict);
    if (verdict.outcome === 'reject') return {refused: 'rejected', message: 'Call rejected'};
    if (verdict.outcome !== 'used') return {};
    const {rejectReason} = verdict.value;
    return rejectReason ? {refused: 'rejected', message: rejectReason} : verdict.value;
  }

  #note(path: PolicyPath, verdict: Verdict<unknown>): void {
    if ('why' in verdict) this.#options.problem(`${path}: ${verdict.why}`);
  }
}
