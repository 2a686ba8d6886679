import type {BrokerAccess} from './broker-access.js';
import type {SinkBehaviour} from './event-queue.js';

/** A Virtual Meeting Room of Infinity's own configuration. */
export interface StaticVmr {
  readonly alias: string;
  /** Default: the alias. */
  readonly name?: string;
  readonly pin?: string;
  readonly guestPin?: string;
  /** Default: whether there is a `pin`. */
  readonly allowGuests?: boolean;
}

/** Options of {@link startPexipInfinity}. */
export interface PexipInfinityOptions {
  /** The policy server and event sink, with the login for both. */
  readonly broker: BrokerAccess;
  /** How many Conferencing Nodes, default 2. */
  readonly nodes?: number;
  /** By how much each node's clock is wrong, ms; one is for all. Default 0. */
  readonly clockOffsets?: number | readonly number[];
  /** Rooms of its own, for aliases about which the policy server says nothing. */
  readonly vmrs?: readonly StaticVmr[];
  /** Themes that are installed; default `rocket.chat`. */
  readonly themes?: readonly string[];
  /** Default `Simulated location`. */
  readonly location?: string;
  /** Ms for an answer of the policy server; default 5000, as Infinity has it. */
  readonly policyTimeout?: number;
  /** How events get to the sink. */
  readonly sink?: SinkBehaviour;
  /** Makes what is left to chance the same each time. Default 1. */
  readonly seed?: number;
}

/** Somebody who wants to join. */
export interface JoinRequest {
  readonly alias: string;
  /** As he types it. */
  readonly name: string;
  /** As it stands in the link. */
  readonly callTag?: string;
  /** As he types it; `none` for a guest without one. */
  readonly pin?: string;
  /** Number of the node that he calls, from 0; default: one after the other. */
  readonly node?: number;
  /** Number of the node that has his media; default the same. */
  readonly mediaNode?: number;
  /** Default `webrtc`: Web App 3. */
  readonly protocol?: 'h323' | 'sip' | 'webrtc';
  /** Default: the name. */
  readonly remoteAlias?: string;
  /** Called when he is disconnected by others, with Infinity's words for it. */
  gone?(reason: string): void;
}

/** Why somebody is not let in. */
export interface Refusal {
  readonly refused: 'conference-not-found' | 'invalid-pin' | 'pin-required' | 'rejected';
  /** Infinity's words for it. */
  readonly message: string;
  /** With `pin-required`: whether guests need one, too. */
  readonly guestPin?: boolean;
}
