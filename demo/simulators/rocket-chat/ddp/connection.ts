import type {Change} from '../changes.js';
import {randomId} from '../random.js';
import {accountOf, type Login} from '../users.js';
import type {Workspace} from '../workspace.js';
import {toEjson} from './ejson.js';
import {type ClientFrame, errorField, parseFrame} from './frames.js';
import {Heartbeat, type HeartbeatOptions} from './heartbeat.js';
import type {Session} from './method-call.js';
import {runMethod} from './methods.js';
import type {MethodRateLimit} from './rate-limit.js';
import {StreamSubscriptions} from './stream-subscriptions.js';

const VERSION = '1';

/** The socket of a connection. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return;
  }
};

/** One DDP connection, and who is signed in on it. */
export class DdpConnection implements Session {
  readonly #id = randomId();
  readonly #wire: Wire;
  readonly #workspace: Workspace;
  readonly #limit: MethodRateLimit;
  readonly #heartbeat: Heartbeat;
  readonly #subscriptions: StreamSubscriptions;
  #connected = false;
  #login: Login | undefined;

  constructor(
    wire: Wire,
    workspace: Workspace,
    limit: MethodRateLimit,
    heartbeat: HeartbeatOptions,
  ) {
    this.#wire = wire;
    this.#workspace = workspace;
    this.#limit = limit;
    this.#subscriptions = new StreamSubscriptions(workspace);
    const ask = (): void => this.#send({msg: 'ping'});
    this.#heartbeat = new Heartbeat(heartbeat, ask, () => wire.close());
    // The first frame has no `msg`; clients are to pass over it.
    this.#send({server_id: '0'});
  }

  get login(): Login | undefined {
    return this.#login;
  }

  /** Replaces whoever was signed in before; their own streams end. */
  signIn(login: Login): void {
    const before = this.#login;
    this.#login = login;
    this.#subscriptions.renew();
    if (before?.user._id === login.user._id) return;
    if (before) this.#tellGone(before);
    const fields = accountOf(login.user);
    this.#send({msg: 'added', collection: 'users', id: login.user._id, fields});
    this.#endForbidden();
  }

  signOut(): void {
    const before = this.#login;
    this.#login = undefined;
    if (before) this.#tellGone(before);
    this.#endForbidden();
  }

  /** Takes one text frame. */
  take(text: string): void {
    this.#heartbeat.heard();
    const data = parsed(text);
    const frame = parseFrame(data);
    if (frame?.msg === 'connect') this.#connect(frame.version, data);
    else if (!frame) this.#sendError('Bad request', data ?? text);
    else if (!this.#connected) this.#sendError('Must connect first', data);
    else this.#obey(frame);
  }

  /** Passes a change of the workspace on, if it is any business of this connection. */
  hear(change: Change): void {
    if (change.type === 'tokens-ended') {
      const {login} = this;
      if (!login || !change.tokens.includes(login.token)) return;
      this.#login = undefined;
      this.#tellGone(login);
      this.#wire.close();
      return;
    }
    if (change.type === 'stream' && change.origin === this) return;
    for (const news of this.#subscriptions.newsOf(change, this.#login?.user)) {
      const {stream: collection, eventName, args} = news;
      this.#send({msg: 'changed', collection, id: 'id', fields: {eventName, args}});
    }
  }

  /** Begins, or ends, to wait for signs of life. */
  patience(on: boolean): void {
    if (on) this.#heartbeat.heard();
    else this.#heartbeat.stop();
  }

  #connect(version: unknown, data: unknown): void {
    if (this.#connected) {
      this.#sendError('Already connected', data);
    } else if (version === VERSION) {
      this.#connected = true;
      this.#send({msg: 'connected', session: this.#id});
    } else {
      this.#send({msg: 'failed', version: VERSION});
      this.#wire.close();
    }
  }

  #obey(frame: Exclude<ClientFrame, {msg: 'connect'}>): void {
    switch (frame.msg) {
      case 'ping':
        return this.#send({msg: 'pong', ...(frame.id !== undefined && {id: frame.id})});
      case 'pong':
        return;
      case 'method':
        return this.#call(frame.id, frame.method, frame.params);
      case 'sub':
        return this.#subscribe(frame);
      case 'unsub':
        this.#subscriptions.remove(frame.id);
        return this.#send({msg: 'nosub', id: frame.id});
    }
  }

  #call(id: string, method: string, params: readonly unknown[]): void {
    try {
      this.#limit.count(method, this.#login?.user._id ?? this.#id);
      const result = runMethod(method, {workspace: this.#workspace, session: this, params});
      this.#send({msg: 'result', id, ...(result !== undefined && {result})});
    } catch (error) {
      this.#send({msg: 'result', id, error: errorField(error)});
    }
    this.#send({msg: 'updated', methods: [id]});
  }

  #subscribe(frame: ClientFrame & {msg: 'sub'}): void {
    const {id} = frame;
    // Meteor passes over an id that is in use.
    if (this.#subscriptions.has(id)) return;
    try {
      const goesOn = this.#subscriptions.add(frame, this.#login?.user);
      this.#send(goesOn ? {msg: 'ready', subs: [id]} : {msg: 'nosub', id});
    } catch (error) {
      this.#send({msg: 'nosub', id, error: errorField(error)});
    }
  }

  /** Ends the subscriptions that whoever is signed in now may not have. */
  #endForbidden(): void {
    for (const [id, error] of this.#subscriptions.endForbidden(this.#login?.user)) {
      this.#send({msg: 'nosub', id, error: errorField(error)});
    }
  }

  #tellGone({user}: Login): void {
    this.#send({msg: 'removed', collection: 'users', id: user._id});
  }

  #sendError(reason: string, offendingMessage: unknown): void {
    this.#send({msg: 'error', reason, offendingMessage});
  }

  #send(frame: object): void {
    this.#wire.send(JSON.stringify(toEjson(frame)));
  }
}
