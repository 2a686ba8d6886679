import {HttpFailure} from '../../transport/http-failure.js';
import {AccessTokenClock} from './access-token-clock.js';
import {DeskCalls, type DeskCallsOptions} from './desk-calls.js';
import {DeskPeople, type DeskPeopleOptions} from './desk-people.js';
import {DeskReads} from './desk-reads.js';
import {Users, type UsersOptions} from './users.js';

/** A failure of a broker, whichever file its class is of. */
const failure = (cause: unknown): HttpFailure => {
  const {status = 0, body, wait} = Object(cause) as Partial<HttpFailure>;
  return new HttpFailure(status, body, wait);
};

/** A file that is loaded with the desk: who is who, there, has read or calls, and when the page's token ends. */
export const users = (options: UsersOptions): Users =>
  new Users({
    ...options,
    ask: (question) =>
      options.ask(question).catch((cause: unknown) => {
        throw failure(cause);
      }),
  });

/** What watches the people of the user's direct messages. */
export const people = (options: DeskPeopleOptions): DeskPeople => new DeskPeople(options);

/** What watches what is read. */
export const reads = (...options: ConstructorParameters<typeof DeskReads>): DeskReads =>
  new DeskReads(...options);

/** What hears of the user's calls. */
export const calls = (options: DeskCallsOptions): DeskCalls => new DeskCalls(options);

/** What watches the page's token. */
export const tokenClock = (
  ...tell: ConstructorParameters<typeof AccessTokenClock>
): AccessTokenClock => new AccessTokenClock(...tell);

export {propertyChecks} from './property-checks.js';
