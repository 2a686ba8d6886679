import {BrokerError} from '../errors.js';
import {WorkspaceFault} from '../workspace/faults.js';
import type {Caller} from '../workspace/rest.js';
import {type RoomCalls, type RoomFacts, RoomRefusal} from '../workspace/room-calls.js';
import type {Discussion} from './discussion.js';

/** What the first message of a meeting's discussion says, in the room where it is made. */
const MESSAGE = 'Video meeting';

/** What a discussion is made of. */
export interface DiscussionPlan {
  /** Id of the room in which the meeting began. */
  readonly room: string;
  readonly name: string;
  /** Id of the message under which it is made. */
  readonly message: string;
  /** `find`: only what is there already. `look`: what is there, else a new one. `make`: nothing is. */
  readonly how: 'find' | 'look' | 'make';
}

type Made = Pick<Discussion, 'kind' | 'roomId'>;

/**
 * Makes discussions at Rocket.Chat, or finds what a broker has made that was killed before it could
 * write it down: a discussion quotes the message under which it was made, and that has an id by which
 * it is known again.
 */
export class DiscussionMaker {
  readonly #calls: RoomCalls;

  constructor(calls: RoomCalls) {
    this.#calls = calls;
  }

  /**
   * @param makers in whose names it is tried, one after the other
   * @returns undefined where it is only to be found, and is not there
   * @throws {BrokerError} `discussion-refused`, `rate-limited`, `workspace-unreachable`,
   *   `workspace-refused`
   */
  async make(plan: DiscussionPlan, makers: readonly Caller[]): Promise<Made | undefined> {
    const refusals: (BrokerError | RoomRefusal)[] = [];
    for (const by of makers) {
      try {
        return await this.#makeBy(by, plan);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refusals.push(error);
      }
    }
    throw refusals.find((each) => each instanceof BrokerError) ?? discussionRefused(refusals);
  }

  async #makeBy(by: Caller, {room, name, message, how}: DiscussionPlan): Promise<Made | undefined> {
    const {id, parent = id} = await this.#calls.info(by, room);
    const known = how === 'make' ? undefined : await this.#find(by, {parent, name, message});
    if (known || how === 'find') return known;
    await this.#calls.say(by, {_id: message, rid: parent, msg: MESSAGE});
    // So that the broker can add whoever comes later, and find the discussion again.
    const users = [await this.#calls.ownName()];
    return madeOf(await this.#calls.discuss(by, {parent, message, name, users}));
  }

  async #find(
    by: Caller,
    {parent, name, message}: {parent: string; name: string; message: string},
  ): Promise<Made | undefined> {
    const all = await this.#calls.announcements(by, parent, name);
    const own = all.filter(({links}) => links.some((link) => link.endsWith(`?msg=${message}`)));
    // Of several the first one: everybody who looks finds the same.
    const [first] = own.sort((one, other) => (one.at < other.at ? -1 : 1));
    return first && madeOf(await this.#infoOf(first.discussion, by));
  }

  /** The service account is in each discussion that a broker has made; who looks for it may not be. */
  async #infoOf(discussion: string, by: Caller): Promise<RoomFacts> {
    try {
      return await this.#calls.info('service', discussion);
    } catch (error) {
      if (!(error instanceof RoomRefusal)) throw error;
      return this.#calls.info(by, discussion);
    }
  }
}

const madeOf = ({id, kind}: RoomFacts): Made => ({roomId: id, kind: kind === 'c' ? 'c' : 'p'});

/** Whether another maker may have more luck. */
const isRefusal = (error: unknown): error is BrokerError | RoomRefusal =>
  error instanceof RoomRefusal || (error instanceof BrokerError && error.code === 'rate-limited');

export const discussionRefused = (refusals: readonly Error[]): BrokerError => {
  const fault = new WorkspaceFault(
    'permission-missing',
    refusals.map(({message}) => message).join(' '),
    "Turn discussions on (Discussion_enabled), give the service account's role start-discussion, and make it a member of the room; an archived, read-only or encrypted room takes none.",
  );
  return new BrokerError(
    409,
    'discussion-refused',
    "Rocket.Chat does not let the meeting's discussion be made in its room, by you or by the broker. A member of the room who joins the meeting can make it; else the operator finds the reason in the broker's log.",
    {cause: fault},
  );
};
