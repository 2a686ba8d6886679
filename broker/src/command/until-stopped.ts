import type {EventEmitter} from 'node:events';

/** What can be stopped. */
export interface Stoppable {
  /** Ends well: requests under way are waited for. */
  close(): Promise<void>;
}

/** The surroundings, which tests have of their own. */
export interface StopOptions {
  /** Emits signals, as `process` does. */
  readonly signals: Pick<EventEmitter, 'off' | 'on'>;
  /** Ms until a broker that does not end is left as it is. */
  readonly limit?: number;
}

/** How it ended; the exit status goes by it. */
export type Ending =
  | {readonly how: 'closed' | 'hurried' | 'too-slow'}
  | {readonly how: 'failed'; readonly error: unknown};

/**
 * Docker waits for 10 s by default, Kubernetes for 30, systemd for 90. The broker itself gives the last
 * requests 20 s, and their calls to the workspace 5 s more.
 */
const LIMIT = 28_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
const FAILURES = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Resolves when a broker has ended: after a signal it is closed, within the limit; a second signal
 * ends the waiting at once. What nobody has caught ends it, too.
 */
export const untilStopped = (
  broker: Stoppable,
  {signals, limit = LIMIT}: StopOptions,
): Promise<Ending> =>
  new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const end = (ending: Ending) => {
      clearTimeout(timer);
      SIGNALS.forEach((name) => signals.off(name, stop));
      resolve(ending);
    };
    // These stay: an error while all ends must not end the process before its line is written.
    const fail = (error: unknown) => end({how: 'failed', error});
    const stop = () => {
      if (timer) return end({how: 'hurried'});
      timer = setTimeout(() => end({how: 'too-slow'}), limit);
      broker.close().then(() => end({how: 'closed'}), fail);
    };
    SIGNALS.forEach((name) => signals.on(name, stop));
    FAILURES.forEach((name) => signals.on(name, fail));
  });
