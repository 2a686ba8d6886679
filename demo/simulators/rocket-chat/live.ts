/**
 * How the embedded page reaches its own server until DDP takes this file's place: calls by POST and
 * changes by Server-Sent Events, both with the login token in a header, never in the address. Like
 * DDP, they know no REST rate limit.
 */
import type {IncomingMessage, ServerResponse} from 'node:http';

import {send} from '../http.js';
import type {Change} from './changes.js';
import type {Message, Subscription} from './model.js';
import {PAGE_METHODS} from './page-methods.js';
import {readJson} from './request-body.js';
import type {PublicSettings} from './settings.js';
import type {Login} from './users.js';
import type {Workspace} from './workspace.js';

/** Where `live.ts` answers. */
export const LIVE_PATH = '/__live/';

/** What a page hears. A stream begins with the settings and all of the user's subscriptions. */
export type LiveEvent =
  | {readonly type: 'settings'; readonly settings: PublicSettings; readonly version: number}
  | {readonly type: 'subscriptions'; readonly subscriptions: readonly Subscription[]}
  | {readonly type: 'subscription'; readonly subscription: Subscription}
  | {readonly type: 'message'; readonly message: Message};

/** What a page hears of a change; `undefined` if it is none of its business. */
const eventOf = (change: Change, {settings}: Workspace, login?: Login): LiveEvent | undefined => {
  switch (change.type) {
    case 'settings':
      return {type: 'settings', settings: settings.public(), version: settings.version};
    case 'message': {
      const {message, usernames} = change;
      return login && usernames.includes(login.user.username)
        ? {type: 'message', message}
        : undefined;
    }
    case 'subscription': {
      const {subscription} = change;
      return subscription.u._id === login?.user._id
        ? {type: 'subscription', subscription}
        : undefined;
    }
    case 'tokens-ended':
      return;
  }
};

const stream = (response: ServerResponse, workspace: Workspace, login?: Login): void => {
  const closed = new AbortController();
  response.once('close', () => {
    closed.abort();
  });
  response.writeHead(200, {'content-type': 'text/event-stream', 'cache-control': 'no-store'});
  const write = (event: LiveEvent): void => {
    response.write(`data: ${JSON.stringify(event)}\n\n`);
  };
  const {settings} = workspace;
  write({type: 'settings', settings: settings.public(), version: settings.version});
  if (login) write({type: 'subscriptions', subscriptions: workspace.subscriptions.of(login.user)});
  workspace.changes.listen((change) => {
    // The real server drops every connection whose token has ended, without a word of farewell.
    if (change.type === 'tokens-ended' && login && change.tokens.includes(login.token)) {
      response.end();
      return;
    }
    const event = eventOf(change, workspace, login);
    if (event) write(event);
  }, closed.signal);
};

/** Answers `/__live/events` and `/__live/call/<method>`. */
export const answerLive = async (
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  workspace: Workspace,
): Promise<void> => {
  const token = request.headers['x-auth-token'];
  const login = workspace.users.resume(token);
  if (token && !login) {
    send(response, 403, '');
    return;
  }
  if (path === 'events') {
    stream(response, workspace, login);
    return;
  }
  const method = PAGE_METHODS.get(path.replace('call/', ''));
  const params = await readJson(request);
  const result = method?.({workspace, login, params});
  if (result) send(response, 200, JSON.stringify(result), {'content-type': 'application/json'});
  else send(response, 403, '');
};
