import {html, LitElement, nothing, type PropertyDeclarations, type TemplateResult} from 'lit';

import {systemFact} from '../../protocol/system-message.js';
import type {ShownMessage} from '../../session/conversation.js';
import type {Language} from '../strings/strings.js';
import {avatar} from './avatar.js';
import type {MessageContext, MessageQuestion} from './context.js';
import {messageBody} from './message-body.js';
import {discussionButton} from './message-discussion.js';
import {reactions} from './message-reactions.js';
import {messageState, threadButton} from './message-state.js';
import {clockText, dayText, momentText} from './native-time.js';
import {nativeWords} from './native-words.js';
import {personName, senderName} from './person-name.js';
import {named, systemText} from './system-text.js';

/** What a message stands in. */
export interface MessagePlace {
  readonly context: MessageContext;
  readonly language: Language;
  /** The first one of its day. */
  readonly dated: boolean;
  /** It goes on where the one before ended: its author need not be said again. */
  readonly joined: boolean;
  /** The first one that the user has not read. */
  readonly firstUnread: boolean;
  /** From 1 on, and of how many. */
  readonly position: number;
  readonly count: number;
}

/**
 * One message of a list. It renders without a shadow tree, as the pane's style sheet and parts are to
 * reach it.
 *
 * @csspart message - A message.
 * @csspart message-sent - The bubble of one of the user's own.
 * @csspart message-received - The bubble of one of somebody else.
 * @csspart message-system - A remark of Rocket.Chat.
 * @csspart unread - The line above the first message that is new to the user.
 */
export class RcMessageElement extends LitElement {
  static override properties: PropertyDeclarations = {
    shown: {attribute: false},
    context: {attribute: false},
    language: {attribute: false},
    dated: {attribute: false},
    joined: {attribute: false},
    firstUnread: {attribute: false},
    position: {attribute: false},
    count: {attribute: false},
    stop: {attribute: false},
    asks: {state: true},
  };

  declare shown: ShownMessage | undefined;
  declare context: MessageContext;
  declare language: Language;
  declare dated: boolean;
  declare joined: boolean;
  declare firstUnread: boolean;
  declare position: number;
  declare count: number;
  /** Tab reaches it, and what is in it. */
  declare stop: boolean;
  /** What is being asked in the place of its actions. */
  declare asks: MessageQuestion['asks'];
  #hadFocus = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** What has gone stays as it is until its row goes, which tells the list of the focus in it. */
  protected override shouldUpdate(): boolean {
    return !!this.shown;
  }

  protected override render(): TemplateResult {
    const {language} = this;
    const shown = this.shown!;
    const words = nativeWords(language);
    const {time} = shown.message;
    const day = this.dated
      ? html`<p class="day"><span>${dayText(language, words, time)}</span></p>`
      : nothing;
    const unread = this.firstUnread
      ? html`<p class="unread" part="unread"><span>${words.nativeUnread}</span></p>`
      : nothing;
    const mine = !shown.sent || shown.message.sender.userId === this.context.myId;
    const message = shown.sent ? shown.message : undefined;
    const fact = message && systemFact(message);
    const kind = fact ? 'system' : mine ? 'mine' : 'theirs';
    const part = fact ? 'message-system' : '';
    const content = fact
      ? html`<div>
          <p class="remark" id=${this.#id('text')}>
            ${systemText(named(fact, message.sender.username, this.context.person), language)}
            <time>${clockText(language.tag, time)}</time>
          </p>
          ${discussionButton(message, this.context, language)}
        </div>`
      : this.#said(shown, mine);
    return html`<article
      class="message ${kind} ${this.joined ? 'joined' : ''}"
      part="message ${part}"
      tabindex=${this.stop ? 0 : -1}
      aria-posinset=${this.position}
      aria-setsize=${this.count}
      aria-labelledby=${fact ? this.#id('text') : `${this.#id('who')} ${this.#id('when')}`}
      aria-describedby=${fact ? nothing : this.#id('text')}
    >
      ${unread} ${day}
      <div class="bubble-row ${this.asks ? 'asking' : ''}">${content}</div>
    </article>`;
  }

  protected override willUpdate(): void {
    this.#hadFocus = this.matches(':focus-within');
  }

  /** Only what is in the message that Tab reaches is reached by it. */
  protected override updated(changed: Map<PropertyKey, unknown>): void {
    const tabIndex = this.stop ? 0 : -1;
    for (const each of this.querySelectorAll<HTMLElement>('a, button, summary, input'))
      each.tabIndex = tabIndex;
    if (changed.has('asks') && this.asks) this.querySelector<HTMLElement>('.ask > button')?.focus();
    // What has the focus may go with what it was for.
    else if (changed.get('asks') || (this.#hadFocus && !this.matches(':focus-within')))
      this.querySelector('article')?.focus({preventScroll: true});
  }

  #said(shown: ShownMessage, mine: boolean): TemplateResult {
    const {context, language} = this;
    const {tag} = language;
    const {time} = shown.message;
    const who = shown.sent
      ? senderName(shown.message, context.person)
      : personName(context.me ?? '', context.person);
    const words = nativeWords(language);
    return html`
      ${mine ? nothing : avatar(who, shown.sent ? shown.message.sender.username : '', context)}
      <div class="bubble" part=${mine ? 'message-sent' : 'message-received'}>
        <p class="head">
          <bdi class="author" id=${this.#id('who')}>${who}</bdi>
          <time
            id=${this.#id('when')}
            datetime=${new Date(time).toISOString()}
            title=${momentText(tag, time)}
            >${clockText(tag, time)}</time
          >
          ${messageState(shown, context, language, mine)}
        </p>
        <div class="text" id=${this.#id('text')} dir="auto">
          ${messageBody(shown, context, language)}
        </div>
        ${shown.sent ? reactions(shown.message, context, language) : nothing}
        ${shown.sent ? threadButton(shown.message, context, language) : nothing}
        ${
          shown.sent
            ? nothing
            : shown.message.error
              ? html`<p class="unsent">
                  ${words.nativeNotSent} ${context.actions?.why(shown.message.error)}
                  <button type="button" @click=${() => context.actions?.retry(shown.id)}>
                    ${words.nativeRetry}
                  </button>
                  <button type="button" @click=${() => context.actions?.discard(shown.id)}>
                    ${words.nativeDiscard}
                  </button>
                </p>`
              : nothing
        }
      </div>
      ${
        shown.sent
          ? context.tools.actions()?.(shown.message, who, context, language, {
              asks: this.asks,
              ask: (what) => (this.asks = what),
            })
          : nothing
      }
    `;
  }

  /** The message that a thread is about stands in the room, too. */
  #id(what: string): string {
    return `rc-${what}-${this.context.thread ? 'thread-' : ''}${this.shown?.id ?? ''}`;
  }
}
