import type {EmbedCommand} from '../../src/protocol/rocket-chat-embed.js';
import type {PageMessage} from '../../src/protocol/external-chat.js';
import type {ChatFact} from '../../src/session/chat-state.js';
import type {EmbedPace} from '../../src/session/embed-pace.js';
import {EmbedSession} from '../../src/session/embed-session.js';
import {MeetingSession, type MeetingFact} from '../../src/session/meeting-session.js';

/** A list that can be waited for. */
export class Recorder<T> {
  readonly all: T[] = [];
  readonly #waiting = new Set<() => void>();

  readonly add = (item: T): void => {
    this.all.push(item);
    this.#waiting.forEach((check) => check());
  };

  /** Resolves as soon as the list is as wanted. */
  until(wanted: (all: readonly T[]) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!wanted(this.all)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Resolves when there are so many. */
  reaches(count: number): Promise<void> {
    return this.until((all) => all.length >= count);
  }

  /** Takes what is in the list out of it. */
  take(): T[] {
    return this.all.splice(0);
  }
}

/** A meeting, what it sent to its plugin, and what it told. */
export const recordMeeting = () => {
  const sent = new Recorder<PageMessage>();
  const facts = new Recorder<MeetingFact>();
  const session = new MeetingSession(sent.add);
  session.subscribe((_, fact) => facts.add(fact));
  return {session, sent, facts};
};

/** A conversation, what it asked of its frame, and what it told. */
export const recordEmbed = (pace: EmbedPace) => {
  const sent = new Recorder<EmbedCommand>();
  const loads = new Recorder<string>();
  const facts = new Recorder<ChatFact>();
  const session = new EmbedSession({send: sent.add, navigate: loads.add}, pace);
  session.subscribe((_, fact) => facts.add(fact));
  return {session, sent, loads, facts};
};

/** Why `promise` was rejected. */
export const rejectionOf = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error('It was not rejected.');
};
