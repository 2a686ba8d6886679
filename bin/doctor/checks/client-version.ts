import {unchecked, type Check} from '../verdict.js';

/** The versions of people's own clients are seen by nobody but them. */
export const clientVersion: Check = {
  id: 'client-version',
  subject: 'Rocket.Chat',
  run: () =>
    unchecked(
      "The versions of people's Rocket.Chat clients are not seen from outside.",
      'For scheduled meetings that are opened in the client, 3.9.4 is the least: look at About in the desktop client. Pages with these elements need no client.',
    ),
};
