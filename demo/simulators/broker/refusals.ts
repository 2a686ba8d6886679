import type {ServerResponse} from 'node:http';

import {send} from '../http.js';

/** Ends the handling of a request with an error as the broker words it. */
export class BrokerRefused extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    {headers = {}, ...more}: {headers?: Readonly<Record<string, string>>; position?: number} = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
    this.more = more;
  }
}

/** Answers with JSON. */
export const sendJson = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void =>
  send(response, status, JSON.stringify(body), {'content-type': 'application/json', ...headers});

/** Answers with `{error: {code, message}}`. */
export const sendRefusal = (response: ServerResponse, refused: BrokerRefused): void => {
  const {status, code, message, headers, more} = refused;
  sendJson(response, status, {error: {code, message, ...more}}, headers);
};
