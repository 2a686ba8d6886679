import {html, LitElement, nothing, type PropertyDeclarations, type TemplateResult} from 'lit';

import type {WriteBar} from '../../protocol/room-traits.js';
import type {Conversation} from '../../session/conversation.js';
import type {Language} from '../strings/strings.js';
import type {ComposedMessage, ComposerLimits, Upload} from './composer-types.js';
import type {SuggestionSources} from './composer-suggestions.js';
import type {MessageContext} from './context.js';
import {doingWords} from './doing-words.js';
import {signs} from './signs.js';

/** What a thread shows. */
export interface ThreadContent {
  readonly conversation: Conversation;
  readonly context: MessageContext;
  readonly language: Language;
  readonly blocked: WriteBar | undefined;
  readonly draftKey: string;
  readonly limits: ComposerLimits;
  readonly sources: SuggestionSources;
  readonly upload: Upload | undefined;
  readonly send: (message: ComposedMessage) => Promise<void> | void;
  readonly typing: (active: boolean) => void;
  readonly editLast: () => void;
  readonly close: () => void;
}

/**
 * A thread beside the room: the message that was answered, the answers, and where one is written.
 * Escape closes it.
 *
 * @csspart thread - The thread.
 */
export class RcThreadElement extends LitElement {
  static override properties: PropertyDeclarations = {content: {attribute: false}};

  declare content: ThreadContent | undefined;
  #life: AbortController | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const {signal} = (this.#life = new AbortController());
    this.addEventListener('keydown', (event) => this.#escape(event), {signal});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life?.abort();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const {content} = this;
    if (!content) return nothing;
    const {conversation, context, language} = content;
    const words = doingWords(language);
    return html`<section class="thread" part="thread" aria-label=${words.doingThread}>
      <header class="bar" part="header">
        <h3 class="title">${words.doingThread}</h3>
        <button
          type="button"
          class="bar-button"
          part="header-button"
          aria-label=${words.doingClose}
          title=${words.doingClose}
          @click=${content.close}
        >
          ${signs.close}
        </button>
      </header>
      <rc-message-list
        .conversation=${conversation}
        .version=${conversation.getState().version}
        .older=${conversation.getState().older}
        .context=${context}
        .language=${language}
        .label=${words.doingThreadMessages}
      ></rc-message-list>
      ${this.#writing(content)}
    </section>`;
  }

  /** Whoever opened it by the keyboard goes on writing in it. */
  protected override firstUpdated(): void {
    const composer = this.querySelector('rc-composer');
    const {signal} = this.#life ?? {};
    if (signal) composer?.acceptDrops(this, signal);
    void composer?.updateComplete.then(() => composer.focus());
  }

  #writing(content: ThreadContent): TemplateResult {
    return html`<rc-composer
      .language=${content.language}
      .label=${doingWords(content.language).doingReplyHere}
      .blocked=${content.blocked}
      .draftKey=${content.draftKey}
      .limits=${content.limits}
      .sources=${content.sources}
      .upload=${content.upload}
      .onSend=${content.send}
      .onTyping=${content.typing}
      .onEditLast=${content.editLast}
    ></rc-composer>`;
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    event.preventDefault();
    this.content?.close();
  }
}
