import type {PersonTraits} from './person-traits.js';
import {RemoteLink} from './remote-link.js';
import type {SimulatorState} from './remote-protocol.js';

export type {PersonTraits} from './person-traits.js';
export type {
  ButtonState,
  ControlCall,
  DrawnButtonState,
  Phase,
  RosterEntry,
  SimulatorState,
} from './remote-protocol.js';

/**
 * Drives a Web App 3 simulator from the page that embeds it. The server must run with
 * `remoteControl`. Every method resolves with the state after the command; a command sent before
 * the simulator's page has started is kept for it.
 */
export class WebApp3Remote {
  readonly #link: RemoteLink;

  /**
   * @param frame the frame that shows the simulator, or a function that finds its window
   * @param origin the simulator's origin, as `startWebApp3` tells it
   */
  constructor(frame: HTMLIFrameElement | (() => Window | null), origin: string) {
    const find = typeof frame === 'function' ? frame : () => frame.contentWindow;
    this.#link = new RemoteLink(find, origin);
  }

  /** Presses Join and resolves when the meeting is joined. */
  async join(): Promise<SimulatorState> {
    await this.#link.send({command: 'join'});
    return this.until(({phase}) => phase === 'in-meeting');
  }

  /** Leaves as the person would; before the meeting is joined, too. */
  leave(): Promise<SimulatorState> {
    return this.#link.send({command: 'leave'});
  }

  /** Ends the call without the person's doing. Default: `#pex117`. */
  drop(reason: {error?: string; errorCode?: string} = {}): Promise<SimulatorState> {
    return this.#link.send({command: 'drop', ...reason});
  }

  /** Presses the plugin's first toolbar button, if one is shown. */
  clickChat(): Promise<SimulatorState> {
    return this.#link.send({command: 'click-chat'});
  }

  /** Presses the toolbar button that has this name now, if it is shown. */
  clickButton(name: string): Promise<SimulatorState> {
    return this.#link.send({command: 'click-button', name});
  }

  /** Loads the plugin's frame again; wait for `registrations` to see it come back. */
  reloadPlugin(): Promise<SimulatorState> {
    return this.#link.send({command: 'reload-plugin'});
  }

  /** Loads the simulator's page again and resolves when it has started. */
  async reload(): Promise<SimulatorState> {
    const started = this.#link.watch((_, isStart) => isStart);
    await this.#link.send({command: 'reload'});
    return started;
  }

  /** Sends the simulator's frame to another address; resolves before it gets there. */
  navigate(url: string): Promise<SimulatorState> {
    return this.#link.send({command: 'navigate', url});
  }

  /** Sets how long a dialled participant's telephone rings, in milliseconds; 0 joins at once. */
  setRing(ms: number): Promise<SimulatorState> {
    return this.#link.send({command: 'set-ring', ms});
  }

  /** Lets everyone who is being dialled join now. */
  answer(): Promise<SimulatorState> {
    return this.#link.send({command: 'answer'});
  }

  /**
   * Brings people into the meeting or its lobby, all told in one event of activities. Before the
   * meeting is joined they are there when it is.
   */
  bringIn(...people: readonly PersonTraits[]): Promise<SimulatorState> {
    return this.#link.send({command: 'bring-in', people});
  }

  /**
   * Brings many people in at once, told by one event of activities alone.
   *
   * @param count how many; they are called `Participant 1` and so on
   * @param traits what they have in common
   */
  flood(count: number, traits: PersonTraits = {}): Promise<SimulatorState> {
    return this.#link.send({command: 'flood', count, traits});
  }

  /**
   * Changes somebody, as that person or the node would: lets Bob present or raise a hand.
   *
   * @param who the uuid or the name; nothing happens if there is nobody
   */
  change(who: string, traits: PersonTraits): Promise<SimulatorState> {
    return this.#link.send({command: 'change', who, traits});
  }

  /** Changes the simulated person. */
  changeSelf(traits: PersonTraits): Promise<SimulatorState> {
    return this.#link.send({command: 'change', who: null, traits});
  }

  /**
   * Lets somebody else leave.
   *
   * @param who the uuid or the name; nothing happens if there is nobody
   */
  sendAway(who: string): Promise<SimulatorState> {
    return this.#link.send({command: 'send-away', who});
  }

  /** Removes the plugin's frame, or loads it anew. */
  setPluginFrame(present: boolean): Promise<SimulatorState> {
    return this.#link.send({command: 'set-plugin-frame', present});
  }

  /** Adds a frame beside the plugin's that is no plugin. */
  addFrame(frame: {url: string; sandbox?: string}): Promise<SimulatorState> {
    return this.#link.send({command: 'add-frame', ...frame});
  }

  /** Removes the frame that {@link addFrame} added. */
  removeFrame(): Promise<SimulatorState> {
    return this.#link.send({command: 'remove-frame'});
  }

  /** Lets the simulator's own window post any message to the embedding page or to the plugin. */
  post(message: unknown, to: 'page' | 'plugin' = 'page'): Promise<SimulatorState> {
    return this.#link.send({command: 'post', message, to});
  }

  /** Asks for the state. */
  state(): Promise<SimulatorState> {
    return this.#link.send({command: 'state'});
  }

  /** Resolves with the first state, from now on, for which `predicate` is true. */
  until(predicate: (state: SimulatorState) => boolean): Promise<SimulatorState> {
    const found = this.#link.watch(predicate);
    void this.state();
    return found;
  }

  /** Ends the remote control. Promises that are still open stay so. */
  close(): void {
    this.#link.close();
  }
}
