import {PexipChatError, type ErrorCode} from '../errors.js';
import type {WorkspaceQuestions} from './workspace-questions.js';

/** What was seen of an embedded page that does not show what it should. */
export interface EmbedSight {
  /** Encoded paths of the room, each to be tried. */
  readonly paths: readonly string[];
  /** The page has said something. */
  readonly heard: boolean;
  /** The user is signed in, as far as can be told. */
  readonly signedIn: boolean;
  /** The page has the session of another user. */
  readonly otherUser: boolean;
}

const RECEIVE = 'Iframe_Integration_receive_enable';
const RECEIVE_ORIGIN = 'Iframe_Integration_receive_origin';
const SEND = 'Iframe_Integration_send_enable';
const SEND_ORIGIN = 'Iframe_Integration_send_target_origin';

/** Whom the workspace takes commands from: `*`, or a list that it compares letter by letter. */
const isListed = (list: unknown, origin: string): boolean =>
  typeof list === 'string' && (list === '*' || list.split(',').includes(origin));

/** Whom the workspace sends events to: `*`, or one address, of which browsers take the origin. */
const isTarget = (target: unknown, origin: string): boolean =>
  typeof target === 'string' &&
  (target === '*' || (URL.canParse(target) && new URL(target).origin === origin));

const TEXTS = {
  'other-user':
    "Rocket.Chat's page is signed in as another user, and took no token of this one. Sign out there, or let it take commands from the origin of this page.",
  'room-forbidden': 'The user may not read this room. Make the user a member of it in Rocket.Chat.',
  'room-not-found': 'There is no such room for this user. Check the name in the attribute "room".',
  'events-disabled':
    'Rocket.Chat sends no events to pages that embed it. Turn on "Iframe Integration: Enable Send" (and check that framing is allowed).',
  'commands-disabled':
    'Rocket.Chat takes no commands from pages that embed it. Turn on "Iframe Integration: Enable Receive".',
  'origin-not-allowed':
    'Rocket.Chat takes commands from, or sends events to, other origins than that of this page. Add it to the origins of "Iframe Integration", without a slash or space.',
  'framing-forbidden':
    'Rocket.Chat, or a proxy before it, lets no page of this origin embed it. Turn off "Restrict access inside any Iframe", and name the origin in frame-ancestors.',
  'token-rejected':
    'Rocket.Chat refuses the token that its embedded page was given. Check what auth or the broker gives for the surface "embed".',
} as const satisfies Partial<Record<ErrorCode, string>>;

const reason = (code: keyof typeof TEXTS): PexipChatError => new PexipChatError(code, TEXTS[code]);

/** Whether the room is the user's; nothing where the server does not say. */
const aboutRoom = async (
  api: Pick<WorkspaceQuestions, 'access' | 'settings'>,
  paths: readonly string[],
): Promise<PexipChatError | undefined> => {
  const found = await Promise.all(paths.map((path) => api.access(path)));
  if (found.includes('yes')) return;
  return reason(found.includes('forbidden') ? 'room-forbidden' : 'room-not-found');
};

const aboutSettings = async (
  api: Pick<WorkspaceQuestions, 'access' | 'settings'>,
  heard: boolean,
  origin: string,
): Promise<PexipChatError | undefined> => {
  const settings = await api.settings([RECEIVE, RECEIVE_ORIGIN, SEND, SEND_ORIGIN]);
  if (!heard && settings.get(SEND) === false) return reason('events-disabled');
  if (settings.get(RECEIVE) === false) return reason('commands-disabled');
  const sends = heard || isTarget(settings.get(SEND_ORIGIN), origin);
  if (!sends || !isListed(settings.get(RECEIVE_ORIGIN), origin))
    return reason('origin-not-allowed');
  return;
};

/**
 * Finds out why the embedded page does not show the room, which it never tells itself.
 *
 * @param tokenWorks asks the workspace whether the token of the embedded page is still good
 * @returns undefined if all is as it should be as far as can be seen
 */
export const embedReason = async (
  api: Pick<WorkspaceQuestions, 'access' | 'settings'>,
  {paths, heard, signedIn, otherUser}: EmbedSight,
  origin: string,
  tokenWorks: () => Promise<boolean>,
): Promise<PexipChatError | undefined> => {
  if (signedIn) return aboutRoom(api, paths);
  const settings = await aboutSettings(api, heard, origin);
  if (settings) return settings;
  if (otherUser) return reason('other-user');
  if (!(await tokenWorks())) return reason('token-rejected');
  // Whoever sends events to this page is heard, unless the browser has refused to show it.
  return heard ? aboutRoom(api, paths) : reason('framing-forbidden');
};
