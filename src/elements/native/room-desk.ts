import {loadPart} from '../../parts/load-part.js';
import {plainMarkup} from '../../protocol/markup.js';
import type {RoomTraits} from '../../protocol/room-traits.js';
import type {RoomScene} from '../../session/room-scene.js';
import type {ConversationStage} from './conversation-hands.js';
import type {MessageContext, MessageRights, MessageTools} from './context.js';
import {WorkspaceFiles} from './file-access.js';
import {later} from './later.js';
import {loadComposer, loadFiles} from './native-parts.js';
import {nativeWords} from './native-words.js';
import {senderName} from './person-name.js';
import {blocksOf, textView} from './text-view.js';
import type {Writing} from './writing.js';

const NO_RIGHTS: MessageRights = {write: false, edit: () => false, remove: () => false};

/** What is loaded when it is first needed, and is the same for all rooms of the page. */
const emoji = later(() => loadPart('emoji'));
const attachments = later(loadFiles);
const composer = later(loadComposer);

/** What the elements of a room need beside its messages: names, files, and what may be done. */
export class RoomDesk {
  readonly #scene: RoomScene;
  readonly #base: string;
  readonly #files: WorkspaceFiles;
  readonly #stage: ConversationStage;
  readonly #life: () => AbortSignal | undefined;
  readonly #changed: () => void;
  #writing: Writing | undefined;
  #version = 0;
  #closed = false;
  #contexts = new Map<boolean, {readonly key: string; readonly value: MessageContext}>();

  /**
   * @param byBroker the user is signed in by a broker, which passes files on
   * @param life aborts when the view has gone
   * @param changed something that is shown has changed
   */
  constructor(
    scene: RoomScene,
    base: string,
    byBroker: boolean,
    stage: ConversationStage,
    life: () => AbortSignal | undefined,
    changed: () => void,
  ) {
    this.#scene = scene;
    this.#base = base;
    this.#stage = stage;
    this.#life = life;
    this.#changed = () => {
      this.#version++;
      changed();
    };
    this.#files = new WorkspaceFiles(scene.session, base, byBroker, this.#changed);
  }

  /** What the page calls the other person of a direct message; undefined where it does not say. */
  get other(): string | undefined {
    const {session, room, me} = this.#scene;
    const people = session.directory.participants(room.roomId);
    const [other, ...more] = people.filter((each) => each !== me.username);
    return other && !more.length ? this.#stage.around().person(other).name : undefined;
  }

  /** What a person can write and do, once it is loaded. */
  get writing(): Writing | undefined {
    const part = composer(this.#changed);
    if (!part || this.#closed) return;
    return (this.#writing ??= new part.Writing({
      scene: this.#scene,
      base: this.#base,
      files: this.#files,
      stage: this.#stage,
      life: this.#life,
      changed: this.#changed,
      speech: {
        words: nativeWords,
        who: (message) => senderName(message, this.#stage.around().person),
        plain: (message) => plainMarkup(blocksOf(message, this.#base)),
      },
    }));
  }

  /** One object as long as nothing in it changes: another one has each message drawn again. */
  context(traits: RoomTraits | undefined, thread: boolean): MessageContext {
    const {userId, username} = this.#scene.me;
    const {writing} = this;
    const readUntil = writing?.marks.readUntil ?? 0;
    const key = [userId, username, traits?.bar, !!writing, this.#version, readUntil].join(' ');
    const known = this.#contexts.get(thread);
    const {person} = this.#stage.around();
    if (known?.key === key && known.value.person === person) return known.value;
    const value: MessageContext = {
      me: username,
      myId: userId,
      base: this.#base,
      readUntil,
      thread,
      files: this.#files,
      person,
      actions: writing?.hands,
      rights: writing?.rules.rights(traits?.bar) ?? NO_RIGHTS,
      tools: this.#tools,
    };
    this.#contexts.set(thread, {key, value});
    return value;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#writing?.close();
    this.#files.close();
  }

  readonly #tools: MessageTools = {
    text: textView,
    emoji: (shortcode) => emoji(this.#changed)?.emojiOf(shortcode),
    attachments: () => attachments(this.#changed)?.attachmentsView,
    actions: () => composer(this.#changed)?.messageActions,
  };
}
