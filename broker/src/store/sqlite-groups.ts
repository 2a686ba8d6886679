import {HeldFields, type HeldGroup} from './held-fields.js';
import {endOf} from './life.js';
import type {SqliteBatch} from './sqlite-batch.js';
import type {SqliteStatements} from './sqlite-statements.js';
import {keep, kept} from './text.js';

/** Ms for which what is held waits for the file. */
export const FORGETS = 500;

/** The fields of groups of the file, and those that wait to be written to it. */
export class SqliteGroups {
  readonly #batch: SqliteBatch;
  readonly #do: SqliteStatements;
  readonly #held: HeldFields;
  /** What waits to be written. While nothing does, what is held need not wait either. */
  #writing = 0;

  constructor(batch: SqliteBatch, statements: SqliteStatements) {
    this.#batch = batch;
    this.#do = statements;
    this.#held = new HeldFields(FORGETS, () => this.flush());
  }

  put(group: string, field: string, value: string, ttl: number): Promise<void> {
    return this.#write(() => {
      this.#held.forget(group, field);
      this.#do.put(keep(group), keep(field), keep(value), endOf(ttl));
    });
  }

  async hold(
    group: string,
    field: string,
    value: string,
    ttl: number,
    most: number,
  ): Promise<void> {
    const held = {group, field, value, ends: endOf(ttl)};
    if (this.#writing || !this.#batch.isOpen)
      return this.#batch.read(() => this.#held.note(held, most));
    this.#held.note(held, most);
  }

  field(group: string, field: string): Promise<string | undefined> {
    return this.#batch.read(() => this.#now(group, field));
  }

  swap(
    group: string,
    field: string,
    old: string | undefined,
    value: string,
    ttl: number,
  ): Promise<boolean> {
    return this.#write(() => {
      if (this.#now(group, field) !== old) return false;
      this.#held.forget(group, field);
      this.#do.put(keep(group), keep(field), keep(value), endOf(ttl));
      return true;
    });
  }

  remove(group: string, field: string): Promise<boolean> {
    return this.#write(() => {
      const held = this.#held.forget(group, field);
      return this.#do.remove(keep(group), keep(field), Date.now()) > 0 || held;
    });
  }

  entries(group: string): Promise<ReadonlyMap<string, string>> {
    return this.#batch.read(() => {
      const rows = this.#do.entries(keep(group), Date.now());
      const entries = new Map(rows.map(([field, value]) => [kept(field), kept(value)]));
      for (const [field, value] of this.#held.of(group, Date.now())) entries.set(field, value);
      return entries;
    });
  }

  delete(group: string): Promise<void> {
    return this.#write(() => {
      this.#held.forgetAll(group);
      this.#do.deleteGroup(keep(group));
    });
  }

  /** Writes what was held. What cannot be written stays, and is tried again. */
  async flush(): Promise<void> {
    let groups: readonly HeldGroup[] = [];
    try {
      await this.#write(() => {
        groups = this.#held.all();
        for (const {most, fields} of groups) {
          for (const {group, field, value, ends} of fields)
            this.#do.put(keep(group), keep(field), keep(value), ends);
          const [first] = fields;
          if (first) this.#do.trim(keep(first.group), most);
        }
      });
      this.#held.written(groups);
    } catch {
      this.#held.later();
    }
  }

  close(): void {
    this.#held.close();
  }

  #now(group: string, field: string): string | undefined {
    const now = Date.now();
    const held = this.#held.of(group, now).find(([name]) => name === field);
    if (held) return held[1];
    const row = this.#do.field(keep(group), keep(field), now);
    return row && kept(row[0]);
  }

  #write<T>(work: () => T): Promise<T> {
    this.#writing += 1;
    return this.#batch.write(work).finally(() => (this.#writing -= 1));
  }
}
