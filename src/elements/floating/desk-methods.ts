import type {DeskSide} from './desk.js';
import {notCreated, notEnded, otherUser} from './desk-errors.js';
import {isOtherUser} from './desk-given.js';
import {operationsOf} from './desk-operations.js';
import type {Desk, DeskOperations} from './desk-types.js';

type Account = Pick<DeskOperations, 'isAuthenticated' | 'logout' | 'updateAccessToken'>;

const accountOf = (side: DeskSide): Account => ({
  isAuthenticated: () => !!side.work,
  logout: async () => {
    const {broker} = side;
    const {client, loading} = side.live;
    // First of all, as the page may change while the broker is told.
    side.leave();
    try {
      if (client) await client.logout();
      // One who is not signed in yet may have a session with the broker all the same.
      else if (loading) await (await broker.client()).end();
    } catch (error) {
      throw notEnded(error);
    }
  },
  updateAccessToken: async (accessToken) => {
    const {work, signal} = side;
    const check = (): void => {
      if (!side.stands || signal.aborted) throw notCreated();
    };
    check();
    // Whom a cookie or a function stands for, the broker says.
    if (work) await work.names.learn([work.names.username]);
    check();
    if (isOtherUser(accessToken, undefined, side.alias)) throw otherUser();
    const clock = await side.part.prepare();
    check();
    const detail = clock.update(accessToken);
    // From now on it says who the user is, and the cookie does not.
    side.place.host.removeAttribute('use-cookie');
    side.use(accessToken);
    return detail;
  },
});

/** All that a widget's button and window ask of the desk. */
export const deskMethods = (side: DeskSide): Desk => ({
  ...operationsOf(() => side),
  ...accountOf(side),
  get state() {
    return side.state;
  },
  get whose() {
    return side.memory;
  },
  get signedIn() {
    return side.ready();
  },
  get server() {
    return side.server;
  },
  get broker() {
    return side.broker.base;
  },
  person: (username) => side.part.users?.person(username) ?? {name: username},
  follow: () => side.follow(),
  signInAgain: () => side.signInAgain(),
  stop: () => side.stop(),
});
