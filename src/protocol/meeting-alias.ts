import type {MeetingPlace} from './web-app3-url.js';
import {parseSecureUrl} from './secure-url.js';

/** Where a join link has the alias: Web App 3 and Web App 2, then what an older one has in its query. */
const IN_PATH = /\/(?:m|conference)\/([^/]+)(?:\/(?:express|step-by-step))?\/?$/;

const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return;
  }
};

/**
 * The alias of a meeting, as the page's own attributes have it: a frame's word for it could have one
 * meeting's page open the conversation of another.
 *
 * @returns undefined while no meeting is named, or of a link that names none
 */
export const meetingAlias = ({url, room}: MeetingPlace): string | undefined => {
  if (!url) return room || undefined;
  const link = parseSecureUrl(url);
  if (typeof link === 'string') return;
  const [, part] = IN_PATH.exec(link.pathname) ?? [];
  return (part && decoded(part)) || link.searchParams.get('conference') || undefined;
};
