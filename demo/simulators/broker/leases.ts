import {randomBytes} from 'node:crypto';

/** How long things hold, in ms. */
export interface LeaseTimes {
  /** A lease that is not renewed. */
  readonly leaseTime: number;
  /** A user's tokens, when the last lease is gone. */
  readonly afterLast: number;
}

/** A page that has a session. */
export interface Lease {
  readonly id: string;
  readonly username: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

interface Held extends Lease {
  readonly timer: NodeJS.Timeout;
}

/** The pages that hold a session. Tells when a user has had none for a while. */
export class Leases {
  readonly #times: LeaseTimes;
  readonly #onDeserted: (username: string) => void;
  readonly #held = new Map<string, Held>();
  readonly #deserted = new Map<string, NodeJS.Timeout>();

  constructor(times: LeaseTimes, onDeserted: (username: string) => void) {
    this.#times = times;
    this.#onDeserted = onDeserted;
  }

  /** Renews a lease of this user; makes one if `id` is none, or none any more. */
  renew(username: string, id?: string): Lease {
    const known = id === undefined ? undefined : this.#held.get(id);
    const own = known?.username === username ? known : undefined;
    clearTimeout(own?.timer);
    this.#stay(username);
    const lease = {
      id: own?.id ?? randomBytes(16).toString('base64url'),
      username,
      expiresAt: Date.now() + this.#times.leaseTime,
    };
    const timer = setTimeout(() => this.release(username, lease.id), this.#times.leaseTime).unref();
    this.#held.set(lease.id, {...lease, timer});
    return lease;
  }

  /** Ends a lease of this user. One that is none is gone already. */
  release(username: string, id: string): void {
    const lease = this.#held.get(id);
    if (lease?.username !== username) return;
    this.#drop(lease);
    if (this.count(username)) return;
    const timer = setTimeout(() => {
      this.#deserted.delete(username);
      this.#onDeserted(username);
    }, this.#times.afterLast);
    this.#deserted.set(username, timer.unref());
  }

  /** Ends all of a user's leases, of which nobody is told. */
  end(username: string): void {
    this.#stay(username);
    for (const lease of this.#of(username)) this.#drop(lease);
  }

  count(username: string): number {
    return this.#of(username).length;
  }

  /** Ends all timers. */
  close(): void {
    for (const {username} of [...this.#held.values()]) this.end(username);
    for (const timer of this.#deserted.values()) clearTimeout(timer);
  }

  #of(username: string): Held[] {
    return [...this.#held.values()].filter((lease) => lease.username === username);
  }

  #drop({id, timer}: Held): void {
    clearTimeout(timer);
    this.#held.delete(id);
  }

  #stay(username: string): void {
    clearTimeout(this.#deserted.get(username));
    this.#deserted.delete(username);
  }
}
