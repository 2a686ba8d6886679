import type {MeetingElement} from '../../../src/protocol/meeting-api.js';
import {meetingAddress} from '../../../src/protocol/web-app3-url.js';
import type {MeetingContext} from '../meetings/meeting-context.js';
import type {Meeting, MeetingPerson} from '../meetings/meeting.js';

/** What an element is made of. */
export type ElementParts = Pick<MeetingContext, 'node' | 'settings' | 'tickets'>;

/** What one person's `<pexip-chat-room>` needs to be in a meeting; `url` has his ticket. */
export const elementOf = async (
  {node, settings, tickets}: ElementParts,
  meeting: Meeting,
  {sub, role, name}: MeetingPerson & {readonly name?: string},
): Promise<MeetingElement> => {
  const {path} = settings.pexip;
  const url = meetingAddress({node, room: meeting.alias, path});
  if (!(url instanceof URL))
    throw new TypeError('The settings pexip.node and path make no address.');
  const ticket = await tickets.issue(meeting, {sub, role, ...(name !== undefined && {name})});
  url.searchParams.set('callTag', ticket);
  return {node, room: meeting.alias, ...(path !== undefined && {path}), url: url.href};
};
