import {type Readable, Transform, type TransformCallback} from 'node:stream';

import {BrokerError} from '../errors.js';

/** How long a caller may send nothing in the middle of a body, ms. */
const STALL = 60_000;
/** How long the rest of a refused body is read, ms. */
const LINGER = 30_000;

/** The refusal of a body of more than so many bytes. */
export const bodyTooLarge = (limit: number): BrokerError =>
  new BrokerError(
    413,
    'body-too-large',
    `This body is larger than the ${limit} bytes that the broker takes. Send less; the operator may raise the limit.`,
  );

/**
 * Reads on what nobody needs, so that the caller comes to read the refusal, and not a reset; at most
 * so many bytes, then his connection is cut.
 */
export const drain = (source: Readable, most: number): void => {
  if (source.readableEnded || source.destroyed) return;
  let left = most;
  const timer = setTimeout(() => source.destroy(), LINGER);
  timer.unref();
  source.once('close', () => clearTimeout(timer));
  source.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) source.destroy();
  });
  source.resume();
};

/** Counts the bytes of a body while they flow, and ends it when they are too many. */
class BodyMeter extends Transform {
  readonly #limit: number;
  #count = 0;

  constructor(limit: number) {
    super();
    this.#limit = limit;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#count += chunk.length;
    if (this.#count > this.#limit) done(bodyTooLarge(this.#limit));
    else done(null, chunk);
  }
}

/**
 * A body as it comes, as fast as it is read. It fails with `body-too-large` after `limit` bytes, and
 * with the caller's connection, which also ends if nothing comes for a minute. What is left when it
 * is no longer read is read on for a while.
 */
export const metered = (source: Readable, limit: number): Readable => {
  const meter = new BodyMeter(limit);
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => source.destroy(), STALL);
    timer.unref();
  };
  wait();
  source.on('data', wait);
  source.on('error', (cause) => meter.destroy(cause));
  source.once('close', () => {
    if (!source.readableEnded) meter.destroy(new Error('The caller has left in mid-body.'));
  });
  source.once('end', () => clearTimeout(timer));
  // Its reader hears of an error, too; one that comes when there is none must not end the process.
  meter.on('error', () => {});
  meter.once('close', () => {
    clearTimeout(timer);
    source.unpipe(meter);
    drain(source, limit);
  });
  return source.pipe(meter);
};
