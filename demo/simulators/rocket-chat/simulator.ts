import type {RoomWithHistory} from './default-data.js';
import type {HeartbeatOptions} from './ddp/heartbeat.js';
import type {Filled} from './fill.js';
import type {Message, Room} from './model.js';
import type {Permissions} from './permissions.js';
import type {PostOptions} from './post-options.js';
import type {NewRoom} from './rooms.js';
import type {ServerTraits, VideoConfProvider} from './server-traits.js';
import type {Settings, SettingsStore} from './settings.js';
import type {UploadFault} from './upload-fault.js';
import type {NewUser, SimulatorUser} from './users.js';

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
  /**
   * Whether messages carry their parsed tree (`md`), as they do since Rocket.Chat 4; default true.
   * Needs `@rocket.chat/message-parser`.
   */
  parsedMessages?: boolean;
  /**
   * How files are uploaded: in one step (`rooms.upload`, as old servers do), in two (`rooms.media`, as
   * the newest do), or either way; default `both`.
   */
  uploadRoutes?: ServerTraits['uploadRoutes'];
  /**
   * Bytes of a request's body that a proxy before the server takes, as nginx's
   * `client_max_body_size`; more is refused with a page of its own and 413. Default: any number.
   */
  proxyBodyLimit?: number;
  /** Default `8.8`. With one before 8, `users.createToken` has its older form. */
  serverVersion?: string;
  /** CREATE_TOKENS_FOR_USERS_SECRET; without it `users.createToken` refuses everybody. */
  createTokenSecret?: string;
  /** CREATE_TOKENS_FOR_USERS, for versions before 8. */
  legacyCreateTokens?: boolean;
  /**
   * A JSON file that accounts, rooms and messages are kept in. If it is there at the start, it takes
   * the place of `users` and `rooms`. Passwords and tokens stand in it as they are.
   */
  dataFile?: string;
  /** Without it there are no video conferences. */
  videoConf?: VideoConfProvider;
}

/** A request as the server saw it; a token must never be in one. */
export interface RequestLine {
  /** Such as `GET /home?layout=embedded HTTP/1.1`. */
  readonly line: string;
  readonly referer: string;
}

/** Fields of a message, such as `tmid`, `attachments`, `reactions`, `md`, or `ts`, ISO 8601. */
export type MessageFields = Omit<PostOptions, 'at' | 'discussion'> & {readonly ts?: string};

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
  /**
   * Posts a message; into an encrypted room one as a client would encrypt it.
   *
   * @param more fields of the message as they are, whatever a server would say to them
   */
  post(username: string, room: string, text: string, more?: MessageFields): Message;
  /**
   * Fills a room with so many messages of the past from all of its members, "Message 1. …" the oldest, 1 to 9
   * lines each, some with markup. Nobody hears of them.
   */
  fill(room: string, count: number): Filled;
  /** Edits a message in the name of a user, who must be allowed to. */
  edit(username: string, room: string, messageId: string, text: string): Message;
  /** Deletes a message in the name of a user, who must be allowed to. */
  remove(username: string, room: string, messageId: string): void;
  /** Adds a reaction, or takes it back. */
  react(username: string, room: string, messageId: string, emoji: string): void;
  /** Takes a member out of a room. */
  removeMember(room: string, username: string): void;
  archive(room: string, archived?: boolean): void;
  /** Lets only the owner, administrators and whoever is unmuted write, or everybody again. */
  readOnly(room: string, on?: boolean): void;
  /** Has the members encrypt what they write from now on, or no more. What is there stays. */
  encrypt(room: string, on?: boolean): void;
  /** Takes a member's voice, or gives it back. */
  mute(room: string, username: string, on?: boolean): void;
  /** A room's messages, oldest first. */
  messages(room: string): readonly Message[];
  /** Makes a login token, as a broker would. */
  issueToken(username: string): {userId: string; authToken: string};
  /**
   * What an operator sets up for a broker: an account `broker.service` with every right and no limit of
   * calls, its personal token, which needs no second factor, and CREATE_TOKENS_FOR_USERS_SECRET, which
   * is set now if it was not.
   */
  serviceAccount(): {userId: string; authToken: string; createTokenSecret: string};
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
  /** Has uploads cut or slowed down from now on; none, and all is well again. */
  failUploads(fault?: UploadFault): void;
  /** The latest 10,000 requests but those of the remote. */
  requests(): readonly RequestLine[];
  /** Back to the data and settings of the start; every login ends, accounts stay. */
  reset(): void;
  close(): Promise<void>;
}
