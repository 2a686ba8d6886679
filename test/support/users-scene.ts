import {Users, type UsersOptions} from '../../src/elements/floating/users.js';
import type {UserQuestion} from '../../src/protocol/user-list.js';
import {deferred, type Deferred} from './deferred.js';

/** A broker that knows these: usernames by alias. */
export class FakeBroker {
  readonly questions: UserQuestion[] = [];
  readonly known: Record<string, string>;
  readonly names: Record<string, string> = {};
  /** Answers in the place of the usual ones, one after the other; errors are thrown. */
  readonly next: unknown[] = [];
  /** Answers wait for these, one after the other. */
  readonly held: Deferred<void>[] = [];

  constructor(known: Record<string, string> = {}) {
    this.known = known;
  }

  /** The next answer waits. */
  hold(): Deferred<void> {
    const held = deferred<void>();
    this.held.push(held);
    return held;
  }

  readonly ask = async (question: UserQuestion): Promise<unknown> => {
    this.questions.push(question);
    const [held] = this.held.splice(0, 1);
    await held?.promise;
    if (this.next.length) {
      const answer = this.next.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    }
    const users = Object.entries(this.known)
      .map(([alias, username]) => ({alias, username, name: this.names[username]}))
      .filter(
        ({alias, username}) =>
          question.aliases.includes(alias) || question.usernames.includes(username),
      );
    return {users, complete: true};
  };
}

/** Users before a broker, stopped with the test. */
export const usersBefore = (
  broker: FakeBroker,
  options: Partial<UsersOptions> = {},
): {readonly users: Users; readonly changes: () => number} => {
  let changes = 0;
  const users = new Users({
    ask: broker.ask,
    changed: () => void (changes += 1),
    given: {},
    ...options,
  });
  standing.push(users);
  return {users, changes: () => changes};
};

const standing: Users[] = [];
afterEach(() => {
  for (const each of standing.splice(0)) each.stop();
});
