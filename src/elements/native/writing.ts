import type {TemplateResult} from 'lit';

import {loadPart} from '../../parts/load-part.js';
import {isByPerson} from '../../protocol/chat-message.js';
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
import {Announcer, type Speech} from './announcer.js';
import type {SuggestionSources} from './composer-suggestions.js';
import type {EmojiFinder, Upload} from './composer-types.js';
import type {MessageContext} from './context.js';
import {ConversationHands, type ConversationStage} from './conversation-hands.js';
import type {Language} from '../strings/strings.js';
import type {WorkspaceFiles} from './file-access.js';
import {roomCandidates} from './room-candidates.js';
import {RoomRules} from './room-rules.js';
import type {ThreadContent} from './thread.js';
import {typingText} from './typing-text.js';
import {roomComposer, threadContent} from './writing-places.js';

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

/** What a person can write and do in one room. */
export class Writing {
  readonly hands: ConversationHands;
  readonly activity: RoomActivity;
  readonly marks: ReadMarks;
  readonly rules: RoomRules;
  readonly #options: WritingOptions;
  readonly #endNotes: () => void;
  readonly #announcer: Announcer;

  constructor(options: WritingOptions) {
    this.#options = options;
    this.#announcer = new Announcer(options.speech);
    this.rules = new RoomRules(options.scene, options.base, options.changed);
    this.hands = new ConversationHands(options.stage);
    const {session, room, conversation, readBefore, tell} = options.scene;
    this.activity = new RoomActivity(session, room.roomId, () => this.rules.now.realNames);
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

  /** Where the composer looks names up. */
  readonly sources: SuggestionSources = {
    candidates: async (query) => {
      const {session, room} = this.#options.scene;
      const found = session.api ? await findPeople(session.api, room.roomId, query) : [];
      const {person} = this.#options.stage.around();
      return found.map((each) => ({...each, name: person(each.username).name ?? each.name}));
    },
    rooms: (query) =>
      Promise.resolve(roomCandidates(this.#options.scene.session.getState().rooms, query)),
    emoji: (): Promise<EmojiFinder> => loadPart('emoji'),
  };

  /** Sends a file to the room, or to a thread in it; undefined where the workspace or the page takes none. */
  upload(threadId?: string): Upload | undefined {
    const {files, scene, stage, life} = this.#options;
    if (!this.rules.now.files.enabled || !stage.around().files) return;
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

  /** Where one writes in the room, by the name that people read. */
  composer(name: string, bar: WriteBar | undefined, language: Language): TemplateResult {
    return roomComposer(this, this.#options.scene.conversation, name, bar, language);
  }

  /** What a thread of the room shows. */
  thread(
    conversation: Conversation,
    context: MessageContext,
    bar: WriteBar | undefined,
    language: Language,
  ): ThreadContent {
    return threadContent(this, conversation, context, bar, language);
  }

  /** Who writes, in words. */
  typing(language: Language): string {
    // Where the workspace tells real names, they are no usernames to ask the page by.
    const person = this.rules.now.realNames ? () => ({}) : this.#options.stage.around().person;
    return typingText(this.activity.getState().typing, language, person);
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
    const {edit} = this.rules.rights(bar);
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
}
