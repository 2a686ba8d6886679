import {AUDIT_LOG} from '../audit-log.js';
import type {LogEntry, Store} from '../store/store.js';

/** Which events, and where they go. */
export interface AuditQuery {
  /** Epoch ms. */
  readonly since: number;
  /** Of this user only. */
  readonly alias?: string;
  /** Gets a line each. */
  write(line: string): void;
}

const PAGE = 1000;

/** All entries, page by page: entries of the same ms can be on two pages. */
async function* entriesOf(store: Pick<Store, 'read'>, since: number): AsyncGenerator<LogEntry> {
  let from = since;
  let known = 0;
  for (;;) {
    const limit = PAGE + known;
    const page = await store.read(AUDIT_LOG, from, limit);
    yield* page.slice(known);
    const last = page.at(-1);
    if (!last || page.length < limit) return;
    from = last.at;
    known = page.filter(({at}) => at === from).length;
  }
}

const eventOf = ({value}: LogEntry): Readonly<Record<string, unknown>> | undefined => {
  try {
    const event: unknown = JSON.parse(value);
    return typeof event === 'object' && event !== null ? {...event} : undefined;
  } catch {
    return undefined;
  }
};

/** Writes the audit log of a store: a line of JSON for each event, the oldest first. */
export const printAudit = async (
  store: Pick<Store, 'read'>,
  {since, alias, write}: AuditQuery,
): Promise<void> => {
  for await (const entry of entriesOf(store, since)) {
    const event = eventOf(entry);
    if (!event || (alias !== undefined && event['alias'] !== alias)) continue;
    write(`${JSON.stringify({at: new Date(entry.at).toISOString(), ...event})}\n`);
  }
};
