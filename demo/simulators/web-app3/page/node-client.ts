import {field, LIMITS, text} from '../../../../src/protocol/guards.js';
import {codeOf} from './error-codes.js';

/** What a node says to somebody who wants to join. */
export type Admission =
  | {readonly name: string; readonly role: 'chair' | 'guest'; readonly uuid: string}
  | {
      readonly refused: 'not-found' | 'other' | 'pin-required';
      readonly message: string;
      readonly code: string;
      /** Whether a guest needs a PIN, too. */
      readonly guestPin: boolean;
    };

/** Of whom a node is asked. */
export interface Asking {
  readonly name: string;
  readonly callTag: string;
  /** Empty: none. */
  readonly pin: string;
}

/** What a node tells of. */
export interface NodeNews {
  /** It has disconnected the person. */
  gone(reason: {readonly error: string; readonly errorCode: string}): void;
  /** Somebody else has come. */
  came(somebody: {readonly uuid: string; readonly name: string; readonly role: Role}): void;
  /** Somebody else has left. */
  left(uuid: string): void;
}

type Role = 'chair' | 'guest';

/** Comes and goes by Pexip's client interface, as Web App 3 does; below no branding path. */
export class NodeClient {
  readonly #base: string;
  readonly #news: NodeNews;
  #token = '';
  #life = new AbortController();

  constructor(alias: string, news: NodeNews) {
    this.#base = `/api/client/v2/conferences/${encodeURIComponent(alias)}/`;
    this.#news = news;
    // A page that closes has no time to wait for an answer.
    addEventListener('pagehide', () => {
      if (this.#token) navigator.sendBeacon(`${this.#base}release_token?token=${this.#token}`);
    });
  }

  async join({name, callTag, pin}: Asking): Promise<Admission> {
    let response: Response;
    let data: unknown;
    try {
      response = await fetch(`${this.#base}request_token`, {
        method: 'POST',
        headers: {'content-type': 'application/json', ...(pin && {pin})},
        body: JSON.stringify({display_name: name, ...(callTag && {call_tag: callTag})}),
      });
      data = await response.json();
    } catch (error) {
      return refusal('other', String(error));
    }
    const result = field(data, 'result');
    const token = field(result, 'token');
    if (response.ok && typeof token === 'string') {
      const uuid = String(field(result, 'participant_uuid'));
      this.#enter(token, Number(field(result, 'expires')), uuid);
      return {
        name: text(field(result, 'display_name'), LIMITS.name) || name,
        role: field(result, 'role') === 'HOST' ? 'chair' : 'guest',
        uuid,
      };
    }
    if (field(result, 'pin') === 'required') {
      const guestPin = field(result, 'guest_pin') === 'required';
      return {...refusal('pin-required', 'PIN required'), guestPin};
    }
    const message = text(result, LIMITS.message) ?? `Unexpected status ${response.status}`;
    return refusal(response.status === 404 ? 'not-found' : 'other', message);
  }

  /** Gives the token back, if there is one. */
  leave(): void {
    if (!this.#token) return;
    void fetch(`${this.#base}release_token`, {
      method: 'POST',
      headers: {token: this.#token},
      keepalive: true,
    }).catch(() => undefined);
    this.#forget();
  }

  #enter(token: string, expires: number, self: string): void {
    this.#token = token;
    this.#life = new AbortController();
    const {signal} = this.#life;
    const events = new EventSource(`${this.#base}events?token=${token}`);
    const refresh = setInterval(
      () => {
        const headers = {token};
        void fetch(`${this.#base}refresh_token`, {method: 'POST', headers}).catch(() => undefined);
      },
      (expires * 1000) / 3,
    );
    signal.addEventListener('abort', () => {
      events.close();
      clearInterval(refresh);
    });
    const on = (type: string, heard: (data: unknown) => void): void =>
      events.addEventListener(type, ({data}) => heard(JSON.parse(String(data))));
    on('disconnect', (data) => {
      const reason = text(field(data, 'reason'), LIMITS.message) ?? '';
      this.#forget();
      this.#news.gone({error: reason, errorCode: codeOf(reason)});
    });
    on('participant_create', (data) => {
      const [uuid, name] = [field(data, 'uuid'), field(data, 'display_name')].map(String);
      const role = field(data, 'role') === 'chair' ? 'chair' : 'guest';
      if (uuid && uuid !== self) this.#news.came({uuid, name: name ?? '', role});
    });
    on('participant_delete', (data) => this.#news.left(String(field(data, 'uuid'))));
  }

  #forget(): void {
    this.#token = '';
    this.#life.abort();
  }
}

const refusal = (
  refused: 'not-found' | 'other' | 'pin-required',
  message: string,
): Extract<Admission, {refused: unknown}> => ({
  refused,
  message,
  code: codeOf(message),
  guestPin: false,
});
