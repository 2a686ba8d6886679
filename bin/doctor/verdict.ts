import type {Finding} from '../../src/protocol/findings.js';

import type {Scene} from './scene.js';

/** What a check has found; with the id of the check it is a {@link Finding}. */
export type Verdict = Omit<Finding, 'id'>;

/** Which product a check is about. */
export type Subject = 'Pexip Infinity' | 'Plugin' | 'Rocket.Chat' | 'Page' | 'Broker';

/** One thing that a meeting with a chat needs, and how it is looked at. */
export interface Check {
  /** Stable: a heading of docs/doctor.md. */
  readonly id: string;
  readonly subject: Subject;
  /** Left out of the findings where this says no; default always there. */
  readonly when?: (scene: Scene) => boolean;
  /** Rejects only by a defect of the doctor. */
  run(scene: Scene): Promise<Verdict> | Verdict;
}

/** Seen to be right. */
export const ok = (message: string, remedy = ''): Verdict => ({status: 'ok', message, remedy});

/** Seen to be wrong; the remedy says what to change, and where. */
export const wrong = (message: string, remedy: string): Verdict => ({
  status: 'wrong',
  message,
  remedy,
});

/** Not to be seen from here; the remedy says how to check it by hand. */
export const unchecked = (message: string, remedy: string): Verdict => ({
  status: 'unchecked',
  message,
  remedy,
});
