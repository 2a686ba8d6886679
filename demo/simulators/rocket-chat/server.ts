import type {IncomingMessage, ServerResponse} from 'node:http';

import {DEFAULT_ROOMS, DEFAULT_USERS, type RoomWithHistory} from './default-data.js';
import {DdpServer} from './ddp/server.js';
import type {HeartbeatOptions} from './ddp/heartbeat.js';
import {startListener} from './listener.js';
import {answerLive, LIVE_PATH} from './live.js';
import {deleteMessage, setReaction, updateMessage} from './message-actions.js';
import type {Message, Room} from './model.js';
import {answerPage} from './pages.js';
import {DEFAULT_PERMISSIONS, type Permissions} from './permissions.js';
import {answerRemote, REMOTE_PATH} from './remote-commands.js';
import {Rest} from './rest.js';
import {removeFromRoom} from './room-actions.js';
import type {NewRoom} from './rooms.js';
import type {Settings, SettingsStore} from './settings.js';
import type {NewUser, SimulatorUser} from './users.js';
import {Workspace} from './workspace.js';

/** How a simulator starts. */
export interface RocketChatOptions {
  /** The address to bind, default 127.0.0.1. */
  host?: string;
  /** The host name in the origin, default `host`. */
  publicHost?: string;
  /** Default 0: a free port. */
  port?: number;
  /** What differs from the factory settings, which forbid embedding. */
  settings?: Partial<Settings>;
  /** Which roles hold a permission that nobody has from the factory. */
  permissions?: Partial<Permissions>;
  /** Default: alice, bob, carol and admin. */
  users?: readonly NewUser[];
  /** Default: a clinic's rooms. */
  rooms?: readonly RoomWithHistory[];
  /** Turns the REST API's rate limit off, for tests about something else. */
  bypassRateLimit?: boolean;
  /** Answers the commands of `RocketChatRemote`, which need no login. For tests only. */
  remoteControl?: boolean;
  /** When DDP asks a silent client whether it is there, and when it gives up; 15 s each. */
  heartbeat?: Partial<HeartbeatOptions>;
  /** How often expired tokens are taken away and their connections cut, in ms; once a minute. */
  tokenSweep?: number;
}

/** A request as the server saw it; a token must never be in one. */
export interface RequestLine {
  /** Such as `GET /home?layout=embedded HTTP/1.1`. */
  readonly line: string;
  readonly referer: string;
}

/** A running simulator. */
export interface RocketChatSimulator {
  readonly origin: string;
  /** Live: `settings.set(name, value)` counts from the next request on. */
  readonly settings: SettingsStore;
  /** The accounts of the start, with their passwords. */
  readonly users: readonly SimulatorUser[];
  createUser(user: NewUser): SimulatorUser;
  createRoom(room: NewRoom): Room;
  /** The room of that id, name or title. Throws if there is none. */
  room(name: string): Room;
  post(username: string, room: string, text: string): Message;
  /** Edits a message in the name of a user, who must be allowed to. */
  edit(username: string, room: string, messageId: string, text: string): Message;
  /** Deletes a message in the name of a user, who must be allowed to. */
  remove(username: string, room: string, messageId: string): void;
  /** Adds a reaction, or takes it back. */
  react(username: string, room: string, messageId: string, emoji: string): void;
  /** Takes a member out of a room. */
  removeMember(room: string, username: string): void;
  archive(room: string, archived?: boolean): void;
  /** A room's messages, oldest first. */
  messages(room: string): readonly Message[];
  /** Makes a login token, as a broker would. */
  issueToken(username: string): {userId: string; authToken: string};
  /** Ends all logins of a user. */
  revokeTokens(username: string): void;
  /** Tells a user's connections to log out, and ends all logins. */
  forceLogout(username: string): void;
  /** Has a token expire at another time: it lets nobody in from then on, and is swept away later. */
  setTokenExpiry(authToken: string, epochMs: number): void;
  /** Takes the expired tokens away now, and cuts their connections. */
  sweepTokens(): void;
  /** How many DDP sockets are open. */
  sockets(): number;
  /** How many DDP sockets there have been since the start. */
  socketsEver(): number;
  /** Cuts every DDP socket without a word. */
  disconnectAll(): void;
  /** Cuts every connection, is away for `ms`, and listens again on the same port with the same data. */
  restart(ms?: number): Promise<void>;
  /** Half-open: DDP sockets, new ones too, stay open but neither read nor answer, not even a ping. */
  deafen(on: boolean): void;
  /** The latest 10,000 requests but those of the remote. */
  requests(): readonly RequestLine[];
  /** Back to the data and settings of the start; every login ends, accounts stay. */
  reset(): void;
  close(): Promise<void>;
}

const MOST_REQUESTS = 10_000;
const MINUTE = 60_000;
const DEFAULT_HEARTBEAT: HeartbeatOptions = {interval: 15_000, timeout: 15_000};

const populate = (workspace: Workspace, rooms: readonly RoomWithHistory[]): void => {
  const start = Date.now();
  for (const {messages = [], ...each} of rooms) {
    const room = workspace.rooms.create(each);
    for (const {username, text, age} of messages) {
      workspace.timeline.post(workspace.users.named(username), room, text, {
        at: new Date(start - age),
      });
    }
    if (room.prid) {
      const parent = workspace.rooms.named(room.prid);
      const author = workspace.users.named(room.u.username);
      const at = new Date(start - Math.max(0, ...messages.map(({age}) => age)));
      workspace.timeline.post(author, parent, room.fname ?? '', {at, discussion: room});
    }
  }
  // What was said before the start has been read by everybody.
  for (const user of workspace.users.all()) {
    for (const {rid} of workspace.subscriptions.of(user)) workspace.subscriptions.read(user, rid);
  }
  workspace.keep();
};

/**
 * Starts a stand-in for a Rocket.Chat server: REST API and embedded page, with the real one's
 * refusals and silences. It is for tests and demonstrations on one machine, not for real messages.
 */
export const startRocketChat = async (
  options: RocketChatOptions = {},
): Promise<RocketChatSimulator> => {
  const {host, publicHost, port, bypassRateLimit = false, remoteControl = false} = options;
  const workspace = new Workspace({
    ...options.settings,
    ...(bypassRateLimit && {API_Enable_Rate_Limiter: false}),
  });
  const users = (options.users ?? DEFAULT_USERS).map((user) => workspace.users.create(user));
  populate(workspace, options.rooms ?? DEFAULT_ROOMS);
  const rest = new Rest(workspace, {...DEFAULT_PERMISSIONS, ...options.permissions});
  const ddp = new DdpServer(workspace, {...DEFAULT_HEARTBEAT, ...options.heartbeat});
  const sweep = setInterval(() => workspace.users.sweep(), options.tokenSweep ?? MINUTE).unref();
  let requests: RequestLine[] = [];

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const {method = '', url: target = '/', headers, httpVersion} = request;
    const url = new URL(target, 'http://simulator.invalid');
    const path = url.pathname;
    if (remoteControl && path.startsWith(REMOTE_PATH)) {
      return answerRemote(request, response, path.slice(REMOTE_PATH.length), simulator);
    }
    const line = `${method} ${target} HTTP/${httpVersion}`;
    requests = [...requests.slice(1 - MOST_REQUESTS), {line, referer: headers.referer ?? ''}];
    if (workspace.settings.get('Iframe_Restrict_Access')) {
      response.setHeader('X-Frame-Options', workspace.settings.get('Iframe_X_Frame_Options'));
    }
    if (path.startsWith('/api/')) return rest.answer(request, response, url);
    if (path.startsWith(LIVE_PATH)) {
      return answerLive(request, response, path.slice(LIVE_PATH.length), workspace);
    }
    return answerPage(response, path, remoteControl);
  };

  const listener = await startListener(
    {
      answer,
      upgrade: (...args) => ddp.upgrade(...args),
      cut: () => ddp.disconnectAll(),
    },
    {host, publicHost, port},
  );
  const {users: accounts, rooms, timeline} = workspace;
  /** The message, if it is one of that room. */
  const messageIn = (room: string, messageId: string): string => {
    if (timeline.byId(messageId)?.rid !== rooms.named(room)._id) {
      throw new Error(`No message ${messageId} in ${room}.`);
    }
    return messageId;
  };
  const simulator: RocketChatSimulator = {
    origin: listener.origin,
    restart: (ms) => listener.restart(ms),
    close: () => {
      clearInterval(sweep);
      return listener.close();
    },
    edit: (username, room, id, text) =>
      updateMessage(workspace, accounts.named(username), messageIn(room, id), text),
    remove: (username, room, id) => {
      deleteMessage(workspace, accounts.named(username), messageIn(room, id));
    },
    react: (username, room, id, emoji) => {
      setReaction(workspace, accounts.named(username), emoji, messageIn(room, id));
    },
    removeMember: (name, username) => {
      const room = rooms.named(name);
      removeFromRoom(workspace, accounts.named(room.u.username), accounts.named(username), room);
    },
    archive: (room, archived = true) => {
      rooms.archive(rooms.named(room), archived);
    },
    forceLogout: (username) => {
      const user = accounts.named(username);
      workspace.changes.tellUser(user._id, 'force_logout');
      accounts.end(user);
    },
    setTokenExpiry: (authToken, epochMs) => {
      accounts.setExpiry(authToken, epochMs);
    },
    sweepTokens: () => {
      accounts.sweep();
    },
    sockets: () => ddp.open,
    socketsEver: () => ddp.ever,
    disconnectAll: () => {
      ddp.disconnectAll();
    },
    deafen: (on) => {
      ddp.deafen(on);
    },
    users,
    settings: workspace.settings,
    createUser: (user) => workspace.users.create(user),
    createRoom: (room) => workspace.rooms.create(room),
    room: (name) => workspace.rooms.named(name),
    post: (username, room, text) =>
      workspace.timeline.post(workspace.users.named(username), workspace.rooms.named(room), text),
    messages: (room) => workspace.timeline.of(workspace.rooms.named(room)),
    issueToken: (username) => {
      const {user, token} = workspace.users.issue(workspace.users.named(username));
      return {userId: user._id, authToken: token};
    },
    revokeTokens: (username) => {
      workspace.users.end(workspace.users.named(username));
    },
    requests: () => requests,
    reset: () => {
      workspace.reset();
      rest.limit.reset();
      requests = [];
    },
  };
  return simulator;
};
