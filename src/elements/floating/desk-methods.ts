import {parseAccessToken} from '../../protocol/access-token.js';
import type {DeskSide} from './desk.js';
import {notCreated, otherUser} from './desk-errors.js';
import {operationsOf} from './desk-operations.js';
import {userOf} from './desk-state.js';
import type {Desk, DeskOperations} from './desk-types.js';

type Account = Pick<DeskOperations, 'isAuthenticated' | 'logout' | 'updateAccessToken'>;

const accountOf = (side: DeskSide): Account => ({
  isAuthenticated: () => !!side.work,
  logout: async () => {
    const {live} = side;
    // One who is not signed in yet has a session with the broker all the same.
    const client = live.client ?? (await live.loading);
    side.stop();
    await client?.logout();
  },
  updateAccessToken: async (accessToken) => {
    if (!side.stands) throw notCreated();
    const {sub} = parseAccessToken(accessToken) ?? {};
    const {work} = side;
    // Whom a cookie or a function stands for, the broker says.
    if (work) await work.names.learn([work.names.username]);
    const {alias} = userOf(side.work) ?? {};
    const isOther = alias !== undefined && !alias.startsWith('@') && alias !== sub;
    if (sub !== undefined && isOther) throw otherUser();
    const detail = (await side.part.prepare()).update(accessToken);
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
