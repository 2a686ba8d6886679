import {
  PexipDialOutFailedEvent,
  PexipDialOutRequestEvent,
  PexipDialOutSucceededEvent,
} from '../events/dial-out-events.js';
import {loadPart} from '../parts/load-part.js';
import type {DialOutNote} from '../protocol/broker-api.js';
import {DialOuts} from '../session/dial-outs.js';
import type {MeetingSession} from '../session/meeting-session.js';
import type {AccessToken} from '../transport/broker-client.js';

/** The room that dials, and the broker that it has. */
interface DiallingRoom extends HTMLElement {
  readonly broker?: string | null;
  readonly accessToken?: AccessToken | null | undefined;
  readonly room?: string | null;
}

/** For the broker's audit log. The call does not wait for it, nor fail with it. */
const note = ({broker, accessToken}: DiallingRoom, told: DialOutNote): void => {
  if (!broker) return;
  loadPart('broker')
    .then(({noteDialOut}) => noteDialOut(broker, accessToken ?? undefined, told))
    .catch(() => undefined);
};

/** Dialling out of a room: a file that is loaded when the page first dials. */
export const dialOuts = (room: DiallingRoom, meeting: MeetingSession): DialOuts =>
  new DialOuts(meeting, {
    asked: (detail) => {
      const goes = room.dispatchEvent(new PexipDialOutRequestEvent(detail));
      const {requestId, request} = detail;
      const {destination, protocol, role} = request;
      const {room: meeting} = room;
      if (goes) {
        const asked = {requestId, outcome: 'asked', destination, protocol, role} as const;
        note(room, {...asked, ...(meeting && {meeting})});
      }
      return goes;
    },
    succeeded: (detail) => {
      room.dispatchEvent(new PexipDialOutSucceededEvent(detail));
      note(room, {requestId: detail.requestId, outcome: 'succeeded'});
    },
    failed: (detail) => {
      room.dispatchEvent(new PexipDialOutFailedEvent(detail));
      const {requestId, code} = detail;
      note(room, {requestId, outcome: 'failed', code});
    },
  });
