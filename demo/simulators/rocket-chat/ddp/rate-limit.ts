import {MeteorError} from '../meteor-error.js';
import type {SettingsStore} from '../settings.js';

/** Counts the calls of a method by a user, as the settings `DDP_Rate_Limit_*` say. */
export class MethodRateLimit {
  readonly #settings: SettingsStore;
  readonly #windows = new Map<string, {readonly start: number; calls: number}>();

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  /** Counts one call by the caller of that id. Throws if it is one too many. */
  count(method: string, caller: string): void {
    if (!this.#settings.get('DDP_Rate_Limit_User_By_Method_Enabled')) return;
    const allowed = this.#settings.get('DDP_Rate_Limit_User_By_Method_Requests_Allowed');
    const interval = this.#settings.get('DDP_Rate_Limit_User_By_Method_Interval_Time');
    const key = `${caller} ${method}`;
    const now = Date.now();
    const known = this.#windows.get(key);
    const window = known && now < known.start + interval ? known : {start: now, calls: 0};
    this.#windows.set(key, window);
    window.calls += 1;
    if (window.calls <= allowed) return;
    const timeToReset = window.start + interval - now;
    const seconds = Math.ceil(timeToReset / 1000);
    throw new MeteorError(
      'too-many-requests',
      `Error, too many requests. Please slow down. You must wait ${seconds} seconds before trying again.`,
      {timeToReset},
    );
  }
}
