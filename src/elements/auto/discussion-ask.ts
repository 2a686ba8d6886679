import {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {Surface} from '../../protocol/credentials.js';
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

/** What one can do about these; all else is `sign-in-required` or `broker-failed`. */
const REFUSALS: Readonly<Record<number, (said: string) => PexipChatError | undefined>> = {
  403: (said) =>
    said === 'account-missing'
      ? new PexipChatError(
          'account-missing',
          'The user has no account in Rocket.Chat, and the broker makes none. Let them sign in to Rocket.Chat once, or set users.create of the broker.',
        )
      : undefined,
  404: (said) =>
    new PexipChatError(
      'meeting-not-found',
      `The broker knows no such meeting for this user (${said}). Check the room's alias, that the user is one of the meeting's people, and that the broker has pexip.node.`,
    ),
  409: (said) =>
    said === 'discussion-not-configured'
      ? new PexipChatError(
          'discussion-not-configured',
          'The broker has no room in which the conversation of this meeting could begin. Set discussions.room of the broker.',
        )
      : undefined,
};

/**
 * Asks a broker for the room of a meeting's conversation. It looks by the user's own login which rooms
 * he may read, so that he is signed in first; what is busy is waited for.
 *
 * @throws {PexipChatError} `account-missing`, `meeting-not-found`, `discussion-not-configured`,
 * `sign-in-required`, `broker-failed`, `part-failed`
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
      // A function may have given a token that has just expired, and a chat session may just have
      // ended, once.
      if (failure.status === 401 && !expired) expired = true;
      else if (failure.status === 429)
        await sleep(Math.max(failure.wait ?? USUAL_WAIT, LEAST_WAIT), signal);
      else {
        release();
        const said = refusalOf(failure)?.code ?? `HTTP ${failure.status}`;
        throw REFUSALS[failure.status]?.(said) ?? brokerFailed(error, 'named no conversation');
      }
    }
  }
};
