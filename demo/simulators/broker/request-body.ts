import type {IncomingMessage} from 'node:http';

import {BrokerRefused} from './refusals.js';

const MOST_BYTES = 64 * 1024;
const JSON_TYPE = /^application\/json\s*(;|$)/i;
const FORM_TYPE = /^multipart\/form-data\s*;/i;

const hasBody = ({headers}: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length']) > 0;

/** Throws the refusal of a body that says to be something other than JSON, as a form's does. */
export const demandJson = (request: IncomingMessage): void => {
  if (hasBody(request) && !JSON_TYPE.test(request.headers['content-type'] ?? '')) {
    throw new BrokerRefused(415, 'content-type-refused', 'A body is application/json.');
  }
};

/** Throws the refusal of a body that says to be something other than a form with files. */
export const demandForm = ({headers}: IncomingMessage): void => {
  if (!FORM_TYPE.test(headers['content-type'] ?? '')) {
    throw new BrokerRefused(415, 'content-type-refused', 'A file is sent as multipart/form-data.');
  }
};

/** Reads a JSON body, an empty object if there is none. Throws the refusal of anything else. */
export const readBody = async (request: IncomingMessage): Promise<unknown> => {
  demandJson(request);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  if (size > MOST_BYTES) throw new BrokerRefused(413, 'body-too-long', 'The body is too long.');
  try {
    return size ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  } catch {
    throw new BrokerRefused(400, 'invalid-json', 'The body is no JSON.');
  }
};
