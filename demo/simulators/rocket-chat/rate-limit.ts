import type {Permissions} from './permissions.js';
import type {SettingsStore} from './settings.js';
import type {User} from './users.js';

/** How a call stands against its limit. */
export interface RateLimitState {
  readonly allowed: boolean;
  /** ms until the limit starts anew. */
  readonly wait: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Counts calls of a route and method from one address, as Rocket.Chat does by default. */
export class RateLimit {
  readonly #settings: SettingsStore;
  readonly #exempt: readonly string[];
  readonly #windows = new Map<string, {start: number; calls: number}>();

  constructor(settings: SettingsStore, permissions: Permissions) {
    this.#settings = settings;
    this.#exempt = permissions['api-bypass-rate-limit'];
  }

  /**
   * Counts one call; `undefined` if no limit holds for it.
   *
   * @param own the route's own limit instead of the workspace's
   */
  count(
    route: string,
    address: string,
    user: User | undefined,
    own?: {readonly calls: number; readonly time: number},
  ): RateLimitState | undefined {
    if (!this.#settings.get('API_Enable_Rate_Limiter')) return;
    if (user?.roles.some((role) => this.#exempt.includes(role))) return;
    const limit = own?.calls ?? this.#settings.get('API_Enable_Rate_Limiter_Limit_Calls_Default');
    const time = own?.time ?? this.#settings.get('API_Enable_Rate_Limiter_Limit_Time_Default');
    const key = `${address} ${route}`;
    const now = Date.now();
    const known = this.#windows.get(key);
    const window = known && now < known.start + time ? known : {start: now, calls: 0};
    this.#windows.set(key, window);
    window.calls += 1;
    const reset = window.start + time;
    return {
      allowed: window.calls <= limit,
      wait: reset - now,
      headers: {
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, limit - window.calls)),
        'X-RateLimit-Reset': String(reset),
      },
    };
  }

  reset(): void {
    this.#windows.clear();
  }
}
