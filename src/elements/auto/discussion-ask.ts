import {PexipChatError, type ErrorCode} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Surface} from '../../protocol/credentials.js';
import {field} from '../../protocol/guards.js';
import type {MeetingDiscussion} from '../../protocol/meeting-discussion.js';
import {sleep} from '../../transport/sleep.js';
import type {BrokerAccess} from '../../transport/broker-client.js';
import type {HttpFailure} from '../../transport/http-failure.js';

/** What is waited where the broker does not say for how long, and in any case; ms. */
const USUAL_WAIT = 5_000;
const LEAST_WAIT = 1_000;

/** Who asks for the conversation of which meeting. */
export interface DiscussionAsk extends BrokerAccess {
  readonly alias: string;
  /** What the conversation will be shown with, so that nobody waits twice for a token. */
  readonly surfaces: readonly Surface[];
}

/** The room of a meeting's conversation. */
export interface DiscussionAnswer extends MeetingDiscussion {
  /** Lets the chat session go that it was asked with; the conversation has one of its own. */
  readonly release: () => void;
}

const NO_MEETING: readonly [ErrorCode, string] = [
  'meeting-not-found',
  "The broker knows no such meeting for this user. Check the room's alias, and that the user is one of the meeting's people.",
];

/** What one can do about these, by the broker's code; all else is `sign-in-required` or `broker-failed`. */
const REFUSALS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  'account-missing': [
    'account-missing',
    'The user has no account in Rocket.Chat, and the broker makes none. Have them sign in to Rocket.Chat once, or set users.create of the broker.',
  ],
  'discussion-missing': [
    'discussion-missing',
    'The meeting was over before anybody opened its conversation, or that was deleted in Rocket.Chat. Begin another meeting.',
  ],
  'discussion-not-configured': [
    'discussion-not-configured',
    'The meeting began in no room of Rocket.Chat. Make it with room, or set discussions.room of the broker.',
  ],
  'discussion-refused': [
    'discussion-refused',
    "Rocket.Chat did not let the conversation be made. Ask again once a member of its room has come; the broker's log has the reason.",
  ],
  'meeting-not-found': NO_MEETING,
  // Of a broker without meetings: it has no such route.
  'not-found': NO_MEETING,
};

const errorOf = (said: string): PexipChatError | undefined => {
  const refusal = field(REFUSALS, said) as (typeof REFUSALS)[string] | undefined;
  return refusal && new PexipChatError(...refusal);
};

/**
 * Asks a broker for the room of a meeting's conversation. It looks by the user's own login which rooms
 * he may read, so that he is signed in first; what is busy is waited for.
 *
 * @throws {PexipChatError} `account-missing`, `discussion-missing`, `discussion-not-configured`,
 * `discussion-refused`, `meeting-not-found`, `sign-in-required`, `broker-failed`, `part-failed`
 */
export const askForDiscussion = async (
  {alias, surfaces, ...access}: DiscussionAsk,
  signal: AbortSignal,
): Promise<DiscussionAnswer> => {
  const {brokerClient, brokerFailed, refusalOf} = await loadPart('broker');
  const client = brokerClient(access);
  let lease: string | undefined;
  let expired = false;
  const release = (): void => {
    if (lease) client.release(lease).catch(() => undefined); // it lapses by itself
    lease = undefined;
  };
  signal.addEventListener('abort', release, {once: true});
  for (;;) {
    try {
      ({lease} = await client.open({surfaces, ...(lease && {lease})}, signal));
      return {...(await client.discussion(alias, signal)), release};
    } catch (error) {
      signal.throwIfAborted();
      const failure = error as HttpFailure;
      const {status, wait = USUAL_WAIT} = failure;
      const said = refusalOf(failure)?.code ?? '';
      // A function may have given a token that has just expired, and a chat session may just have
      // ended, once.
      if (status === 401 && !expired) expired = true;
      else if (status === 429 || said === 'broker-busy')
        await sleep(Math.max(wait, LEAST_WAIT), signal);
      else {
        release();
        throw errorOf(said) ?? brokerFailed(error, 'named no conversation', client.credentials);
      }
    }
  }
};
