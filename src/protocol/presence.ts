/** How Rocket.Chat tells whether people can be reached. */
import {field, identifier, LIMITS} from './guards.js';
import {list} from './list.js';

/** What a stream told. */
interface Told {
  readonly stream: string;
  readonly args: readonly unknown[];
}

/** Whether somebody can be reached. */
export type PresenceStatus = 'online' | 'away' | 'busy' | 'offline';

/** In the order of the numbers that streams tell them by. */
const STATUSES: readonly PresenceStatus[] = ['offline', 'online', 'away', 'busy'];

/** The stream of those whose ids are asked for with `{added: ids}`. */
export const PRESENCE_STREAM = 'stream-user-presence';

/** A status by its name or its number; `undefined` for anything else. */
export const presenceStatus = (value: unknown): PresenceStatus | undefined =>
  STATUSES.find((each, number) => value === each || value === number);

/** How somebody is. */
export interface Presence {
  readonly username: string;
  readonly status: PresenceStatus;
}

const presenceOf = (name: unknown, told: unknown): Presence | undefined => {
  const username = identifier(name, LIMITS.name);
  const status = presenceStatus(told);
  return username === undefined || !status ? undefined : {username, status};
};

/** Reads a change of {@link PRESENCE_STREAM}: `[[username, status, text]]`; `undefined` for any other. */
export const parsePresenceChange = ({stream, args}: Told): Presence | undefined => {
  if (stream !== PRESENCE_STREAM) return;
  const [username, status] = list(args[0]);
  return presenceOf(username, status);
};

/** Reads the answer of `users.presence`; what is none of it is left out. */
export const parsePresences = (data: unknown, most: number): readonly Presence[] =>
  list(field(data, 'users'))
    .slice(0, most)
    .flatMap((user) => presenceOf(field(user, 'username'), field(user, 'status')) ?? []);
