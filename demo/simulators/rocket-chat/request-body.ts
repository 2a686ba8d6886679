import type {IncomingMessage} from 'node:http';

const MOST_BYTES = 1_000_000;

/** Reads a JSON body; `undefined` if it is too long or no JSON, an empty object if there is none. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MOST_BYTES) chunks.push(chunk);
  }
  if (size > MOST_BYTES) return;
  try {
    return size ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  } catch {
    return;
  }
};
