import {PRESENCE_STREAM} from '../protocol/presence.js';
import type {DdpConnection} from '../transport/ddp-connection.js';

type Connection = Pick<DdpConnection, 'subscribe'>;

/**
 * Whom a connection is told of, for all of the page that share it. Rocket.Chat keeps one list for each: the
 * first subscription holds it as long as it goes on, and those that come later change it and end at once.
 * None is ever ended here, as that would be the end of the list.
 *
 * Source: apps/meteor/app/notifications/server/lib/Presence.ts.
 */
export class PresenceWatch {
  readonly #connection: () => Connection | undefined;
  readonly #wanted = new Map<object, readonly string[]>();
  /** The list at the server. */
  #list: ReadonlySet<string> = new Set();
  #told: Promise<unknown> = Promise.resolve();

  /** @param connection the present one, while there is one */
  constructor(connection: () => Connection | undefined) {
    this.#connection = connection;
  }

  /**
   * Somebody wants to be told of these, and of nobody else any more. Resolves once all changes from now on
   * are told; to be asked again on each connection.
   *
   * @param ids of users, not their names
   */
  async watch(whoever: object, ids: readonly string[]): Promise<void> {
    if (ids.length) this.#wanted.set(whoever, ids);
    else this.#wanted.delete(whoever);
    this.#tell();
    await this.#told;
  }

  /** The server has begun the list anew. */
  renew(): void {
    this.#list = new Set();
    this.#tell();
  }

  #tell(): void {
    const connection = this.#connection();
    if (!connection) return;
    const wanted = new Set([...this.#wanted.values()].flat());
    const added = [...wanted].filter((id) => !this.#list.has(id));
    const removed = [...this.#list].filter((id) => !wanted.has(id));
    this.#list = wanted;
    if (!added.length && !removed.length) return;
    const change = {...(added.length && {added}), ...(removed.length && {removed})};
    // That it ends at once is told as a refusal.
    this.#told = connection.subscribe(PRESENCE_STREAM, '', change).catch(() => undefined);
  }
}
