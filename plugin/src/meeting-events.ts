import type {Plugin} from '@pexip/plugin-api';

import type {PluginMessage} from '../../src/protocol/external-chat.js';
import {defined, field, LIMITS, text} from '../../src/protocol/guards.js';

/** The signals of plugin-api's `events` that tell of the meeting as a whole. */
export type MeetingEvents = Pick<
  Plugin['events'],
  'authenticatedWithConference' | 'connected' | 'disconnected' | 'userInitiatedDisconnect'
>;

/**
 * Tells the page that the user joined, left or lost the meeting.
 *
 * Web App 3 sends `userInitiatedDisconnect` instead of `disconnected` after a click on Leave, and
 * replays nothing: this must be called before the first await after `registerPlugin`.
 */
export const forwardMeetingEvents = (
  events: MeetingEvents,
  send: (message: PluginMessage) => void,
  signal: AbortSignal,
): void => {
  let conferenceAlias: string | undefined;
  events.authenticatedWithConference.add(
    (payload) => {
      conferenceAlias = text(field(payload, 'conferenceAlias'), LIMITS.name);
    },
    {signal},
  );
  events.connected.add(() => send({type: 'connected', ...defined({conferenceAlias})}), {signal});
  events.disconnected.add(
    (payload) =>
      send({
        type: 'disconnected',
        userInitiated: false,
        ...defined({
          error: text(field(payload, 'error'), LIMITS.message),
          errorCode: text(field(payload, 'errorCode'), LIMITS.code),
        }),
      }),
    {signal},
  );
  events.userInitiatedDisconnect.add(() => send({type: 'disconnected', userInitiated: true}), {
    signal,
  });
};
