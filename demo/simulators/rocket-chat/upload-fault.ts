import type {IncomingMessage} from 'node:http';
import {setTimeout as wait} from 'node:timers/promises';

/** What happens to files on their way to the server. */
export interface UploadFault {
  /** The connection is reset when so many bytes of a form have come. */
  readonly cutAfter?: number;
  /**
   * A form is read at this rate. What the network holds for both sides, on one machine some
   * megabytes, seems to be sent at once all the same.
   */
  readonly bytesPerSecond?: number;
}

/** Hands on the bytes of a form as the fault lets them come. */
export const withFault = async function* (
  request: IncomingMessage,
  {cutAfter = Infinity, bytesPerSecond = Infinity}: UploadFault,
): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > cutAfter) {
      request.socket.resetAndDestroy();
      return;
    }
    const pause = (chunk.length / bytesPerSecond) * 1000;
    if (pause) await wait(pause);
    yield chunk;
  }
};
