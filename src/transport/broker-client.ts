import {PexipChatError} from '../errors.js';
import {
  COOKIE_GUARD,
  parseBrokerConfig,
  parseBrokerRefusal,
  parseChatSession,
  type BrokerConfig,
  type ChatSession,
  type ChatSessionRequest,
  type DialOutNote,
} from '../protocol/broker-api.js';
import {field} from '../protocol/guards.js';
import {userQuery, type UserQuestion} from '../protocol/user-list.js';
import {parseMeetingDiscussion, type MeetingDiscussion} from '../protocol/meeting-discussion.js';
import {fetchJson, HttpFailure} from './http-failure.js';

/** The host application's token for the broker, or how to get one. */
export type AccessToken = string | (() => string | Promise<string>);

/**
 * What can be a token in a header (`b64token` of RFC 6750, 2.1); a browser that refuses one may repeat it.
 * Whether it is a good one is the broker's to say.
 */
const FORM = /^[\w.~+/-]+=*$/;

/** How long a page's function may take to give a token, in ms. */
export const ACCESS_TOKEN_PACE = {patience: 30_000};

/** Asks the page's own code, which may do anything, or nothing. */
const inTime = (ask: () => string | Promise<string>): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(reject, ACCESS_TOKEN_PACE.patience, new Error('late'));
    void (async () => ask())()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer));
  });

/** The broker is not asked with what is no token. @throws {PexipChatError} `credentials-failed` */
const tokenBy = async (accessToken: AccessToken): Promise<string> => {
  let why = 'gave no token.';
  let cause: unknown;
  try {
    const token: unknown =
      typeof accessToken === 'function' ? await inTime(accessToken) : accessToken;
    if (token && FORM.test(token as string)) return token as string;
    // Nothing is the page's last word. Anything else may be the page of a server that is not well.
    if (token) cause = new TypeError();
  } catch (error) {
    // `credentials()` of `compat()` has said what is wrong.
    if (error instanceof PexipChatError) throw error;
    why = 'threw, or gave no token in time.';
    cause = error;
  }
  throw new PexipChatError('credentials-failed', `The page's accessToken ${why}`, {cause});
};

/** Sent even while the page goes. */
const GOODBYE: RequestInit = {method: 'DELETE', keepalive: true};

/** Who asks the broker, and where it is. */
export interface BrokerAccess {
  /** The broker's address with a slash at its end. */
  readonly base: string;
  /** Undefined: the host application's cookie tells who asks. */
  readonly accessToken: AccessToken | undefined;
}

/** The broker's routes for a chat session. Each throws {@link HttpFailure}. */
export class BrokerClient {
  #access: BrokerAccess;
  /** Told who asked the last time. */
  #sent: Record<string, string> | undefined;

  constructor(access: BrokerAccess) {
    this.#access = access;
  }

  /** The application has another token. */
  use(accessToken: AccessToken | undefined): void {
    this.#access = {...this.#access, accessToken};
  }

  /** Where Rocket.Chat's REST API is passed through. */
  get passThrough(): string {
    return `${this.#access.base}v1/rc/`;
  }

  /** Where the cookie tells who asks, it is to be sent. */
  get credentials(): RequestCredentials {
    return this.#access.accessToken === undefined ? 'include' : 'omit';
  }

  /** The headers that tell who asks. A token function is called each time; it may keep its token. */
  async headers(): Promise<Record<string, string>> {
    const {accessToken} = this.#access;
    if (accessToken === undefined) return {...COOKIE_GUARD};
    return {Authorization: `Bearer ${await tokenBy(accessToken)}`};
  }

  /** What a page needs to know of the broker's servers; open to everyone. */
  async config(): Promise<BrokerConfig> {
    return parseBrokerConfig(
      await fetchJson(`${this.#access.base}v1/config`, {credentials: 'omit'}),
    );
  }

  /** Begins or renews a chat session. */
  async open(request: ChatSessionRequest, signal: AbortSignal): Promise<ChatSession> {
    const answer = await this.#send('v1/chat/session', {
      method: 'POST',
      body: JSON.stringify(request),
      signal,
    });
    const session = parseChatSession(answer);
    if (!session) throw new HttpFailure(200);
    return session;
  }

  /** Asks for the room of a meeting's conversation, which is made where there is none. */
  async discussion(alias: string, signal: AbortSignal): Promise<MeetingDiscussion> {
    // An alias of dots alone would be a step in the path.
    if (/^\.*$/.test(alias)) throw new HttpFailure(404);
    const path = `v1/meetings/${encodeURIComponent(alias)}/discussion`;
    const answer = await this.#send(path, {method: 'POST', body: '{}', signal});
    const discussion = parseMeetingDiscussion(answer);
    if (!discussion) throw new HttpFailure(200);
    return discussion;
  }

  /** Asks who is who; somebody unknown is no failure. @returns what `parseUserList` reads */
  async users(question: UserQuestion, signal?: AbortSignal): Promise<unknown> {
    try {
      return await this.#send(`v1/users?${userQuery(question)}`, {...(signal && {signal})});
    } catch (error) {
      if (refusalOf(error)?.code === 'user-not-found') return {users: [], complete: true};
      throw error;
    }
  }

  /** Asks for a diagnosis of the broker's node and workspace. @returns what `parseFindings` reads */
  diagnose(): Promise<unknown> {
    return this.#send('v1/diagnose', {method: 'POST', body: '{}'});
  }

  /** Tells what was dialled, even while the page goes. */
  async dialled(note: DialOutNote): Promise<void> {
    const body = JSON.stringify(note);
    await this.#send('v1/dial-outs', {method: 'POST', body, keepalive: true});
  }

  /** This page no longer needs its session; told even while the page goes. */
  async release(lease: string): Promise<void> {
    const path = `v1/chat/session/${encodeURIComponent(lease)}`;
    // A page that goes waits for no token; the last one is as good as a new one.
    await this.#send(path, GOODBYE, this.#sent);
  }

  /**
   * Signs out everywhere. A function may give the token of somebody else by now, or none, so that the last one
   * is sent, which is as old as the latest renewal; where it never gave one, nothing was begun that could be ended.
   */
  async end(): Promise<void> {
    const isFunction = typeof this.#access.accessToken === 'function';
    if (!this.#sent && isFunction) return;
    const end = (known?: Record<string, string>): Promise<unknown> =>
      this.#send('v1/chat/session', GOODBYE, known);
    await end(this.#sent).catch((error: HttpFailure) => {
      if (error.status !== 401 || isFunction) throw error;
      // It may have expired since, and the page have given another one.
      return end().catch(() => Promise.reject(error));
    });
  }

  async #send(path: string, init: RequestInit, known?: Record<string, string>): Promise<unknown> {
    const own = known ?? (await this.headers());
    this.#sent = own;
    const headers = {
      ...own,
      ...(init.body && {'content-type': 'application/json'}),
    };
    const {credentials} = this;
    return fetchJson(this.#access.base + path, {...init, credentials, headers});
  }
}

/** What a failure of the broker says for itself. */
export const refusalOf = (failure: unknown): ReturnType<typeof parseBrokerRefusal> =>
  parseBrokerRefusal(field(failure, 'body'));
