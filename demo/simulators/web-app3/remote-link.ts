import {field} from '../../../src/protocol/guards.js';
import {SIMULATOR, type RemoteCommand, type SimulatorState} from './remote-protocol.js';

interface Pending {
  readonly message: Record<string, unknown>;
  resolve(state: SimulatorState): void;
}

type Watcher = (state: SimulatorState, started: boolean) => boolean;

/** Carries commands to a simulator's page, and its states back. */
export class RemoteLink {
  readonly #window: () => Window | null;
  readonly #origin: string;
  readonly #pending = new Map<string, Pending>();
  readonly #watchers = new Set<(state: SimulatorState, started: boolean) => void>();
  readonly #life = new AbortController();

  constructor(window: () => Window | null, origin: string) {
    this.#window = window;
    this.#origin = origin;
    const {signal} = this.#life;
    addEventListener('message', (event) => this.#receive(event), {signal});
  }

  /** Resolves with the state after the command; it is kept for a page that has not started yet. */
  send(command: RemoteCommand): Promise<SimulatorState> {
    const id = crypto.randomUUID();
    const message = {simulator: SIMULATOR, id, ...command};
    return new Promise((resolve) => {
      this.#pending.set(id, {message, resolve});
      this.#post(message);
    });
  }

  /** Resolves with the first state from now on that the watcher accepts. */
  watch(accepts: Watcher): Promise<SimulatorState> {
    return new Promise((resolve) => {
      const watcher = (state: SimulatorState, started: boolean): void => {
        if (!accepts(state, started)) return;
        this.#watchers.delete(watcher);
        resolve(state);
      };
      this.#watchers.add(watcher);
    });
  }

  /** Hears nothing any more. Promises that are still open stay so. */
  close(): void {
    this.#life.abort();
  }

  #post(message: Record<string, unknown>): void {
    this.#window()?.postMessage(message, this.#origin);
  }

  #receive({source, origin, data}: MessageEvent<unknown>): void {
    if (!source || source !== this.#window() || origin !== this.#origin) return;
    if (field(data, 'simulator') !== SIMULATOR) return;
    const state = field(data, 'state') as SimulatorState;
    const started = field(data, 'started') === true;
    // A page that has just started has heard nothing of what was sent before.
    if (started) for (const {message} of this.#pending.values()) this.#post(message);
    for (const watcher of [...this.#watchers]) watcher(state, started);
    const replyTo = String(field(data, 'replyTo'));
    this.#pending.get(replyTo)?.resolve(state);
    this.#pending.delete(replyTo);
  }
}
