import {loadPart} from '../../parts/load-part.js';
import {isByPerson} from '../../protocol/chat-message.js';
import type {RoomMessage} from '../../protocol/room-message.js';
import type {WriteBar} from '../../protocol/room-traits.js';
import type {Conversation} from '../../session/conversation.js';
import {pageDrafts} from '../../session/drafts.js';
import {UploadRefused} from '../../session/file-rules.js';
import {ReadMarks} from '../../session/read-marks.js';
import {RoomActivity, type ActivityFact} from '../../session/room-activity.js';
import {findPeople} from '../../session/room-people.js';
import type {RoomScene} from '../../session/room-scene.js';
import {followNotes} from '../../session/server-notes.js';
import {UnsentMessages} from '../../session/unsent-messages.js';
import {askRules, DEFAULT_RULES, type WorkspaceRules} from '../../session/workspace-rules.js';
import {Announcer, type Speech} from './announcer.js';
import type {SuggestionSources} from './composer-suggestions.js';
import type {ComposerLimits, EmojiFinder, Upload} from './composer-types.js';
import type {MessageRights} from './context.js';
import {ConversationHands, type ConversationStage} from './conversation-hands.js';
import type {Language} from '../strings/strings.js';
import type {WorkspaceFiles} from './file-access.js';
import {roomCandidates} from './room-candidates.js';
import {typingText} from './typing-text.js';

const MINUTE = 60_000;

/** What a workspace allows, for all its rooms; asked once for the page. */
const rulesOf = new Map<string, WorkspaceRules>();

export interface WritingOptions {
  readonly scene: RoomScene;
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  readonly files: WorkspaceFiles;
  readonly stage: ConversationStage;
  /** Aborts when the view has gone, which ends what is being sent. */
  readonly life: () => AbortSignal | undefined;
  /** What is allowed has changed. */
  readonly changed: () => void;
  readonly speech: Speech;
}

/** What a person can write and do in one room, and what the workspace allows of it. */
export class Writing {
  readonly hands: ConversationHands;
  readonly activity: RoomActivity;
  readonly marks: ReadMarks;
  readonly #options: WritingOptions;
  readonly #endNotes: () => void;
  readonly #announcer: Announcer;
  #asking = false;

  constructor(options: WritingOptions) {
    this.#options = options;
    this.#announcer = new Announcer(options.speech);
    this.hands = new ConversationHands(options.stage);
    const {session, room, conversation, readBefore, tell} = options.scene;
    this.activity = new RoomActivity(session, room.roomId, () => this.#rules.realNames);
    this.marks = new ReadMarks(session, conversation, readBefore, (detail) =>
      tell({type: 'message-read', detail}),
    );
    this.activity.subscribe((_, fact) => this.#hear(fact));
    options.scene.keepUnsent((threadId) =>
      pageDrafts.beside(this.draftKey(threadId), UnsentMessages),
    );
    this.#endNotes = followNotes(session, room.roomId, (text) => options.stage.complain(text));
  }

  /** Names server, user, room and thread, by which is kept what is written and not sent. */
  draftKey(threadId = ''): string {
    const {base, scene} = this.#options;
    return `${base} ${scene.me.userId} ${scene.room.roomId} ${threadId}`;
  }

  /** What may be done with messages by whom nothing keeps from writing. */
  rights(bar: WriteBar | undefined): MessageRights {
    const {userId} = this.#options.scene.me;
    const {edit, remove} = this.#rules;
    const may =
      (minutes: number | undefined) =>
      ({sender, time}: RoomMessage): boolean =>
        !bar &&
        sender.userId === userId &&
        minutes !== undefined &&
        Date.now() - time < minutes * MINUTE;
    return {write: !bar, edit: may(edit), remove: may(remove)};
  }

  get limits(): ComposerLimits {
    const {text, files} = this.#rules;
    return {...(text !== undefined && {text}), files};
  }

  /** Where the composer looks names up. */
  readonly sources: SuggestionSources = {
    candidates: async (query) => {
      const {session, room} = this.#options.scene;
      return session.api ? findPeople(session.api, room.roomId, query) : [];
    },
    rooms: (query) =>
      Promise.resolve(roomCandidates(this.#options.scene.session.getState().rooms, query)),
    emoji: (): Promise<EmojiFinder> => loadPart('emoji'),
  };

  /** Sends a file to the room, or to a thread in it; undefined where the workspace takes none. */
  upload(threadId?: string): Upload | undefined {
    const {files, scene, life} = this.#options;
    if (!this.#rules.files.enabled) return;
    return async (file, {signal, onProgress, description}) => {
      const problem = await files.send({
        session: scene.session,
        roomId: scene.room.roomId,
        file,
        signal: AbortSignal.any([signal, life() ?? signal]),
        onProgress,
        ...(description && {description}),
        ...(threadId && {threadId}),
      });
      if (problem) throw new UploadRefused(problem);
    };
  }

  /** Asks what the workspace allows, once for all its rooms: before something is written. */
  async learn(): Promise<void> {
    const {base, scene, changed} = this.#options;
    const {api} = scene.session;
    if (this.#asking || rulesOf.has(base) || !api) return;
    this.#asking = true;
    try {
      rulesOf.set(base, await askRules(api));
      changed();
    } catch {
      // The server refuses what it does not allow; it is asked again the next time.
    } finally {
      this.#asking = false;
    }
  }

  /** Who writes, in words. */
  typing(language: Language): string {
    return typingText(this.activity.getState().typing, language);
  }

  /**
   * Has screen readers told of what has come.
   *
   * @param region a live region of the page
   */
  announce(region: HTMLElement, language: Language): void {
    const {conversation, thread, me} = this.#options.scene;
    const shown = thread ? [conversation, thread] : [conversation];
    this.#announcer.follow(shown, region, me.userId, language);
  }

  /** Puts the user's latest message that may still be changed where one writes to its conversation. */
  editLast({messages, threadId}: Conversation, bar: WriteBar | undefined): void {
    const {edit} = this.rights(bar);
    const last = messages.findLast((message) => isByPerson(message) && edit(message));
    if (last) this.#options.stage.composer(!!threadId)?.edit(last.id, last.text);
  }

  close(): void {
    this.activity.close();
    this.marks.close();
    this.#endNotes();
    this.#announcer.stop();
  }

  #hear(fact: ActivityFact): void {
    const {session, room, tell} = this.#options.scene;
    const {roomId} = room;
    if (fact.type === 'typing-started') {
      const participants = session.directory.participants(roomId);
      tell({type: fact.type, detail: {roomId, user: fact.user, participants}});
    } else if (fact.type === 'presence') {
      const {user, status} = fact;
      tell({type: 'presence-changed', detail: {user, status}});
    } else if (fact.type === 'read') this.marks.readByOthers(fact.until);
    tell({type: 'changed'});
  }

  get #rules(): WorkspaceRules {
    return rulesOf.get(this.#options.base) ?? DEFAULT_RULES;
  }
}
