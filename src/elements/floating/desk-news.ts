import {
  WidgetChatLoadedEvent,
  WidgetMessageReadEvent,
  WidgetMessageReceivedEvent,
  WidgetMessageSentEvent,
  WidgetTypingStartedEvent,
  WidgetUserConnectedEvent,
  WidgetUserDisconnectedEvent,
  type WidgetMessageDetail,
} from '../../events/widget-events.js';
import type {LiveFact, MessageDetail} from '../../session/live-state.js';
import type {DeskChats} from './desk-chats.js';
import type {DeskEvents} from './desk-events.js';
import type {DeskMemory} from './desk-memory.js';
import type {DeskNames} from './desk-names.js';
import type {PresenceFact, WidgetStatus} from './people-presence.js';

export interface DeskNewsOptions {
  readonly events: DeskEvents;
  readonly chats: DeskChats;
  readonly memory: DeskMemory;
  readonly names: DeskNames;
}

/** What pages are told of chats and people, as it happens. */
export class DeskNews {
  readonly #options: DeskNewsOptions;
  /** The chats that were told. */
  #loaded = new Set<string>();

  constructor(options: DeskNewsOptions) {
    this.#options = options;
  }

  /** The list of chats may be another. One that is put back into it is told anew. */
  follow(): void {
    const {chats, events} = this.#options;
    const rooms = chats.rooms.filter(({roomId}) => chats.isTold(roomId));
    for (const room of rooms)
      if (!this.#loaded.has(room.roomId))
        events.tell(chats.named(room.roomId), () => new WidgetChatLoadedEvent(chats.detail(room)));
    this.#loaded = new Set(rooms.map(({roomId}) => roomId));
  }

  hear(fact: LiveFact): void {
    const {memory} = this.#options;
    if (fact.type === 'message-received')
      this.#message(fact.detail, (detail) => {
        memory.received = structuredClone(detail);
        return new WidgetMessageReceivedEvent(detail);
      });
    else if (fact.type === 'message-sent')
      this.#message(fact.detail, (detail) => {
        memory.sent = structuredClone(detail);
        return new WidgetMessageSentEvent(detail);
      });
  }

  /** @param reader username; undefined where it is not told */
  read(message: MessageDetail, reader: string | undefined): void {
    const {names} = this.#options;
    this.#message(
      message,
      (detail) =>
        new WidgetMessageReadEvent({...detail, ...(reader && {reader: names.alias(reader)})}),
    );
  }

  typing(username: string, roomId: string): void {
    const {events, names} = this.#options;
    const people = this.#people(roomId);
    events.tell([username, ...people], () => {
      const participants = people.map((each) => names.alias(each));
      return new WidgetTypingStartedEvent({
        userAlias: names.alias(username),
        chat: roomId,
        participants,
      });
    });
  }

  presence(fact: PresenceFact, username: string, status: WidgetStatus): void {
    const {events, names} = this.#options;
    const Told = fact === 'connected' ? WidgetUserConnectedEvent : WidgetUserDisconnectedEvent;
    events.tell([username], () => new Told({userAlias: names.alias(username), status}));
  }

  #people(roomId: string): readonly string[] {
    return this.#options.chats.people(roomId);
  }

  #message(
    message: MessageDetail,
    make: (detail: WidgetMessageDetail) => CustomEvent<object>,
  ): void {
    const {events, names} = this.#options;
    const {id, roomId, text, timestamp, sender} = message;
    const people = this.#people(roomId);
    events.tell([sender, ...people], () =>
      make({
        id,
        chat: roomId,
        participants: people.map((each) => names.alias(each)),
        text,
        timestamp,
        sender: names.alias(sender),
      }),
    );
  }
}
