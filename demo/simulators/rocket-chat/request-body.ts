import type {IncomingMessage} from 'node:http';

import {type UploadFault, withFault} from './upload-fault.js';

const MOST_BYTES = 1_000_000;
// Above the largest file of the factory settings, so that it is the setting that refuses.
const MOST_FORM_BYTES = 128_000_000;

/** What a request of the REST API says. */
export interface RequestBody {
  /** An object; empty where nothing was said. */
  readonly fields: unknown;
  /** The file of a form. */
  readonly file: File | undefined;
}

const readBytes = async (
  request: AsyncIterable<Buffer>,
  most: number,
): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
  }
  return size > most ? undefined : Buffer.concat(chunks);
};

/** Reads a JSON body; `undefined` if it is too long or no JSON, an empty object if there is none. */
export const readJson = async (request: IncomingMessage, most = MOST_BYTES): Promise<unknown> => {
  const bytes = await readBytes(request, most);
  if (!bytes) return;
  try {
    return bytes.length ? JSON.parse(bytes.toString()) : {};
  } catch {
    return;
  }
};

const readForm = async (
  request: IncomingMessage,
  type: string,
  fault: UploadFault,
): Promise<RequestBody | undefined> => {
  const bytes = await readBytes(withFault(request, fault), MOST_FORM_BYTES);
  if (!bytes) return;
  try {
    const form = await new Response(new Uint8Array(bytes), {
      headers: {'content-type': type},
    }).formData();
    const entries = [...form.entries()];
    const file = entries.map(([, value]) => value).find((value) => value instanceof File);
    const fields = Object.fromEntries(entries.filter(([, value]) => typeof value === 'string'));
    return {fields, file};
  } catch {
    return;
  }
};

/**
 * Reads a body of JSON, or a form with a file; `undefined` if it is neither.
 *
 * @param fault what happens to a form on its way
 */
export const readBody = async (
  request: IncomingMessage,
  fault: UploadFault = {},
): Promise<RequestBody | undefined> => {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('multipart/form-data')) return readForm(request, type, fault);
  const fields = await readJson(request);
  return fields === undefined ? undefined : {fields, file: undefined};
};
