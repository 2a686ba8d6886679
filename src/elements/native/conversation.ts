import {html, LitElement, nothing, type PropertyDeclarations, type TemplateResult} from 'lit';

import {visibleName} from '../../protocol/visible-text.js';
import type {RoomScene} from '../../session/room-scene.js';
import type {RcComposerElement} from './composer.js';
import type {MessageContext} from './context.js';
import {conversationBar} from './conversation-bar.js';
import type {ConversationContent} from './conversation-content.js';
import type {ConversationStage} from './conversation-hands.js';
import type {RcMessageListElement} from './message-list.js';
import {adoptNativeStyles} from './native.styles.js';
import {loadComposer} from './native-parts.js';
import {nativeWords} from './native-words.js';
import {nextFrame} from './next-frame.js';
import {RoomDesk} from './room-desk.js';

/**
 * A conversation of our own: what room it is, its messages, and where one is written. Renders without
 * a shadow tree, into the pane's.
 *
 * @csspart header - The bar with the name of the room.
 * @csspart header-button - A button or link in it.
 * @csspart body - The place of the messages.
 */
export class RcConversationElement extends LitElement {
  static override properties: PropertyDeclarations = {
    content: {state: true},
    complaint: {state: true},
  };

  declare content: ConversationContent | undefined;
  /** What could not be done. */
  declare complaint: string;
  #desk: RoomDesk | undefined;
  #scene: RoomScene | undefined;
  /** Whose thread was shown; once it is closed, that message has the focus. */
  #thread: string | undefined;
  #life: AbortController | undefined;
  /** Takes files that are dropped anywhere in it. */
  #taking: RcComposerElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    const root = this.getRootNode();
    if (root instanceof ShadowRoot) adoptNativeStyles(root);
    const {signal} = (this.#life = new AbortController());
    for (const type of ['focusin', 'pointerover'])
      this.addEventListener(type, () => void this.#desk?.writing?.rules.learn(), {signal});
    this.addEventListener('keydown', (event) => this.#escape(event), {signal});
    // Whoever comes back to the page has the newest message in sight.
    for (const type of ['focus', 'visibilitychange'])
      addEventListener(type, () => this.#seen(), {signal, capture: true});
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#life?.abort();
    this.#desk?.close();
  }

  show(content: ConversationContent): void {
    const {scene, base, byBroker} = content;
    if (scene !== this.#scene) {
      this.#scene = scene;
      this.#thread = undefined;
      this.complaint = '';
      this.#desk?.close();
      const life = (): AbortSignal | undefined => this.#life?.signal;
      const changed = (): void => this.requestUpdate();
      this.#desk = scene && new RoomDesk(scene, base, byBroker, this.#stage, life, changed);
    }
    this.content = content;
  }

  /** Puts a text where one is written, as soon as that is there. @throws {PexipChatError} `part-failed` */
  async compose(text: string): Promise<void> {
    // The first update that shows a room asks for it, and the one after it shows it.
    await this.updateComplete;
    await loadComposer();
    this.requestUpdate();
    await this.updateComplete;
    this.#composer?.insert(text);
    this.#composer?.focus();
  }

  /** Forgets what a user who has signed out has written and not sent. */
  forget(base: string, userId: string): void {
    loadComposer().then(
      ({pageDrafts}) => pageDrafts.clear(`${base} ${userId} `),
      () => undefined, // nothing was written without it
    );
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** However much comes, it is drawn once in a frame. */
  protected override async scheduleUpdate(): Promise<void> {
    await nextFrame();
    super.scheduleUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    const {content, complaint} = this;
    // Until there is a room, what the page has put in its place is to be seen.
    if (!content?.scene) return nothing;
    const {language, scene, traits} = content;
    const {conversation, thread, room} = scene;
    const {strings, tag} = language;
    const words = nativeWords(language);
    const desk = this.#desk!;
    const name = desk.other ?? visibleName(room.name, room.roomId);
    const {version, older} = conversation.getState();
    const {writing} = desk;
    const context = (inThread: boolean): MessageContext => desk.context(traits, inThread);
    return html`<section
      class="conversation"
      lang=${tag}
      dir=${strings.direction}
      aria-label=${name}
    >
      ${conversationBar(content, name, writing?.activity.getState().status)}
      <div class="talk ${thread ? 'with-thread' : ''}" part="body">
        <rc-message-list
          .conversation=${conversation}
          .version=${version}
          .older=${older}
          .context=${context(false)}
          .language=${language}
          .label=${words.nativeMessages.replace('{room}', () => name)}
          .unreadSince=${scene.readBefore || undefined}
          .onSeen=${() => this.#seen()}
        ></rc-message-list>
        ${
          thread
            ? html`<rc-thread
                .content=${writing?.thread(thread, context(true), traits?.bar, language)}
              ></rc-thread>`
            : nothing
        }
      </div>
      <p class="typing">${writing?.typing(language)}</p>
      <p class="complaint" role="alert">${complaint}</p>
      <p class="said" role="log" aria-live="polite"></p>
      ${writing?.composer(name, traits?.bar, language)}
    </section>`;
  }

  protected override updated(): void {
    const composer = this.#composer;
    const {signal} = this.#life ?? {};
    if (composer !== this.#taking && signal) composer?.acceptDrops(this, signal);
    this.#taking = composer;
    const thread = this.#scene?.thread?.threadId;
    if (this.#thread && !thread) void this.#leaveThread(this.#thread);
    this.#thread = thread;
    const region = this.querySelector<HTMLElement>('.said');
    if (region) this.#desk?.writing?.announce(region, this.content!.language);
  }

  /** What people's deeds are about, as it is when they do them. */
  get #stage(): ConversationStage {
    return {
      scene: () => this.#scene,
      link: () => this.content?.link,
      composer: (thread) =>
        thread ? this.querySelector<RcComposerElement>('rc-thread rc-composer') : this.#composer,
      language: () => this.content!.language,
      around: () => this.content!.around,
      list: (thread) => this.#list(thread),
      openRoom: (path) => this.content?.openRoom(path),
      leaveThread: (messageId) => {
        this.#thread = messageId;
        this.#scene?.openThread(undefined);
      },
      complain: (text) => (this.complaint = text),
    };
  }

  get #composer(): RcComposerElement | null {
    return this.querySelector('.conversation > rc-composer');
  }

  #list(thread: boolean): RcMessageListElement | null | undefined {
    const place = thread ? this.querySelector('rc-thread') : this;
    return place?.querySelector('rc-message-list');
  }

  /** From the messages back to where one writes. */
  #escape(event: KeyboardEvent): void {
    const {key, defaultPrevented, target} = event;
    if (key !== 'Escape' || defaultPrevented || !(target as Element).closest('article')) return;
    // It would close the dialog that the pane may stand in.
    event.preventDefault();
    this.#composer?.focus();
  }

  /** Back to the message that it was about. */
  async #leaveThread(id: string): Promise<void> {
    if (!(await this.#list(false)?.goTo(id))) this.#composer?.focus();
  }

  #seen(): void {
    if (this.#inSight()) this.#desk?.writing?.marks.seen(() => this.#inSight());
  }

  /** Somebody looks at the newest message. */
  #inSight(): boolean {
    const isLooking = document.visibilityState === 'visible' && document.hasFocus();
    return isLooking && !this.closest('[inert]') && !!this.#list(false)?.atEnd;
  }
}
