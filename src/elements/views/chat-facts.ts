import type {FrameHost} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import * as events from '../../events/chat-events.js';
import * as messages from '../../events/message-events.js';
import type {ChatFact} from '../../session/chat-state.js';
import type {ClientFact} from '../../session/live-client.js';
import {factEvents} from '../fact-events.js';

/** What is told of a conversation, whoever knows it. */
export type ToldFact = ChatFact | Extract<ClientFact, {readonly detail: unknown}>;

const eventOf = factEvents<ToldFact>({
  ready: events.RcReadyEvent,
  'logged-in': events.RcLoggedInEvent,
  'logged-out': events.RcLoggedOutEvent,
  'room-opened': events.RcRoomOpenedEvent,
  'unread-changed': events.RcUnreadChangedEvent,
  'message-received': messages.RcMessageReceivedEvent,
  'message-sent': messages.RcMessageSentEvent,
  'message-changed': messages.RcMessageChangedEvent,
  'connection-changed': messages.RcConnectionChangedEvent,
  'token-expiring': messages.RcTokenExpiringEvent,
  'token-expired': messages.RcTokenExpiredEvent,
});

/** Makes a function that tells a conversation's facts as events of its pane. */
export const chatFacts =
  (pane: FrameHost, report: (error: PexipChatError) => void) =>
  (fact: ToldFact): void => {
    if (fact.type === 'error') report(fact.error);
    if ('detail' in fact) pane.dispatchEvent(eventOf(fact));
    pane.requestUpdate();
  };
