import type {Store} from '../store/store.js';
import type {MeetingEvent} from './sink-event.js';

/** Clocks may differ by so much, ms. */
export const TOLERANCE = 5 * 60_000;
const GROUP = 'event-clocks';
const DAY = 24 * 60 * 60_000;

/** Both in ms; `lead` is by how much a clock is ahead. */
const setBack = (event: MeetingEvent, lead: number): MeetingEvent => {
  const time = event.time - lead;
  if (event.kind === 'conference') return {...event, time};
  const {since, ...said} = event.said;
  return {...event, time, said: since === undefined ? said : {...said, since: since - lead}};
};

/**
 * The clocks of Conferencing Nodes, as far as they are ahead. Else whatever such a node has told would
 * count as the last word until its time is reached.
 *
 * A lead is measured once and kept for a day, so that an event that comes twice has the same time
 * twice. A clock that is behind cannot be told from events that come late: its events stay as they are,
 * in their own order.
 */
export class NodeClocks {
  readonly #store: Pick<Store, 'field' | 'swap'>;

  constructor(store: Pick<Store, 'field' | 'swap'>) {
    this.#store = store;
  }

  /**
   * Sets those back that are from the future.
   *
   * @param arrival epoch ms
   * @returns the events, and the nodes whose lead was measured just now
   */
  async mend(
    events: readonly MeetingEvent[],
    arrival: number,
  ): Promise<{
    readonly events: readonly MeetingEvent[];
    readonly ahead: ReadonlyMap<string, number>;
  }> {
    const latest = new Map<string, number>();
    const ahead = new Map<string, number>();
    for (const {node, time} of events)
      if (time > arrival + TOLERANCE) latest.set(node, Math.max(time, latest.get(node) ?? 0));
    if (!latest.size) return {events, ahead};
    const leads = new Map<string, number>();
    for (const [node, time] of latest) {
      const {lead, isNew} = await this.#leadOf(node, time, arrival);
      leads.set(node, lead);
      if (isNew) ahead.set(node, lead);
    }
    const mended = events.map((event) => {
      const lead = leads.get(event.node);
      const isAhead = lead !== undefined && event.time > arrival + TOLERANCE;
      return isAhead ? setBack(event, lead) : event;
    });
    return {events: mended, ahead};
  }

  async #leadOf(
    node: string,
    time: number,
    arrival: number,
  ): Promise<{readonly lead: number; readonly isNew: boolean}> {
    for (;;) {
      const known = await this.#store.field(GROUP, node);
      // It is measured again only if it is further ahead than before.
      if (known !== undefined && time - Number(known) <= arrival + TOLERANCE)
        return {lead: Number(known), isNew: false};
      const lead = Math.round(time - arrival);
      if (await this.#store.swap(GROUP, node, known, String(lead), DAY)) return {lead, isNew: true};
    }
  }
}
