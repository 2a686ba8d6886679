import {randomUUID} from 'node:crypto';
import type {IncomingMessage, ServerResponse} from 'node:http';

import {field, identifier, LIMITS, text} from '../../../src/protocol/guards.js';
import {send} from '../http.js';
import type {Present} from '../pexip-infinity/conferences.js';
import type {PexipInfinity} from '../pexip-infinity/pexip-infinity.js';

/** What of an Infinity Web App 3 needs. */
export type JoiningPlace = Pick<PexipInfinity, 'join' | 'leave' | 'watch'>;

interface Session {
  readonly alias: string;
  readonly uuid: string;
  readonly conference: string;
  readonly streams: Set<ServerResponse>;
  timer: NodeJS.Timeout;
}

/** Seconds for which a token is good; an app refreshes it before. */
const EXPIRES = 120;
/** Ms after which somebody is gone whose page has closed. */
const PAGE_GONE = 1_000;
const MOST_BODY = 10_000;
const ROUTE = /^\/api\/client\/v2\/conferences\/([^/]+)\/(\w+)$/;
const JSON_TYPE = {'content-type': 'application/json; charset=utf-8'};
const VERSION = {version_id: '37', pseudo_version: '77683.0.0'};

/**
 * Pexip's client interface as far as Web App 3 needs it to come and go: tokens, their refresh and
 * release, and the stream by which a node tells who comes and goes, and of one's own end. Who is let in is
 * decided by the Infinity behind it.
 *
 * @see https://docs.pexip.com/api_client/api_rest.htm
 */
export class ClientApi {
  readonly #place: () => JoiningPlace | undefined;
  readonly #sessions = new Map<string, Session>();

  constructor(place: () => JoiningPlace | undefined) {
    this.#place = place;
  }

  /** @returns whether the request was one of this interface */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const {pathname, searchParams} = new URL(request.url ?? '/', 'http://simulator');
    const [, encoded = '', name = ''] = ROUTE.exec(pathname) ?? [];
    const place = this.#place();
    const alias = decoded(encoded);
    if (!place || alias === undefined) return false;
    const token = String(request.headers['token'] ?? searchParams.get('token') ?? '');
    const session = this.#sessions.get(token);
    const known = session?.alias === alias ? session : undefined;
    if (name === 'request_token' && request.method === 'POST') {
      await this.#enter(place, alias, request, response);
    } else if (!known) reply(response, 403, 'failed', 'Invalid token');
    else if (name === 'refresh_token') {
      this.#expireIn(token, EXPIRES * 1000);
      reply(response, 200, 'success', {token, expires: String(EXPIRES)});
    } else if (name === 'release_token') {
      this.#end(token);
      place.leave(known.uuid);
      reply(response, 200, 'success', true);
    } else if (name === 'events') this.#stream(place, token, known, response);
    else reply(response, 404, 'failed', '404 Not Found');
    return true;
  }

  /** Forgets everybody. */
  close(): void {
    for (const token of [...this.#sessions.keys()]) this.#end(token);
  }

  async #enter(
    place: JoiningPlace,
    alias: string,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await bodyOf(request);
    const name = text(field(body, 'display_name'), LIMITS.name);
    if (name === undefined) return reply(response, 400, 'failed', 'No display_name');
    const callTag = identifier(field(body, 'call_tag'), LIMITS.message);
    const pin = request.headers['pin'];
    const token = randomUUID();
    const answer = await place.join({
      alias,
      name,
      ...(callTag && {callTag}),
      ...(typeof pin === 'string' && {pin}),
      gone: (reason) => this.#gone(token, reason),
    });
    if ('refused' in answer) {
      const {refused, message, guestPin} = answer;
      if (refused === 'conference-not-found') return reply(response, 404, 'failed', message);
      if (refused !== 'pin-required') return reply(response, 403, 'failed', message);
      const pins = {pin: 'required', guest_pin: guestPin ? 'required' : 'none'};
      return reply(response, 403, 'success', {...pins, version: VERSION});
    }
    const {uuid, displayName, role, conference} = answer;
    const timer = setTimeout(() => undefined);
    this.#sessions.set(token, {alias, uuid, conference, streams: new Set(), timer});
    this.#expireIn(token, EXPIRES * 1000);
    reply(response, 200, 'success', {
      token,
      expires: String(EXPIRES),
      participant_uuid: uuid,
      display_name: displayName,
      role: role === 'chair' ? 'HOST' : 'GUEST',
      service_type: 'conference',
      current_service_type: 'conference',
      conference_name: conference,
      version: VERSION,
    });
  }

  /** A page listens; with its last stream it has closed. */
  #stream(
    place: JoiningPlace,
    token: string,
    {streams, conference}: Session,
    response: ServerResponse,
  ): void {
    streams.add(response);
    response.writeHead(200, {'content-type': 'text/event-stream', 'cache-control': 'no-store'});
    response.write(':\n\n');
    const ignore = place.watch(conference, tellPeople(response));
    this.#expireIn(token, EXPIRES * 1000);
    response.on('close', () => {
      ignore();
      streams.delete(response);
      if (streams.size === 0) this.#expireIn(token, PAGE_GONE);
    });
  }

  #gone(token: string, reason: string): void {
    const session = this.#sessions.get(token);
    for (const stream of session?.streams ?? []) tell(stream, 'disconnect', {reason});
    this.#end(token);
  }

  #expireIn(token: string, ms: number): void {
    const session = this.#sessions.get(token);
    if (!session) return;
    clearTimeout(session.timer);
    session.timer = setTimeout(() => {
      this.#end(token);
      this.#place()?.leave(session.uuid, 'Timer expired awaiting token refresh');
    }, ms).unref();
  }

  #end(token: string): void {
    const session = this.#sessions.get(token);
    if (!session) return;
    clearTimeout(session.timer);
    this.#sessions.delete(token);
    for (const stream of session.streams) stream.end();
  }
}

const tell = (stream: ServerResponse, event: string, data: unknown): void => {
  // Who leaves is told of while his own stream is closing.
  if (!stream.writableEnded) stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
};

/** Tells one after the other who has come and gone, the listener himself as well. */
const tellPeople = (stream: ServerResponse): ((people: readonly Present[]) => void) => {
  const told = new Set<string>();
  return (people) => {
    for (const uuid of told) {
      if (people.some((each) => each.uuid === uuid)) continue;
      told.delete(uuid);
      tell(stream, 'participant_delete', {uuid});
    }
    for (const {uuid, displayName, role} of people) {
      if (told.has(uuid)) continue;
      told.add(uuid);
      tell(stream, 'participant_create', {uuid, display_name: displayName, role});
    }
  };
};

const reply = (
  response: ServerResponse,
  status: number,
  outcome: 'failed' | 'success',
  result: unknown,
): void => send(response, status, JSON.stringify({status: outcome, result}), JSON_TYPE);

const decoded = (alias: string): string | undefined => {
  try {
    return decodeURIComponent(alias) || undefined;
  } catch {
    return undefined;
  }
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += String(chunk);
    if (body.length > MOST_BODY) return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};
