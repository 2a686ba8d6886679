import type {Phase} from '../remote-protocol.js';
import type {DropReason} from './meeting.js';
import type {Attendee} from './participants.js';
import type {PluginButton} from './plugin-buttons.js';
import {drawTile, hueOf, initials} from './tiles.js';
import {Toolbar} from './toolbar.js';

/** Everything that is on the screen. */
export interface ViewState {
  readonly phase: Phase;
  readonly attendees: readonly Attendee[];
  readonly buttons: readonly PluginButton[];
  readonly toasts: readonly string[];
  readonly dropReason: DropReason | undefined;
}

/** What a person can do. */
export interface ViewActions {
  join(name: string): void;
  leave(): void;
  drop(): void;
  reloadPlugin(): void;
  press(button: PluginButton): void;
}

/** Finds an element of index.html. */
export const byId = <Type extends HTMLElement>(id: string, type: new () => Type): Type => {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`index.html has no such element: ${id}`);
  return found;
};

/** The meeting app as a person sees it. Its skeleton is index.html. */
export class View {
  readonly #preflight = byId('preflight', HTMLFormElement);
  readonly #meeting = byId('meeting', HTMLElement);
  readonly #ended = byId('ended', HTMLElement);
  readonly #name = byId('name', HTMLInputElement);
  readonly #joinButtons = [byId('join', HTMLButtonElement), byId('rejoin', HTMLButtonElement)];
  readonly #toolbar: Toolbar;

  constructor(alias: string, name: string, actions: ViewActions, signal: AbortSignal) {
    for (const each of document.querySelectorAll('[data-alias]')) each.textContent = alias;
    document.title = alias || document.title;
    this.#name.value = name;
    this.#toolbar = new Toolbar(
      byId('plugin-buttons', HTMLElement),
      byId('announcement', HTMLElement),
      (button) => actions.press(button),
    );
    const onClick = (id: string, action: () => void): void =>
      byId(id, HTMLButtonElement).addEventListener('click', action, {signal});
    this.#preflight.addEventListener(
      'submit',
      (event) => {
        event.preventDefault();
        actions.join(this.name);
      },
      {signal},
    );
    this.#name.addEventListener('input', () => this.#preview(), {signal});
    onClick('rejoin', () => actions.join(this.name));
    onClick('leave', () => actions.leave());
    onClick('drop', () => actions.drop());
    onClick('reload-plugin', () => actions.reloadPlugin());
    this.#preview();
  }

  /** The name to join under. */
  get name(): string {
    return this.#name.value.trim() || 'Guest';
  }

  /** Presses the plugin's button, if it is shown. */
  pressPluginButton(): void {
    this.#toolbar.pressFirst();
  }

  /** Shows a state. */
  render({phase, attendees, buttons, toasts, dropReason}: ViewState): void {
    const hadFocus = document.activeElement?.closest('main > *');
    this.#preflight.hidden = !(
      phase === 'preflight' ||
      (phase === 'joining' && this.#ended.hidden)
    );
    this.#meeting.hidden = phase !== 'in-meeting';
    this.#ended.hidden = !this.#meeting.hidden || !this.#preflight.hidden;
    for (const button of this.#joinButtons) {
      // A disabled button would lose the focus.
      button.ariaDisabled = phase === 'joining' ? 'true' : null;
    }
    byId('ended-title', HTMLElement).textContent = dropReason
      ? `You were disconnected (${dropReason.errorCode})`
      : 'You left the meeting';
    byId('reason', HTMLElement).textContent = dropReason?.error ?? '';
    byId('tiles', HTMLElement).replaceChildren(
      ...attendees.map((attendee, index) => drawTile(attendee, index === 0)),
    );
    byId('count', HTMLElement).textContent =
      attendees.length === 1 ? 'You are the only one here' : `${attendees.length} participants`;
    this.#toolbar.render(buttons);
    this.#renderToasts(toasts);
    this.#keepFocus(hadFocus);
  }

  #renderToasts(messages: readonly string[]): void {
    const container = byId('toasts', HTMLElement);
    const shown = [...container.children].map(({textContent}) => textContent);
    if (shown.join('\n') === messages.join('\n')) return;
    const paragraphs = messages.map((message) => {
      const paragraph = document.createElement('p');
      paragraph.textContent = message;
      return paragraph;
    });
    container.replaceChildren(...paragraphs);
  }

  /** The focus goes on to the heading of what took the place of what had it. */
  #keepFocus(hadFocus: Element | null | undefined): void {
    if (!(hadFocus instanceof HTMLElement) || !hadFocus.hidden) return;
    const now = [this.#preflight, this.#meeting, this.#ended].find(({hidden}) => !hidden);
    now?.querySelector('h1')?.focus();
  }

  #preview(): void {
    const preview = byId('preview', HTMLElement);
    preview.textContent = initials(this.name);
    preview.style.setProperty('--hue', hueOf(this.name));
  }
}
