import {field, identifier, LIMITS} from '../../protocol/guards.js';
import {list} from '../../protocol/list.js';
import type {DdpChange} from '../../transport/ddp-connection.js';

/** Of each person and chat it is told once in so long; ms. */
export const TYPING_TOLD = {again: 5_000};
/** So many are remembered. */
const MOST = 1_000;

/** Somebody writes. */
export interface Writing {
  readonly roomId: string;
  /** The username, or the person's name where the workspace wants that (`UI_Use_Real_Name`). */
  readonly name: string;
}

/**
 * Reads a change of `stream-notify-room`: that somebody writes in a room, or, as older workspaces have it, in
 * `<room>/typing`. `undefined` for anything else, that somebody has ended among it, and for threads.
 */
export const parseWriting = ({stream, event, args}: DdpChange): Writing | undefined => {
  if (stream !== 'stream-notify-room') return;
  const [id, what] = event.split('/');
  const roomId = identifier(id);
  const name = identifier(args[0], LIMITS.name);
  if (roomId === undefined || name === undefined) return;
  const writes =
    what === 'user-activity'
      ? list(args[1]).includes('user-typing') && !field(args[2], 'tmid')
      : what === 'typing' && args[1] === true;
  return writes ? {roomId, name} : undefined;
};

/**
 * The username of who writes; undefined for the user, and for a person who is told by another name.
 *
 * @param people usernames of a direct message's people; nobody in other rooms
 * @param own the user's username
 */
export const writerOf = (
  {name}: Writing,
  people: readonly string[],
  own: {readonly username: string; readonly name?: string | undefined},
): string | undefined => {
  if (name === own.username) return;
  if (!people.length || people.includes(name)) return name;
  // A workspace that tells of people by their names: of two, it is the other one.
  if (name === own.name) return;
  const others = people.filter((each) => each !== own.username);
  return others.length === 1 ? others[0] : undefined;
};

/** Tells that somebody writes: once in 5 seconds for each person in each chat. */
export class PeopleTyping {
  readonly #told = new Map<string, number>();

  /** @returns whether it is to be told now */
  isNews(roomId: string, username: string): boolean {
    const key = `${roomId} ${username}`;
    const now = performance.now();
    if (now - (this.#told.get(key) ?? -Infinity) < TYPING_TOLD.again) return false;
    this.#told.delete(key);
    this.#told.set(key, now);
    if (this.#told.size > MOST) this.#forget(now);
    return true;
  }

  /** Those of whom it may be told again; of a crowd, the ones that were told first. */
  #forget(now: number): void {
    for (const [key, at] of this.#told) {
      if (now - at < TYPING_TOLD.again && this.#told.size <= MOST) return;
      this.#told.delete(key);
    }
  }
}
