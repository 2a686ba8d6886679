/** An event as Infinity's event sink, version 2, puts it (docs.pexip.com/admin/event_sink.htm). */
export interface SinkEvent {
  /** Address of the Conferencing Node that tells it. */
  readonly node: string;
  /** Counted by each node on its own, from 1 on after each start of its sink. */
  readonly seq: number;
  readonly version: 2;
  /** Epoch seconds by the node's clock. */
  readonly time: number;
  readonly event: string;
  readonly data: unknown;
}

/** Several events in one request, as after an outage. */
export interface BulkEvent extends SinkEvent {
  readonly seq: 0;
  readonly event: 'eventsink_bulk';
  readonly data: readonly SinkEvent[];
}
