import {html, LitElement, nothing, render, type PropertyDeclarations} from 'lit';
import {repeat} from 'lit/directives/repeat.js';

import type {Conversation} from '../../session/conversation.js';
import {make} from '../dom.js';
import {en} from '../strings/en.js';
import type {Language} from '../strings/strings.js';
import type {MessageContext} from './context.js';
import {firstUnread} from './first-unread.js';
import type {ListRow} from './list-model.js';
import {listStatus, newestButton} from './list-notes.js';
import {messageRow} from './message-rows.js';
import {stepFrom} from './message-steps.js';
import {VirtualList, type Align, type ListView} from './virtual-list.js';

/**
 * The messages of a room or a thread, of which those in sight are in the DOM. Renders without a shadow
 * tree.
 *
 * @csspart messages - The list of messages.
 * @csspart newest - The button that goes to the newest message.
 */
export class RcMessageListElement extends LitElement {
  static override properties: PropertyDeclarations = {
    conversation: {attribute: false},
    version: {attribute: false},
    older: {attribute: false},
    context: {attribute: false},
    language: {attribute: false},
    label: {attribute: false},
    unreadSince: {attribute: false},
  };

  declare conversation: Conversation | undefined;
  /** Of the conversation: another one has it drawn again. */
  declare version: number;
  /** Of the conversation, too. */
  declare older: string;
  declare context: MessageContext | undefined;
  declare language: Language;
  declare label: string;
  /** Messages of others after this time are new to the user, by the server's clock; undefined: none is. */
  declare unreadSince: number | undefined;
  /** The newest message may be in sight, which {@link atEnd} tells. */
  onSeen: (() => void) | undefined;

  readonly #viewport = make('div', {class: 'scroll', part: 'messages'});
  readonly #rows = make('div', {class: 'rows'});
  readonly #status = make('p', {class: 'list-status'});
  readonly #newest = make('div', {class: 'newest-place'});
  #list: VirtualList | undefined;
  #life: AbortController | undefined;
  #shownConversation: Conversation | undefined;
  #keys: readonly string[] = [];
  /** What was gone to last; until then Tab reaches the newest. */
  #stop: string | undefined;
  /** Empty: none was when the room was opened. */
  #firstUnread: string | undefined;
  #view: ListView | undefined;
  /** The newest message when the end was last in sight. */
  #seen: string | undefined;
  /** The window shows where the newest message stands, if it is scrolled there. */
  #inWindow = false;

  constructor() {
    super();
    this.language = {tag: 'en', strings: en};
    this.label = '';
    this.#viewport.append(this.#rows);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#life = new AbortController();
    const {signal} = this.#life;
    this.#rows.addEventListener('keydown', (event) => this.#step(event), {signal});
    this.#rows.addEventListener('focusin', (event) => this.#stopAt(event), {signal});
    const observer = new IntersectionObserver((entries) => {
      this.#inWindow = entries.at(-1)!.isIntersecting;
      this.onSeen?.();
    });
    observer.observe(this.#newest);
    signal.addEventListener('abort', () => observer.disconnect());
    // The observer knows nothing of `visibility`, by which a page hides what is to stay as it is.
    this.#newest.addEventListener(
      'transitionend',
      ({propertyName}) => propertyName === 'visibility' && this.onSeen?.(),
      {signal},
    );
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life?.abort();
    this.#list?.destroy();
    this.#list = undefined;
  }

  /** Whether the newest message is in sight: of the list, of the window, and behind no thread. */
  get atEnd(): boolean {
    return (
      !!this.#view?.atEnd && this.#inWindow && this.checkVisibility({visibilityProperty: true})
    );
  }

  /** Goes to the newest message. */
  scrollToEnd(): void {
    this.#list?.scrollToEnd();
  }

  /** Goes to a message and puts the focus there. @returns whether it is there */
  async goTo(id: string, align: Align = 'center'): Promise<boolean> {
    if (!this.#keys.includes(id)) return false;
    const row = await this.#list?.scrollToKey(id, align);
    await row?.querySelector('rc-message')?.updateComplete;
    // It is in sight; a scroll of the browser's own would end the next step before it is done.
    row?.querySelector('article')?.focus({preventScroll: true});
    return !!row;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override update(changed: Map<PropertyKey, unknown>): void {
    super.update(changed);
    const {conversation} = this;
    if (!this.isConnected) return;
    if (conversation !== this.#shownConversation) this.#begin(conversation);
    if (!conversation) return;
    this.#list ??= new VirtualList({
      viewport: this.#viewport,
      container: this.#rows,
      render: (rows, top) => this.#draw(rows, top),
      onView: (view) => this.#look(view),
    });
    const keys = conversation.ids;
    // In the place of a message that has gone is the next one.
    const at = this.#keys.indexOf(this.#stop ?? '');
    if (at >= 0 && !keys.includes(this.#stop!)) this.#stop = keys[Math.min(at, keys.length - 1)];
    this.#keys = keys;
    // The divider stays where it was when the room was opened, until it is left.
    this.#firstUnread ??= firstUnread(conversation, this.unreadSince, this.context?.myId);
    this.#list.update({count: keys.length, key: (index) => keys[index]!});
    this.#describe(conversation);
  }

  protected override render(): unknown {
    return html`${this.#viewport}${this.#status}${this.#newest}`;
  }

  #begin(conversation: Conversation | undefined): void {
    this.#shownConversation = conversation;
    this.#list?.destroy();
    this.#list = this.#view = this.#stop = this.#firstUnread = this.#seen = undefined;
    this.#keys = [];
    this.#rows.role = this.#rows.ariaLabel = null;
    render(nothing, this.#rows);
  }

  #describe(conversation: Conversation): void {
    const {tag, strings} = this.language;
    this.lang = tag;
    this.dir = strings.direction;
    this.#rows.ariaBusy = String(conversation.getState().older === 'loading');
    render(listStatus(conversation, this.language), this.#status);
    this.#offerNewest();
  }

  #offerNewest(): void {
    const away = this.#keys.length > 0 && this.#view?.atEnd === false;
    const seen = away ? this.#keys.lastIndexOf(this.#seen ?? '') : -1;
    const missed = seen < 0 ? 0 : this.#keys.length - 1 - seen;
    const go = (): void => this.scrollToEnd();
    render(newestButton(away, missed, this.language, go), this.#newest);
  }

  #draw(rows: readonly ListRow[], top: string): void {
    const {conversation, context} = this;
    if (!conversation || !context) return;
    const stop = this.#stop ?? this.#keys.at(-1);
    const place = {
      conversation,
      context,
      language: this.language,
      firstUnread: this.#firstUnread,
      // Far from what was gone to, Tab reaches what is in sight.
      stop: rows.some(({key}) => key === stop) ? stop : top,
    };
    // A feed without articles would be none.
    this.#rows.role = rows.length ? 'feed' : null;
    this.#rows.ariaLabel = rows.length ? this.label : null;
    const focused = this.#focused;
    const hadFocus = this.#rows.contains(focused);
    const {size} = conversation;
    const isThere = ({key, index}: ListRow): boolean =>
      index < size && conversation.at(index).id === key;
    // The list is drawn a frame after it has changed, when the messages may stand elsewhere.
    const ids = rows.every(isThere) ? undefined : conversation.ids;
    const drawn = repeat(
      rows,
      ({key}) => key,
      ({key, index}) => messageRow({key, index: ids ? ids.indexOf(key) : index}, place),
    );
    render(drawn, this.#rows);
    if (!hadFocus || this.#focused) return;
    // A row that has been moved has lost the focus, too.
    if (focused?.isConnected) (focused as HTMLElement).focus({preventScroll: true});
    else if (this.#stop !== undefined) void this.goTo(this.#stop, 'nearest');
  }

  /** What has the focus in the page's part that this is in. */
  get #focused(): Element | null {
    return (this.getRootNode() as Document | ShadowRoot).activeElement;
  }

  #look(view: ListView): void {
    this.#view = view;
    const {conversation} = this;
    if (!conversation) return;
    const {older, opened} = conversation.getState();
    if (view.nearStart && opened && older === 'more') void conversation.loadOlder();
    if (view.atEnd) {
      this.#seen = this.#keys.at(-1);
      this.onSeen?.();
    }
    this.#offerNewest();
  }

  #stopAt(event: FocusEvent): void {
    const row = (event.target as Element).closest<HTMLElement>('[data-key]');
    const key = row?.dataset['key'];
    if (!key || key === this.#stop) return;
    this.#stop = key;
    this.requestUpdate();
  }

  #step(event: KeyboardEvent): void {
    const {key, target} = event;
    if (!(target instanceof HTMLElement)) return;
    if (target.localName !== 'article') {
      if (key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      return target.closest('article')?.focus();
    }
    const at = this.#keys.indexOf(this.#stop ?? '');
    const next = stepFrom(event, at, this.#keys.length - 1);
    const id = next === at ? undefined : this.#keys[next ?? -1];
    if (id !== undefined) void this.goTo(id, 'nearest');
  }
}
