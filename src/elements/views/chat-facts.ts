import type {FrameHost} from '../../controllers/frame-controller.js';
import type {PexipChatError} from '../../errors.js';
import * as events from '../../events/chat-events.js';
import type {ChatFact} from '../../session/chat-state.js';
import {factEvents} from '../fact-events.js';

const eventOf = factEvents<ChatFact>({
  ready: events.RcReadyEvent,
  'logged-in': events.RcLoggedInEvent,
  'logged-out': events.RcLoggedOutEvent,
  'room-opened': events.RcRoomOpenedEvent,
  'unread-changed': events.RcUnreadChangedEvent,
});

/** Makes a function that tells a conversation's facts as events of its pane. */
export const chatFacts =
  (pane: FrameHost, report: (error: PexipChatError) => void) =>
  (fact: ChatFact): void => {
    if (fact.type === 'error') report(fact.error);
    if ('detail' in fact) pane.dispatchEvent(eventOf(fact));
    pane.requestUpdate();
  };
