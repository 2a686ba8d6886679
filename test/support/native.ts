import {oneEvent} from '@open-wc/testing';

import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from './conversation.js';
import {makeLivePane} from './live-pane.js';
import {place} from './mount.js';
import {waitUntil} from './wait.js';

type Setup = Parameters<typeof setupConversation>;

/** What is to be seen of a native view. */
export class NativePage {
  readonly pane: RcChatPaneElement;

  constructor(pane: RcChatPaneElement) {
    this.pane = pane;
  }

  get root(): ShadowRoot {
    return this.pane.shadowRoot!;
  }

  /** The messages of the room that are in the DOM, in the order in which they are shown. */
  get articles(): HTMLElement[] {
    return this.#articles('rc-conversation > section > .talk > rc-message-list');
  }

  /** The same of the thread beside it. */
  get answers(): HTMLElement[] {
    return this.#articles('rc-thread');
  }

  /** Their texts. */
  get texts(): string[] {
    return this.articles.map((each) => words(each));
  }

  get field(): HTMLTextAreaElement {
    return this.find('.conversation > rc-composer textarea');
  }

  /** The message with this text. */
  message(text: string): HTMLElement {
    const found = this.articles.find((each) => each.textContent.includes(text));
    if (!found) throw new Error(`No message "${text}" among: ${this.texts.join(' | ')}`);
    return found;
  }

  find<Found extends Element = HTMLElement>(selector: string): Found {
    const found = this.root.querySelector<Found>(selector);
    if (!found) throw new Error(`Nothing is ${selector}.`);
    return found;
  }

  /** Resolves when one can write, or is told why not. */
  writable(): Promise<void> {
    return waitUntil(
      () => this.root.querySelector('rc-composer textarea, .composer-blocked'),
      'one can write, or is told why not',
    );
  }

  /** Resolves when a message with this text is shown. */
  async shows(text: string): Promise<HTMLElement> {
    await waitUntil(
      () => this.articles.some((each) => each.textContent.includes(text)),
      `"${text}" is shown`,
    );
    return this.message(text);
  }

  /** Resolves when no message has this text. */
  hides(text: string): Promise<void> {
    return waitUntil(
      () => !this.articles.some((each) => each.textContent.includes(text)),
      `"${text}" is gone`,
    );
  }

  /** Presses a button of a message, by its name. */
  press(message: HTMLElement, name: string): void {
    const buttons = [...message.querySelectorAll('button')];
    const found = buttons.find((each) => nameOf(each).includes(name));
    if (!found) throw new Error(`No button "${name}" among: ${buttons.map(nameOf).join(' | ')}`);
    found.click();
  }

  /** Writes into a field, as by keys. */
  write(text: string, field = this.field): void {
    field.focus();
    field.value = text;
    field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
  }

  /** Presses a key in the field, or elsewhere. @returns whether nobody took it */
  key(key: string, target: HTMLElement = this.field): boolean {
    const init = {key, bubbles: true, composed: true, cancelable: true};
    return target.dispatchEvent(new KeyboardEvent('keydown', init));
  }

  /** Writes a message and sends it. */
  send(text: string, field = this.field): void {
    this.write(text, field);
    this.key('Enter', field);
  }

  #articles(place: string): HTMLElement[] {
    const all = [...this.root.querySelectorAll<HTMLElement>(`${place} article`)];
    const top = (each: HTMLElement): number => each.getBoundingClientRect().top;
    return all.sort((a, b) => top(a) - top(b));
  }
}

const nameOf = (button: Element): string =>
  button.getAttribute('aria-label') ?? button.textContent.trim();

const words = (article: HTMLElement): string =>
  (article.querySelector('.text, .remark')?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** Two people, their room, and the native view of one of them. */
export const setupNative = async (
  {
    attributes = {},
    before,
  }: {
    readonly attributes?: Readonly<Record<string, string | boolean>>;
    /** What happens in the room before it is shown. */
    readonly before?: (
      conversation: Awaited<ReturnType<typeof setupConversation>>,
    ) => Promise<unknown>;
  } = {},
  ...setup: Setup
) => {
  const conversation = await setupConversation(...setup);
  await before?.(conversation);
  const direct = setup[0] === 'd' ? {room: `direct/${conversation.room._id}`} : {};
  const pane = makeLivePane(conversation, {view: 'native', ...direct, ...attributes});
  const ready = oneEvent(pane, 'rc-ready');
  place(pane);
  await ready;
  const page = new NativePage(pane);
  await page.writable();
  return {...conversation, pane, page};
};
