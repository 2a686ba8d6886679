import type {ChatMessage} from '../protocol/chat-message.js';
import {parseRoomMessage, type RoomMessage} from '../protocol/room-message.js';
import type {LiveSession} from './live-session.js';
import type {LiveFact} from './live-state.js';
import type {MessagePage, MessageSource} from './message-source.js';
import {Observable} from './observable.js';
import {Timeline} from './timeline.js';
import type {Deliver, PendingMessage, UnsentMessages} from './unsent-messages.js';

/** How many messages are asked for at once. */
const PAGE = 50;
/** What a server gives at most, and what is enough for any number of messages in one millisecond. */
const LARGEST_PAGE = 1600;

/** What is known of the messages before those that are there. */
export type OlderMessages = 'unknown' | 'loading' | 'more' | 'none' | 'failed';

/** What a conversation needs of its user's live session. */
export type ConversationSession = Pick<LiveSession, 'api' | 'send' | 'subscribe'>;

export interface ConversationState {
  /** Grows with each change of the messages, which are not copied for each. */
  readonly version: number;
  /** The latest messages are there. */
  readonly opened: boolean;
  readonly older: OlderMessages;
}

/** The messages, older or newer, have changed. */
export interface ConversationFact {
  readonly type: 'messages' | 'older';
}

/** A message to be shown: one that the server has, or one of one's own that is on its way. */
export type ShownMessage =
  | {readonly sent: true; readonly id: string; readonly message: RoomMessage}
  | {readonly sent: false; readonly id: string; readonly message: PendingMessage};

/**
 * What is to be seen of a room or a thread: its latest messages, older ones as they are asked for, and
 * one's own that are on their way. What comes live, by history or by a sync ends in one list.
 */
export class Conversation extends Observable<ConversationState, ConversationFact> {
  readonly #session: ConversationSession;
  readonly #source: MessageSource;
  readonly #timeline = new Timeline<RoomMessage>();
  readonly #ends: (() => void)[];
  #unsent: UnsentMessages | undefined;
  /** What came before the first page: whether it is part of the list is not known yet. */
  #early: RoomMessage[] | undefined = [];
  /** All messages since then are there, by the server's clock. */
  #from = Infinity;
  #count = PAGE;

  /** @param first a message that is known to be part of it */
  constructor(session: ConversationSession, source: MessageSource, first?: RoomMessage) {
    super({version: 0, opened: false, older: 'unknown'});
    if (first) this.#timeline.put(first);
    this.#session = session;
    this.#source = source;
    this.#ends = [session.subscribe((_, fact) => this.#hear(fact))];
    void this.loadOlder();
  }

  get roomId(): string {
    return this.#source.roomId;
  }

  /** The message whose thread this is. */
  get threadId(): string | undefined {
    return this.#source.threadId;
  }

  /** How many messages there are to be shown. */
  get size(): number {
    return this.messages.length + this.#pending.length;
  }

  /** The ids of all that are to be shown, oldest first, as they are now. */
  get ids(): string[] {
    return [...this.messages, ...this.#pending].map(({id}) => id);
  }

  /** @param index counted from the oldest one, below {@link size} */
  at(index: number): ShownMessage {
    const {messages} = this;
    const message = messages[index];
    if (message) return {sent: true, id: message.id, message};
    const waiting = this.#pending[index - messages.length]!;
    return {sent: false, id: waiting.id, message: waiting};
  }

  get(id: string): RoomMessage | undefined {
    return this.#timeline.get(id);
  }

  /** One's own message waits here, or was not sent. */
  isPending(id: string): boolean {
    return this.#pending.some((each) => each.id === id);
  }

  /** The ids of those of one's own that were not sent. */
  get unsent(): string[] {
    return this.#pending.flatMap(({id, error}) => (error ? [id] : []));
  }

  /** The messages that the server has, oldest first. Not to be changed. */
  get messages(): readonly RoomMessage[] {
    return this.#timeline.messages;
  }

  /** Asks for what was said before. What fails is asked again with the next connection. */
  async loadOlder(): Promise<void> {
    const {older} = this.getState();
    const {api} = this.#session;
    if (older === 'loading' || older === 'none' || !api) return;
    this.change({type: 'older'}, {older: 'loading'});
    try {
      const {messages} = this.#timeline;
      const before = this.#early ? undefined : this.#from;
      const page = await this.#source.page(api, before, this.#count, messages.length);
      const size = messages.length;
      this.#takePage(page);
      // A whole page of one millisecond, all of which were there: more of them, or it would not end.
      this.#count = messages.length > size ? PAGE : Math.min(this.#count * 2, LARGEST_PAGE);
      const none = page.whole || (messages.length === size && this.#count === LARGEST_PAGE);
      this.#tell({opened: true, older: none ? 'none' : 'more'});
    } catch {
      this.change({type: 'older'}, {older: 'failed'});
    }
  }

  /** Shows one's own messages that are kept elsewhere until the server has them, and sends by them. */
  keepUnsent(unsent: UnsentMessages): void {
    this.#unsent = unsent;
    this.#ends.push(unsent.subscribe(() => this.#tell()));
    this.#tell();
  }

  /** Sends a message, which is there at once. */
  send(text: string): void {
    this.#unsent?.send(text, this.#deliver);
  }

  /** Sends a message again that was not sent. */
  retry(id: string): void {
    this.#unsent?.retry(id, this.#deliver);
  }

  /** Forgets a message that was not sent. @returns its text */
  drop(id: string): string | undefined {
    return this.#unsent?.drop(id);
  }

  /** Hears of nothing any more. */
  close(): void {
    for (const end of this.#ends) end();
  }

  get #pending(): readonly PendingMessage[] {
    return this.#unsent?.getState().pending ?? [];
  }

  readonly #deliver: Deliver = ({id, text}) => {
    const {roomId, threadId} = this.#source;
    return this.#session.send(roomId, text, threadId, id);
  };

  #hear(fact: LiveFact): void {
    if (fact.type === 'put') this.#take(fact.message);
    else if (fact.type === 'message-changed') {
      const {id, change} = fact.detail;
      if (change === 'deleted' && this.#timeline.remove(id)) this.#tell();
    } else if (fact.type === 'connection-changed' && fact.detail.status === 'live') {
      const {older, opened} = this.getState();
      if (!opened || older === 'failed') void this.loadOlder();
    }
  }

  #take({roomId, raw}: ChatMessage): void {
    if (roomId !== this.roomId) return;
    const message = parseRoomMessage(raw);
    if (!message || !this.#source.belongs(message)) return;
    if (this.#early) this.#early.push(message);
    else if (this.#put(message)) this.#tell();
  }

  #takePage({messages, whole}: MessagePage): void {
    const own = messages.filter((message) => this.#source.belongs(message));
    for (const {time, id} of own)
      if (id !== this.#source.threadId) this.#from = Math.min(this.#from, time);
    // Also where nothing was said before: then no message tells since when all are there.
    if (whole) this.#from = -Infinity;
    for (const message of own) this.#timeline.put(message);
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const message of early) this.#put(message);
  }

  /** @returns whether anything is new */
  #put(message: RoomMessage): boolean {
    // Of a message before those that are there, a change comes all the same: between would be a gap.
    if (message.time < this.#from && !this.#timeline.has(message.id)) return false;
    return !!this.#timeline.put(message);
  }

  #tell(changes: Partial<ConversationState> = {}): void {
    // What has arrived takes the place of what waits, whichever of the two comes first.
    for (const {id} of this.#pending) if (this.#timeline.has(id)) this.drop(id);
    const {version} = this.getState();
    this.change({type: 'messages'}, {version: version + 1, ...changes});
  }
}
