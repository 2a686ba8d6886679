import {field, identifier} from '../../../src/protocol/guards.js';
import type {Account, Message, Room, UserStatus} from './model.js';
import {readRoom} from './read-state.js';
import {accountOf, type Login, type User} from './users.js';
import type {Workspace} from './workspace.js';

/** A call of the page. */
export interface PageCall {
  readonly workspace: Workspace;
  readonly login: Login | undefined;
  readonly params: unknown;
}

/** What a login of the page is answered with. */
export interface PageLogin {
  readonly user: Account;
  readonly token: string;
  /** Epoch ms. */
  readonly expires: number;
}

/** A room with its latest messages, oldest first. */
export interface OpenedRoom {
  readonly room: Room;
  readonly messages: readonly Message[];
}

const LATEST = 50;
const STATUSES: readonly unknown[] = [
  'online',
  'away',
  'busy',
  'offline',
] satisfies readonly UserStatus[];

const signIn = ({workspace: {users}, params}: PageCall): PageLogin | undefined => {
  const resume = field(params, 'resume');
  const login =
    resume === undefined
      ? users.loginWithPassword(identifier(field(params, 'user')) ?? '', field(params, 'password'))
      : users.resume(resume);
  if (!login) return;
  const {user, token, expires} = login;
  return {user: accountOf(user), token, expires};
};

const open = ({rooms, timeline}: Workspace, user: User, params: unknown): object | undefined => {
  const name = identifier(field(params, 'name'));
  const room = name && rooms.at(String(field(params, 'kind')), name, user);
  if (!room || !rooms.isMember(user, room)) return;
  return {room, messages: timeline.history(room, {count: LATEST}).reverse()} satisfies OpenedRoom;
};

const post = ({rooms, timeline}: Workspace, user: User, params: unknown): object | undefined => {
  const room = rooms.byId(field(params, 'rid'));
  const msg = field(params, 'msg');
  if (!room || !rooms.isMember(user, room) || typeof msg !== 'string' || !msg.trim()) return;
  return timeline.post(user, room, msg);
};

const signedIn =
  (answer: (workspace: Workspace, user: User, params: unknown) => object | undefined) =>
  ({workspace, login, params}: PageCall): object | undefined =>
    login && answer(workspace, login.user, params);

/** What the page can ask of its server; an answer of `undefined` is a refusal. */
export const PAGE_METHODS: ReadonlyMap<string, (call: PageCall) => object | undefined> = new Map([
  ['login', signIn],
  [
    'logout',
    ({workspace, login}: PageCall) => {
      if (login) workspace.users.end(login.user, [login.token]);
      return {};
    },
  ],
  ['open', signedIn(open)],
  ['post', signedIn(post)],
  [
    'read',
    signedIn((workspace, user, params) => {
      readRoom(workspace, user, String(field(params, 'rid')));
      return {};
    }),
  ],
  [
    'set-status',
    signedIn((_, user, params) => {
      const status = field(params, 'status');
      if (!STATUSES.includes(status)) return;
      user.status = status as UserStatus;
      return {status: user.status};
    }),
  ],
]);
