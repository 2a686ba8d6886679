import type {Step} from '../../demo/simulators/rocket-chat/remote.js';
import {FOLLOWED, type Live, ROOMS} from './live.js';

/** How much of a batch is what. Only in rooms that are followed are changes of any message told. */
const EDITS = 0.15;
const REMOVALS = 0.08;
/** Nothing is told of a reaction. */
const REACTIONS = 0.05;

interface Known {
  readonly id: string;
  readonly room: string;
}

/** What others have written, edited and deleted on the server, as a seed has it. */
export class Ledger {
  readonly #live: Live;
  readonly #random: () => number;
  /** What is there and in a room that is followed. */
  #there: Known[] = [];
  #texts = 0;
  posted = 0;
  /** How many of them while nobody was connected. */
  unheard = 0;
  edited = 0;
  removed = 0;

  constructor(live: Live, random: () => number) {
    this.#live = live;
    this.#random = random;
  }

  /** Has so many messages written, and others edited and deleted between them. */
  async write(count: number): Promise<void> {
    const steps: Step[] = [];
    // What one batch changes is changed once: of two edits in one millisecond either may be the last.
    const changed = new Set<Known>();
    for (let posts = 0; posts < count;) {
      const chance = this.#random();
      const known = this.#pick(this.#there);
      if (chance > EDITS + REMOVALS + REACTIONS || !known || changed.has(known)) {
        posts++;
        const room = this.#pick(ROOMS)!;
        steps.push({command: 'post', username: 'bob', room, text: this.#text('post')});
        continue;
      }
      changed.add(known);
      const {id: messageId, room} = known;
      const step = {username: 'bob', room, messageId};
      if (chance < REMOVALS) steps.push({...step, command: 'remove'});
      else if (chance < REMOVALS + EDITS)
        steps.push({...step, command: 'edit', text: this.#text('edit')});
      else steps.push({...step, command: 'react', emoji: ':eyes:'});
    }
    if (this.#live.status !== 'live') this.unheard += count;
    const done = await this.#live.remote.batch(steps);
    steps.forEach((step, index) => this.#note(step, done[index]?._id ?? ''));
  }

  #note(step: Step, id: string): void {
    if (step.command === 'edit') this.edited++;
    if (step.command === 'post') {
      this.posted++;
      if (FOLLOWED.some((room) => room === step.room)) this.#there.push({id, room: step.room});
    }
    if (step.command !== 'remove') return;
    this.removed++;
    this.#there = this.#there.filter((each) => each.id !== step.messageId);
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.#random() * items.length)];
  }

  #text(what: string): string {
    return `${what} ${++this.#texts}`;
  }
}

interface Told {
  readonly id: string;
  text: string;
  readonly time: number;
}

/** A page's view of one room, made of nothing but what it was told; and what was wrong with that. */
class RoomView {
  readonly #messages = new Map<string, Told>();
  readonly #removed = new Set<string>();
  readonly #edits = new Set<string>();
  #latest = 0;
  readonly doubled: string[] = [];
  readonly misplaced: string[] = [];
  readonly risen: string[] = [];

  add(id: string, text: string, time: number): void {
    if (this.#removed.has(id)) this.risen.push(id);
    else if (this.#messages.has(id)) this.doubled.push(text);
    if (time < this.#latest) this.misplaced.push(text);
    this.#latest = time;
    this.#messages.set(id, {id, text, time});
  }

  edit(id: string, text: string): void {
    if (this.#edits.has(text)) this.doubled.push(text);
    this.#edits.add(text);
    const known = this.#messages.get(id);
    if (known) known.text = text;
    else this.risen.push(id);
  }

  remove(id: string): void {
    if (this.#removed.has(id)) this.doubled.push(`removal of ${id}`);
    this.#removed.add(id);
    this.#messages.delete(id);
  }

  get messages(): Told[] {
    return [...this.#messages.values()];
  }
}

/** What is wrong, each with a few examples. */
export interface Verdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Told after a later one. */
  readonly misplaced: readonly string[];
  /** Told, though it was told before that they were deleted, or though they were never told. */
  readonly risen: readonly string[];
  /** Told, and not there. */
  readonly extra: readonly string[];
  /** There with another text than the one that was told last. */
  readonly stale: readonly string[];
}

export const FLAWLESS: Verdict = {
  lost: [],
  doubled: [],
  misplaced: [],
  risen: [],
  extra: [],
  stale: [],
};

/** Holds what a page was told against what is on the server. */
export const judge = async (
  {facts, remote}: Live,
  idOf: (room: string) => string,
): Promise<Verdict> => {
  const views = new Map(ROOMS.map((room) => [idOf(room), new RoomView()]));
  for (const fact of facts) {
    if (fact.type === 'message-received' || fact.type === 'message-sent') {
      const {id, roomId, text, timestamp} = fact.detail;
      views.get(roomId)!.add(id, text, timestamp.getTime());
    } else if (fact.type === 'message-changed') {
      const {id, roomId, change, text = ''} = fact.detail;
      if (change === 'deleted') views.get(roomId)!.remove(id);
      else views.get(roomId)!.edit(id, text);
    }
  }
  const all = [...views.values()];
  const lost: string[] = [];
  const extra: string[] = [];
  const stale: string[] = [];
  for (const room of ROOMS) {
    const told = new Map(views.get(idOf(room))!.messages.map((each) => [each.id, each]));
    const there = await remote.messages(room);
    for (const {_id, msg} of there) {
      const {text} = told.get(_id) ?? {};
      if (text === undefined) lost.push(msg);
      else if (text !== msg) stale.push(`${text} for ${msg}`);
      told.delete(_id);
    }
    extra.push(...[...told.values()].map(({text}) => text));
  }
  return {
    lost,
    doubled: all.flatMap(({doubled}) => doubled),
    misplaced: all.flatMap(({misplaced}) => misplaced),
    risen: all.flatMap(({risen}) => risen),
    extra,
    stale,
  };
};
