import type {ToolbarButtonPayload} from '@pexip/plugin-api';

import {warn} from './log.js';

/** How long the host may take to answer an update, in milliseconds: its calls never time out. */
const UPDATE_TIMEOUT = 5_000;

/** What the page says of the part of it that a button opens. */
export interface ButtonState {
  /** That part is open. */
  readonly active: boolean;
  /** Something in it is new. */
  readonly badge: boolean;
}

/** How a button looks. */
export interface ButtonFace {
  /** One of the icons of Pexip's design system. */
  readonly icon: string;
  /** What it opens, as in "Open Chat". */
  readonly name: string;
}

/** The part of plugin-api's `ui` that a button needs. */
export interface Toolbar {
  addButton(payload: ToolbarButtonPayload): Promise<{
    readonly onClick: {add(observer: () => void, options?: {signal?: AbortSignal}): unknown};
    update(payload: ToolbarButtonPayload): Promise<void>;
  }>;
}

// `ui:button:update` replaces the button, so each update says everything.
const payloadOf = (
  {icon, name}: ButtonFace,
  {active, badge}: ButtonState,
): ToolbarButtonPayload => ({
  position: 'toolbar',
  icon,
  tooltip: `${active ? 'Close' : 'Open'} ${name}`,
  isActive: active,
  badge: {isVisible: badge},
});

const limit = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, UPDATE_TIMEOUT));

const CLOSED: ButtonState = {active: false, badge: false};

/**
 * A button in the meeting's toolbar. It never moves by itself: a click asks the page, and the page's
 * answer is shown.
 */
export class ToolbarButton {
  readonly #face: ButtonFace;
  readonly #button: Awaited<ReturnType<Toolbar['addButton']>>;
  #wanted = CLOSED;
  /** Unknown after a refusal. */
  #shown: ButtonState | undefined = CLOSED;
  #updating = false;

  private constructor(face: ButtonFace, button: Awaited<ReturnType<Toolbar['addButton']>>) {
    this.#face = face;
    this.#button = button;
  }

  /**
   * Adds a button, closed and without a badge.
   *
   * @param ask called for each click with the state that is asked for
   * @throws whatever plugin-api rejects with: `{reason}`
   */
  static async add(
    toolbar: Toolbar,
    face: ButtonFace,
    ask: (active: boolean) => void,
    signal: AbortSignal,
  ): Promise<ToolbarButton> {
    const added = await toolbar.addButton(payloadOf(face, CLOSED));
    const button = new ToolbarButton(face, added);
    added.onClick.add(() => ask(!button.#wanted.active), {signal});
    return button;
  }

  /** Shows what the page says. Updates go one by one; of those that wait only the last counts. */
  show(change: Partial<ButtonState>): void {
    this.#wanted = {...this.#wanted, ...change};
    if (!this.#updating) void this.#update();
  }

  async #update(): Promise<void> {
    this.#updating = true;
    while (!this.#isShown()) {
      const state = this.#wanted;
      this.#shown = state;
      try {
        await Promise.race([this.#button.update(payloadOf(this.#face, state)), limit()]);
      } catch {
        warn(`could not change the ${this.#face.name} button: Web App 3 refused`);
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
