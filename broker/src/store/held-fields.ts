/** A field that is not in the file yet. */
export interface HeldField {
  readonly group: string;
  readonly field: string;
  readonly value: string;
  /** Epoch ms. */
  readonly ends: number;
}

/** What of one group is not in the file yet, in the order of setting. */
export interface HeldGroup {
  readonly most: number;
  readonly fields: readonly HeldField[];
}

interface Group {
  readonly most: number;
  readonly fields: Map<string, HeldField>;
}

/**
 * Fields that are set at each request wait here for a moment, so that the file is written to a few times
 * a second, and of a field that was set again only once.
 */
export class HeldFields {
  readonly #groups = new Map<string, Group>();
  readonly #pause: number;
  readonly #write: () => void;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param pause ms
   * @param write called when something has waited for so long
   */
  constructor(pause: number, write: () => void) {
    this.#pause = pause;
    this.#write = write;
  }

  note(held: HeldField, most: number): void {
    const {group, field} = held;
    const {fields} = this.#groups.get(group) ?? this.#begin(group, most);
    // At its end, as the order says who makes room.
    fields.delete(field);
    fields.set(field, held);
    const [oldest] = fields.size > most ? fields.keys() : [];
    if (oldest !== undefined) fields.delete(oldest);
    this.later();
  }

  /** What a group has here that has not ended: field and value. */
  of(group: string, now: number): readonly (readonly [string, string])[] {
    const fields = [...(this.#groups.get(group)?.fields.values() ?? [])];
    return fields.filter(({ends}) => ends > now).map(({field, value}) => [field, value]);
  }

  /** @returns whether it was there */
  forget(group: string, field: string): boolean {
    return this.#groups.get(group)?.fields.delete(field) ?? false;
  }

  forgetAll(group: string): void {
    this.#groups.delete(group);
  }

  all(): readonly HeldGroup[] {
    return [...this.#groups.values()].map(({most, fields}) => ({
      most,
      fields: [...fields.values()],
    }));
  }

  /** Those are in the file now. What was set again meanwhile stays. */
  written(groups: readonly HeldGroup[]): void {
    for (const held of groups.flatMap(({fields}) => fields)) {
      const fields = this.#groups.get(held.group)?.fields;
      if (fields?.get(held.field) === held) fields.delete(held.field);
    }
    for (const [group, {fields}] of this.#groups) if (!fields.size) this.#groups.delete(group);
    if (this.#groups.size) this.later();
  }

  /** Has `write` called after the pause. */
  later(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#write();
    }, this.#pause).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#groups.clear();
  }

  #begin(group: string, most: number): Group {
    const begun = {most, fields: new Map<string, HeldField>()};
    this.#groups.set(group, begun);
    return begun;
  }
}
