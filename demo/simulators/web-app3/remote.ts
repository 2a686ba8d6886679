import {field} from '../../../src/protocol/guards.js';
import {SIMULATOR, type RemoteCommand, type SimulatorState} from './remote-protocol.js';

export type {Phase, SimulatorState} from './remote-protocol.js';

interface Pending {
  readonly message: Record<string, unknown>;
  resolve(state: SimulatorState): void;
}

/**
 * Drives a Web App 3 simulator from the page that embeds it. The server must run with
 * `remoteControl`. Every method resolves with the state after the command; a command sent before
 * the simulator's page has started is kept for it.
 */
export class WebApp3Remote {
  readonly #window: () => Window | null;
  readonly #origin: string;
  readonly #pending = new Map<string, Pending>();
  readonly #watchers = new Set<(state: SimulatorState, started: boolean) => void>();
  readonly #life = new AbortController();

  /**
   * @param frame the frame that shows the simulator, or a function that finds its window
   * @param origin the simulator's origin, as `startWebApp3` tells it
   */
  constructor(frame: HTMLIFrameElement | (() => Window | null), origin: string) {
    this.#window = typeof frame === 'function' ? frame : () => frame.contentWindow;
    this.#origin = origin;
    const {signal} = this.#life;
    addEventListener('message', (event) => this.#receive(event), {signal});
  }

  /** Presses Join and resolves when the meeting is joined. */
  async join(): Promise<SimulatorState> {
    await this.#send({command: 'join'});
    return this.until(({phase}) => phase === 'in-meeting');
  }

  /** Leaves as the person would; before the meeting is joined, too. */
  leave(): Promise<SimulatorState> {
    return this.#send({command: 'leave'});
  }

  /** Ends the call without the person's doing. Default: `#pex117`. */
  drop(reason: {error?: string; errorCode?: string} = {}): Promise<SimulatorState> {
    return this.#send({command: 'drop', ...reason});
  }

  /** Presses the plugin's toolbar button, if it is shown. */
  clickChat(): Promise<SimulatorState> {
    return this.#send({command: 'click-chat'});
  }

  /** Loads the plugin's frame again; wait for `registrations` to see it come back. */
  reloadPlugin(): Promise<SimulatorState> {
    return this.#send({command: 'reload-plugin'});
  }

  /** Loads the simulator's page again and resolves when it has started. */
  async reload(): Promise<SimulatorState> {
    const started = this.#watch((_, isStart) => isStart);
    await this.#send({command: 'reload'});
    return started;
  }

  /** Sends the simulator's frame to another address; resolves before it gets there. */
  navigate(url: string): Promise<SimulatorState> {
    return this.#send({command: 'navigate', url});
  }

  /** Sets how long a dialled participant's telephone rings, in milliseconds; 0 joins at once. */
  setRing(ms: number): Promise<SimulatorState> {
    return this.#send({command: 'set-ring', ms});
  }

  /** Lets everyone who is being dialled join now. */
  answer(): Promise<SimulatorState> {
    return this.#send({command: 'answer'});
  }

  /** Removes the plugin's frame, or loads it anew. */
  setPluginFrame(present: boolean): Promise<SimulatorState> {
    return this.#send({command: 'set-plugin-frame', present});
  }

  /** Adds a frame beside the plugin's that is no plugin. */
  addFrame(frame: {url: string; sandbox?: string}): Promise<SimulatorState> {
    return this.#send({command: 'add-frame', ...frame});
  }

  /** Removes the frame that {@link addFrame} added. */
  removeFrame(): Promise<SimulatorState> {
    return this.#send({command: 'remove-frame'});
  }

  /** Lets the simulator's own window post any message to the embedding page or to the plugin. */
  post(message: unknown, to: 'page' | 'plugin' = 'page'): Promise<SimulatorState> {
    return this.#send({command: 'post', message, to});
  }

  /** Asks for the state. */
  state(): Promise<SimulatorState> {
    return this.#send({command: 'state'});
  }

  /** Resolves with the first state, from now on, for which `predicate` is true. */
  until(predicate: (state: SimulatorState) => boolean): Promise<SimulatorState> {
    const found = this.#watch(predicate);
    void this.state();
    return found;
  }

  /** Ends the remote control. Promises that are still open stay so. */
  close(): void {
    this.#life.abort();
  }

  #watch(predicate: (state: SimulatorState, started: boolean) => boolean): Promise<SimulatorState> {
    return new Promise((resolve) => {
      const watcher = (state: SimulatorState, started: boolean): void => {
        if (!predicate(state, started)) return;
        this.#watchers.delete(watcher);
        resolve(state);
      };
      this.#watchers.add(watcher);
    });
  }

  #send(command: RemoteCommand): Promise<SimulatorState> {
    const id = crypto.randomUUID();
    const message = {simulator: SIMULATOR, id, ...command};
    return new Promise((resolve) => {
      this.#pending.set(id, {message, resolve});
      this.#post(message);
    });
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
