import type {Phase} from '../remote-protocol.js';
import type {DropReason, Refusal} from './meeting.js';
import {byId, readable} from './dom.js';
import {KeyedList} from './keyed-list.js';
import {Lobby} from './lobby.js';
import type {Attendee} from './people.js';
import {PinPrompt} from './pin-prompt.js';
import type {PluginButton} from './plugin-buttons.js';
import {drawTile, hueOf, initials} from './tiles.js';
import {Toolbar} from './toolbar.js';

/** How many have a tile. */
const TILES = 100;

/** Everything that is on the screen. */
export interface ViewState {
  readonly phase: Phase;
  /** The simulated person. */
  readonly self: Attendee | undefined;
  /** All who are there, the simulated person first. */
  readonly attendees: readonly Attendee[];
  readonly buttons: readonly PluginButton[];
  readonly toasts: readonly string[];
  readonly dropReason: DropReason | undefined;
  readonly refusal: Refusal | undefined;
}

/** What a person can do. */
export interface ViewActions {
  join(name: string): void;
  leave(): void;
  admit(attendee: Attendee): void;
  press(button: PluginButton): void;
}

/** The meeting app as a person sees it. Its skeleton is index.html. */
export class View {
  readonly #preflight = byId('preflight', HTMLFormElement);
  readonly #meeting = byId('meeting', HTMLElement);
  readonly #ended = byId('ended', HTMLElement);
  readonly #name = byId('name', HTMLInputElement);
  readonly #joinButtons = [byId('join', HTMLButtonElement), byId('rejoin', HTMLButtonElement)];
  readonly #pinPrompt = new PinPrompt();
  readonly #toolbar: Toolbar;
  readonly #lobby: Lobby;
  readonly #tiles: KeyedList;
  #self: Attendee | undefined;

  constructor(alias: string, name: string, actions: ViewActions, signal: AbortSignal) {
    for (const each of document.querySelectorAll('[data-alias]')) each.textContent = alias;
    document.title = alias || document.title;
    this.#name.value = name;
    this.#toolbar = new Toolbar(
      byId('plugin-buttons', HTMLElement),
      byId('announcement', HTMLElement),
      (button) => actions.press(button),
    );
    this.#lobby = new Lobby(
      byId('lobby', HTMLElement),
      byId('lobby-list', HTMLElement),
      (attendee) => actions.admit(attendee),
    );
    this.#tiles = new KeyedList(byId('tiles', HTMLElement), TILES, (attendee) =>
      drawTile(attendee, attendee === this.#self),
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
    this.#preview();
  }

  /** The name to join under. */
  get name(): string {
    return this.#name.value.trim() || 'Guest';
  }

  /** The PIN, once the node has asked for one: `none` for a guest who needs none. */
  get pin(): string | undefined {
    return this.#pinPrompt.pin;
  }

  /** Presses the first plugin button, or the one of this name, if it is shown. */
  pressPluginButton(name?: string): void {
    this.#toolbar.press(name);
  }

  /** Shows a state. */
  render(state: ViewState): void {
    const {phase, self, attendees, buttons, toasts, refusal} = state;
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
    this.#pinPrompt.render(refusal);
    this.#renderEnd(state);
    this.#renderPeople(self, attendees);
    this.#toolbar.render(buttons);
    this.#renderToasts(toasts);
    this.#keepFocus(hadFocus);
  }

  #renderEnd({phase, dropReason, refusal}: ViewState): void {
    const title = (): string => {
      if (phase === 'refused' && refusal) {
        const words = refusal.refused === 'not-found' ? 'Conference not found' : 'You cannot join';
        return `${words} (${refusal.code})`;
      }
      if (dropReason) return `You were disconnected (${dropReason.errorCode})`;
      return 'You left the meeting';
    };
    byId('ended-title', HTMLElement).textContent = title();
    byId('reason', HTMLElement).textContent = refusal?.message ?? dropReason?.error ?? '';
  }

  #renderPeople(self: Attendee | undefined, attendees: readonly Attendee[]): void {
    this.#self = self;
    const isWaiting = ({participant}: Attendee): boolean => participant.isWaiting === true;
    const waiting = attendees.filter(isWaiting);
    const inside = attendees.filter((attendee) => !isWaiting(attendee));
    this.#tiles.render(inside);
    this.#lobby.render(waiting, self?.participant.role === 'chair');
    // What can be scrolled must be reached by the keyboard.
    const tiles = byId('tiles', HTMLElement);
    if (tiles.scrollHeight > tiles.clientHeight) tiles.tabIndex = 0;
    else tiles.removeAttribute('tabindex');
    const alone = inside.length === 1;
    const count = alone ? 'You are the only one here' : `${readable(inside.length)} participants`;
    const lobby = waiting.length > 0 ? `, ${readable(waiting.length)} in the lobby` : '';
    byId('count', HTMLElement).textContent = count + lobby;
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
