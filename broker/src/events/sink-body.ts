import {field, identifier, LIMITS} from '../../../src/protocol/guards.js';
import {parseSinkEvent, type MeetingEvent, type SessionEvent} from './sink-event.js';

/** What one request of Pexip Infinity tells. */
export interface SinkBody {
  readonly events: readonly MeetingEvent[];
  readonly sessions: readonly SessionEvent[];
  /** Names of events of which nothing is known, each once. */
  readonly unknown: ReadonlySet<string>;
  /** How many there were of conferences that are no broker's. */
  readonly foreign: number;
  /** How many were no events, and were left out. */
  readonly bad: number;
}

/**
 * Reads the body of `POST /events`: one event, or a bulk of them. In a bulk what is no event is left
 * out, and the others count. So is one by itself that has a name but not all that it needs: were it
 * refused, Pexip Infinity would send it again and again, and those that wait behind it never.
 *
 * @returns `undefined` if it is neither
 */
export const parseSinkBody = (body: unknown): SinkBody | undefined => {
  const isBulk = field(body, 'event') === 'eventsink_bulk';
  const data = field(body, 'data');
  if (isBulk && !Array.isArray(data)) return;
  const entries: readonly unknown[] = isBulk ? (data as unknown[]) : [body];
  const node = isBulk ? identifier(field(body, 'node'), LIMITS.name) : undefined;
  const events: MeetingEvent[] = [];
  const sessions: SessionEvent[] = [];
  const unknown = new Set<string>();
  let foreign = 0;
  let bad = 0;
  for (const entry of entries) {
    const event = parseSinkEvent(entry, node);
    if (!event) bad++;
    else if (event.kind === 'foreign') foreign++;
    else if (event.kind === 'unknown') unknown.add(event.name);
    else if (event.kind === 'session') sessions.push(event);
    else if ('meeting' in event) events.push(event);
  }
  if (!isBulk && bad && identifier(field(body, 'event')) === undefined) return;
  return {events, sessions, unknown, foreign, bad};
};
