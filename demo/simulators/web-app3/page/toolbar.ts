import {drawIcon} from './icons.js';
import type {PluginButton} from './plugin-buttons.js';

/** What a badge means: the tooltip without what pressing the button does. */
const badgeText = ({tooltip, icon}: PluginButton): string => {
  const news = icon === 'IconChat' ? 'New messages' : 'News';
  return `${news} in ${tooltip.replace(/^(?:open|close|show|hide) /i, '')}`;
};

/**
 * The plugins' buttons. Each keeps its element while it lives, so that it keeps the focus, too.
 * A badge is a dot for the eye, belongs to the button's description and is announced when it comes.
 */
export class Toolbar {
  readonly #container: HTMLElement;
  readonly #announcement: HTMLElement;
  readonly #pressed: (button: PluginButton) => void;
  readonly #elements = new Map<string, HTMLButtonElement>();
  #buttons: readonly PluginButton[] = [];

  constructor(
    container: HTMLElement,
    announcement: HTMLElement,
    pressed: (button: PluginButton) => void,
  ) {
    this.#container = container;
    this.#announcement = announcement;
    this.#pressed = pressed;
  }

  /** Shows these buttons and no others. */
  render(buttons: readonly PluginButton[]): void {
    const badges = buttons.filter(({hasBadge}) => hasBadge);
    const news = badges.map(badgeText).join('. ');
    if (this.#announcement.textContent !== news) this.#announcement.textContent = news;
    this.#buttons = buttons;
    for (const [id, element] of this.#elements) {
      if (buttons.some((button) => button.id === id)) continue;
      element.remove();
      this.#elements.delete(id);
    }
    for (const button of buttons) this.#update(this.#elementOf(button.id), button);
  }

  /** Presses the first button, or the first of this name, if there is one. */
  press(name?: string): void {
    const found = this.#buttons.find(({tooltip}) => name === undefined || tooltip === name);
    if (found) this.#elements.get(found.id)?.click();
  }

  #elementOf(id: string): HTMLButtonElement {
    const existing = this.#elements.get(id);
    if (existing) return existing;
    const element = document.createElement('button');
    element.type = 'button';
    element.className = 'plugin-button';
    element.addEventListener('click', () => {
      const button = this.#buttons.find((each) => each.id === id);
      if (button) this.#pressed(button);
    });
    this.#elements.set(id, element);
    this.#container.append(element);
    return element;
  }

  #update(element: HTMLButtonElement, button: PluginButton): void {
    const {id, tooltip, icon, isActive, hasBadge} = button;
    element.ariaLabel = tooltip;
    element.title = tooltip;
    element.ariaPressed = String(isActive);
    element.replaceChildren(drawIcon(icon));
    element.removeAttribute('aria-describedby');
    if (!hasBadge) return;
    const dot = document.createElement('span');
    dot.className = 'dot';
    const description = document.createElement('span');
    description.className = 'hidden-text';
    description.id = `badge-${id}`;
    description.textContent = badgeText(button);
    element.append(dot, description);
    element.setAttribute('aria-describedby', description.id);
  }
}
