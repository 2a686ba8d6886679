import type {FastifyBaseLogger} from 'fastify';

import type {Audit, AuditEvent} from './audit.js';
import type {Store} from './store/store.js';

/** What an audit log works with. */
export interface AuditOptions {
  readonly store: Pick<Store, 'append' | 'prune'>;
  readonly log: Pick<FastifyBaseLogger, 'error' | 'info'>;
  /** Ms for which an entry is kept. */
  readonly retention: number;
}

/** The name of the store's log. */
export const AUDIT_LOG = 'audit';

const HOUR = 3_600_000;
const TEXT = 200;

/** With short texts only: some of them are an application's or a server's. */
const shortened = ({what, alias, detail}: AuditEvent): AuditEvent => ({
  what,
  alias,
  ...(detail && {
    detail: Object.fromEntries(
      Object.entries(detail).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, TEXT) : value,
      ]),
    ),
  }),
});

class AuditLog implements Audit {
  readonly #options: AuditOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #underWay = new Set<Promise<void>>();

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#timer = setInterval(() => this.#track(this.#prune()), HOUR);
    this.#timer.unref();
    this.#track(this.#prune());
  }

  note(event: AuditEvent): Promise<void> {
    return this.#track(this.#keep(shortened(event)));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await Promise.all(this.#underWay);
  }

  /** For {@link close}, after which the store may be closed. */
  #track(work: Promise<void>): Promise<void> {
    this.#underWay.add(work);
    return work.finally(() => this.#underWay.delete(work));
  }

  async #keep(event: AuditEvent): Promise<void> {
    const {store, log} = this.#options;
    // The line first: what happened is known then, even if the store is not there.
    log.info({audit: event}, 'audit');
    try {
      await store.append(AUDIT_LOG, {at: Date.now(), value: JSON.stringify(event)});
    } catch (err) {
      log.error({err, audit: event}, 'This event is missing in the audit log of the store.');
    }
  }

  async #prune(): Promise<void> {
    const {store, log, retention} = this.#options;
    try {
      await store.prune(AUDIT_LOG, Date.now() - retention);
    } catch (err) {
      log.error({err}, 'Old events stay in the audit log for now. The next try is in an hour.');
    }
  }
}

/**
 * Keeps the audit log: each event is a line `{audit: …}` of the log, and an entry of the store's log
 * `audit`, for the time of retention.
 */
export const createAudit = (options: AuditOptions): Audit => new AuditLog(options);
