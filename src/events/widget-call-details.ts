/**
 * What Bandyer's document says of the events of calls. They can be listened to already, and are fired once
 * there are calls in the widget: until then these are types only.
 */
import type {DeclineReason, ForceReason} from '../protocol/call-api.js';

/** How a call was made. */
export interface WidgetCallOptions {
  readonly record: boolean;
  readonly creationDate: Date;
  readonly callType: 'audio_only' | 'audio_upgradable' | 'audio_video';
  /** Whether it rings. */
  readonly live: boolean;
}

/** A call of the user with somebody else. */
export interface WidgetCallDetail {
  /** Name of the event. */
  readonly event: string;
  readonly callAlias: string;
  readonly callDirection: 'incoming' | 'outgoing';
  /** Aliases of its two people. */
  readonly callParticipants: readonly string[];
  readonly callOptions: WidgetCallOptions;
}

/** The same, with the alias of who has done something. */
export interface WidgetCallDeedDetail extends WidgetCallDetail {
  readonly executor: string;
}

/** The same of a call that was not answered. */
export interface WidgetCallDeclinedDetail extends WidgetCallDeedDetail {
  readonly reason: DeclineReason;
}

/** Why the user was disconnected by force. */
export interface WidgetForceDisconnectDetail {
  readonly reason: ForceReason;
}

/** What a client is told of calls, by the documented names. */
export interface ClientCallEventMap {
  readonly incoming_call: WidgetCallDetail;
  readonly call_dial_answered: WidgetCallDeedDetail;
  readonly call_dial_declined: WidgetCallDeclinedDetail;
  readonly call_dial_stopped: WidgetCallDeedDetail;
  readonly call_started: WidgetCallDetail;
  readonly call_ended: WidgetCallDeedDetail;
  readonly force_disconnect: WidgetForceDisconnectDetail;
}
