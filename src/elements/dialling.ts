import {
  PexipDialOutFailedEvent,
  PexipDialOutRequestEvent,
  PexipDialOutSucceededEvent,
} from '../events/dial-out-events.js';
import {DialOuts} from '../session/dial-outs.js';
import type {MeetingSession} from '../session/meeting-session.js';

/** Dialling out of a room: a file that is loaded when the page first dials. */
export const dialOuts = (room: HTMLElement, meeting: MeetingSession): DialOuts =>
  new DialOuts(meeting, {
    asked: (detail) => room.dispatchEvent(new PexipDialOutRequestEvent(detail)),
    succeeded: (detail) => void room.dispatchEvent(new PexipDialOutSucceededEvent(detail)),
    failed: (detail) => void room.dispatchEvent(new PexipDialOutFailedEvent(detail)),
  });
