import {PexipChatError} from '../../errors.js';
import {field} from '../../protocol/guards.js';
import {cutText, visibleText} from '../../protocol/visible-text.js';
import type {Conversation} from '../../session/conversation.js';
import {MessageDeeds} from '../../session/message-deeds.js';
import type {RoomScene} from '../../session/room-scene.js';
import type {RcComposerElement} from './composer.js';
import type {ComposedMessage} from './composer-types.js';
import type {MessageActions} from './context.js';
import type {RcMessageListElement} from './message-list.js';
import type {Language} from '../strings/strings.js';
import {doingWords} from './doing-words.js';
import {nextFrame} from './next-frame.js';
import {senderName} from './person-name.js';
import {quoteText} from './quote-text.js';
import type {Surroundings} from './surroundings.js';

/** The elements that people's deeds are about. */
export interface ConversationStage {
  scene(): RoomScene | undefined;
  /** The room's address in Rocket.Chat. */
  link(): string | undefined;
  /** Where one writes to the room, or to the thread beside it. */
  composer(thread: boolean): RcComposerElement | null | undefined;
  /** The list of the room, or of the thread beside it. */
  list(thread: boolean): RcMessageListElement | null | undefined;
  /** Rejects if it is not shown. */
  openRoom(path: string): Promise<unknown> | undefined;
  /** Closes the thread, and goes to a message of the room. */
  leaveThread(messageId: string): void;
  /** Tells the person that something was not done; nothing takes it back. */
  complain(text: string): void;
  language(): Language;
  around(): Surroundings;
}

/** So much of a quoted message is shown above the field, in UTF-16 code units. */
const MOST_QUOTED = 300;

/** A quoted message is looked for so many pages back. */
const MOST_PAGES = 20;
const MOST_FRAMES = 10;

/** Why something was not done, as a person is told. */
const reasonOf = (error: unknown, language: Language): string => {
  const words = doingWords(language);
  const code = error instanceof PexipChatError ? error.code : undefined;
  if (code === 'disconnected') return words.doingNoConnection;
  const refused = code === 'action-refused' || code === 'message-refused';
  return refused ? words.doingRefused : words.doingFailed;
};

/** Whether a scene is of this room, `channel/general`, by its name or its id. */
const isRoom = ({room, session}: RoomScene, path: string): boolean =>
  [room.roomId, field(room.raw, 'name')].includes(path.replace(/^\w+\//, '')) ||
  session.directory.find(path)?.roomId === room.roomId;

/** What a person does in a conversation: sends, edits, answers, reacts. */
export class ConversationHands implements MessageActions {
  readonly #stage: ConversationStage;

  constructor(stage: ConversationStage) {
    this.#stage = stage;
  }

  /** Sends what was written, or changes the message that it takes the place of. @throws it is not changed */
  async send(
    {text, editing, quote}: ComposedMessage,
    conversation: Conversation | undefined,
  ): Promise<void> {
    const scene = this.#stage.scene();
    const link = this.#stage.link();
    if (!conversation || !scene) return;
    this.#stage.complain('');
    if (editing !== undefined) return this.#edit(scene, editing, text);
    conversation.send(quote && link ? quoteText(link, quote.id, text) : text);
    this.#stage.list(!!conversation.threadId)?.scrollToEnd();
  }

  readonly react: MessageActions['react'] = (message, emoji, on) =>
    this.#do((deeds) => deeds.react(message, emoji, on));

  readonly remove: MessageActions['remove'] = (message) =>
    this.#do((deeds) => deeds.remove(message));

  readonly openThread: MessageActions['openThread'] = ({id}) => this.#stage.scene()?.openThread(id);

  closeThread(): void {
    this.#stage.scene()?.openThread(undefined);
  }

  readonly quote: MessageActions['quote'] = (message, thread) => {
    const {id, text} = message;
    const author = senderName(message, this.#stage.around().person);
    const quote = {id, text: visibleText(cutText(text, MOST_QUOTED)), author};
    this.#stage.composer(thread)?.quote(quote);
  };

  readonly edit: MessageActions['edit'] = ({id, text}, thread) =>
    this.#stage.composer(thread)?.edit(id, text);

  readonly retry: MessageActions['retry'] = (id) => this.#placeOf(id)?.retry(id);

  readonly why: MessageActions['why'] = (error) => reasonOf(error, this.#stage.language());

  /** What was not sent comes back to where one writes. */
  readonly discard: MessageActions['discard'] = (id) => {
    const place = this.#placeOf(id);
    const inThread = place?.threadId;
    const text = place?.drop(id);
    if (text) this.#stage.composer(!!inThread)?.putBack(text);
  };

  readonly goTo: MessageActions['goTo'] = (id, room) => void this.#goTo(id, room);

  readonly openRoom: MessageActions['openRoom'] = (path) => {
    this.#stage.complain('');
    this.#stage.openRoom(path)?.catch((error: PexipChatError) => {
      // Whoever has asked for another room first is not told of this one.
      if (error.code === 'disconnected') return;
      this.#stage.complain(doingWords(this.#stage.language()).doingRefused);
    });
  };

  /** Goes to a message, however far back within reason; of one that stands elsewhere, to its room. */
  async #goTo(id: string, room: string | undefined): Promise<void> {
    const scene = this.#stage.scene();
    if (!scene) return;
    if (room && !isRoom(scene, room)) return this.openRoom(room);
    const {conversation} = scene;
    const isThere = (): boolean => !!conversation.get(id);
    for (let page = 0; page < MOST_PAGES && !isThere(); page++) {
      if (conversation.getState().older !== 'more') break;
      await conversation.loadOlder();
    }
    if (conversation !== this.#stage.scene()?.conversation) return;
    if (!isThere()) return this.#stage.complain(doingWords(this.#stage.language()).doingTooFar);
    // What has just come is drawn with one of the next frames.
    for (let frame = 0; frame < MOST_FRAMES; frame++) {
      const list = this.#stage.list(false);
      if (await list?.goTo(id)) {
        if (!list?.checkVisibility({visibilityProperty: true})) this.#stage.leaveThread(id);
        return;
      }
      await nextFrame();
    }
  }

  /** Where one's own message waits. */
  #placeOf(id: string): Conversation | undefined {
    const {conversation, thread} = this.#stage.scene() ?? {};
    return [conversation, thread].find((each) => each?.isPending(id));
  }

  /** It may not be loaded any more, or deleted meanwhile: it is never sent as another message. */
  async #edit(scene: RoomScene, id: string, text: string): Promise<void> {
    const {session, room, conversation, thread} = scene;
    const deeds = new MessageDeeds(session);
    const isLoaded = conversation.get(id) ?? thread?.get(id);
    const isGone = !isLoaded && (await deeds.isGone(id));
    try {
      if (isGone) throw new PexipChatError('action-refused', 'The message was deleted meanwhile.');
      await deeds.edit({id, roomId: room.roomId}, text);
    } catch (error) {
      const language = this.#stage.language();
      this.#stage.complain(isGone ? doingWords(language).doingGone : reasonOf(error, language));
      throw error;
    }
  }

  #do(deed: (deeds: MessageDeeds) => Promise<void>): void {
    const scene = this.#stage.scene();
    this.#stage.complain('');
    if (!scene) return;
    deed(new MessageDeeds(scene.session)).catch((error: unknown) =>
      this.#stage.complain(reasonOf(error, this.#stage.language())),
    );
  }
}
