import type {ToolbarButtonPayload} from '@pexip/plugin-api';

import {warn} from './log.js';

/** How long the host may take to answer an update, in milliseconds: its calls never time out. */
const UPDATE_TIMEOUT = 5_000;

/** What the page says of the chat. */
export interface ChatState {
  /** The chat is open. */
  readonly active: boolean;
  /** Something is unread. */
  readonly badge: boolean;
}

/** The part of plugin-api's `ui` that the button needs. */
export interface Toolbar {
  addButton(payload: ToolbarButtonPayload): Promise<{
    readonly onClick: {add(observer: () => void, options?: {signal?: AbortSignal}): unknown};
    update(payload: ToolbarButtonPayload): Promise<void>;
  }>;
}

// `ui:button:update` replaces the button, so each update says everything.
const payloadOf = ({active, badge}: ChatState): ToolbarButtonPayload => ({
  position: 'toolbar',
  icon: 'IconChat',
  tooltip: active ? 'Close Chat' : 'Open Chat',
  isActive: active,
  badge: {isVisible: badge},
});

const limit = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, UPDATE_TIMEOUT));

/**
 * The Chat button in the meeting's toolbar. It never moves by itself: a click asks the page, and the
 * page's answer is shown.
 */
export class ChatButton {
  readonly #button: Awaited<ReturnType<Toolbar['addButton']>>;
  #wanted: ChatState;
  /** Unknown after a refusal. */
  #shown: ChatState | undefined;
  #updating = false;

  private constructor(button: Awaited<ReturnType<Toolbar['addButton']>>, state: ChatState) {
    this.#button = button;
    this.#wanted = this.#shown = state;
  }

  /**
   * Adds the button.
   *
   * @param ask called for each click with the state that is asked for
   * @throws whatever plugin-api rejects with: `{reason}`
   */
  static async add(
    toolbar: Toolbar,
    ask: (active: boolean) => void,
    signal: AbortSignal,
  ): Promise<ChatButton> {
    const closed: ChatState = {active: false, badge: false};
    const chat = new ChatButton(await toolbar.addButton(payloadOf(closed)), closed);
    chat.#button.onClick.add(() => ask(!chat.#wanted.active), {signal});
    return chat;
  }

  /** Shows what the page says. Updates go one by one; of those that wait only the last counts. */
  show(change: Partial<ChatState>): void {
    this.#wanted = {...this.#wanted, ...change};
    if (!this.#updating) void this.#update();
  }

  async #update(): Promise<void> {
    this.#updating = true;
    while (!this.#isShown()) {
      const state = this.#wanted;
      this.#shown = state;
      try {
        await Promise.race([this.#button.update(payloadOf(state)), limit()]);
      } catch {
        warn('could not change the Chat button: Web App 3 refused');
        this.#shown = undefined;
        // Refused for good: the next word of the page is the next attempt.
        if (this.#wanted === state) break;
      }
    }
    this.#updating = false;
  }

  #isShown(): boolean {
    const {active, badge} = this.#wanted;
    return this.#shown?.active === active && this.#shown.badge === badge;
  }
}
