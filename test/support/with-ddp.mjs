import {afterEach, beforeEach} from 'node:test';

import {startRocketChat} from '../../dist/testing/index.js';
import {RawDdp} from './ddp.mjs';

/** Starts a simulator for each test of a block, and closes what the test has opened. */
export const withDdp = (options = {}) => {
  const context = {};
  let open = [];
  beforeEach(async () => {
    context.chat = await startRocketChat({bypassRateLimit: true, ...options});
  });
  afterEach(async () => {
    for (const ddp of open) ddp.close();
    open = [];
    await context.chat.close();
  });
  const raw = (path) => {
    const ddp = new RawDdp(context.chat.origin, path);
    open.push(ddp);
    return ddp;
  };
  const token = (username) => context.chat.issueToken(username);
  /** A connection that is signed in by a token of its own. */
  const signedIn = async (username) => {
    const entry = token(username);
    const ddp = await raw().connect();
    await ddp.result('login', {resume: entry.authToken});
    return {ddp, ...entry};
  };
  /** A call of the REST API; `login` is what `token()` gives. */
  const rest = async (method, path, {login, body, headers} = {}) => {
    const response = await fetch(`${context.chat.origin}/api/v1/${path}`, {
      method,
      headers: {
        ...(login && {'X-User-Id': login.userId, 'X-Auth-Token': login.authToken}),
        ...headers,
      },
      ...(body && {body: body instanceof FormData ? body : JSON.stringify(body)}),
    });
    return {status: response.status, headers: response.headers, body: await response.json()};
  };
  const ridOf = (room) => context.chat.room(room)._id;
  return {context, raw, token, signedIn, rest, ridOf};
};
