import type {ReactiveController, ReactiveControllerHost} from 'lit';

import type {RcUnreadChangedDetail} from '../events/chat-events.js';

type Counted = Pick<RcUnreadChangedDetail, 'count' | 'alert'>;
type Host = ReactiveControllerHost & {readonly chat: boolean};

/**
 * Whether the meeting's Chat button has its badge: there is something unread in a paired pane, and
 * nobody is looking. What the page sets holds until a pane's next count; without a pane, for good.
 */
export class UnreadBadgeController implements ReactiveController {
  readonly #host: Host;
  readonly #panes = new Map<HTMLElement, Counted>();
  #set: boolean | undefined;
  #life = new AbortController();

  constructor(host: Host) {
    this.#host = host;
    host.addController(this);
  }

  get visible(): boolean {
    const seen = this.#host.chat && document.visibilityState === 'visible';
    return this.#set ?? ((this.count > 0 || this.alert) && !seen);
  }

  get count(): number {
    return [...this.#panes.values()].reduce((sum, {count}) => sum + count, 0);
  }

  get alert(): boolean {
    return [...this.#panes.values()].some(({alert}) => alert);
  }

  /** The page shows or hides the badge. */
  set(visible: boolean): void {
    this.#set = visible;
    this.#host.requestUpdate();
  }

  /** Counts what is unread in `pane` until `signal` aborts. */
  follow(pane: HTMLElement & {readonly unread?: Counted}, signal: AbortSignal): void {
    const count = (counted: Counted | undefined): void => {
      if (counted) this.#panes.set(pane, counted);
      else this.#panes.delete(pane);
      this.#host.requestUpdate();
    };
    count(pane.unread);
    signal.addEventListener('abort', () => count(undefined), {once: true});
    pane.addEventListener(
      'rc-unread-changed',
      ({detail}) => {
        this.#set = undefined;
        count(detail);
      },
      {signal},
    );
  }

  hostConnected(): void {
    this.#life = new AbortController();
    document.addEventListener('visibilitychange', () => this.#host.requestUpdate(), {
      signal: this.#life.signal,
    });
  }

  hostDisconnected(): void {
    this.#life.abort();
  }
}
