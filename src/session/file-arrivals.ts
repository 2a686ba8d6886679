import {field, identifier} from '../protocol/guards.js';
import type {LiveSession} from './live-session.js';

/** So long the message of a file is waited for, ms; a connection that went with the answer is mostly back by then. */
export const ARRIVAL_PACE = {patience: 15_000};

export interface FileArrivals {
  /** Resolves with whether a file has come, at once or within 15 seconds. */
  readonly arrived: (fileId: string) => Promise<boolean>;
  /** Hears of nothing any more. */
  readonly end: () => void;
}

/** Hears which files come to a room, for whoever does not know whether the server took theirs. */
export const hearFiles = (
  session: Pick<LiveSession, 'subscribe'>,
  roomId: string,
): FileArrivals => {
  const came = new Set<unknown>();
  let tell = (): void => undefined;
  const end = session.subscribe((_, fact) => {
    if (fact.type !== 'put' || fact.message.roomId !== roomId) return;
    came.add(identifier(field(field(fact.message.raw, 'file'), '_id')));
    tell();
  });
  const arrived = (fileId: string): Promise<boolean> =>
    new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        resolve(came.has(fileId));
      };
      const timer = setTimeout(settle, ARRIVAL_PACE.patience);
      tell = () => {
        if (came.has(fileId)) settle();
      };
      tell();
    });
  return {arrived, end};
};
