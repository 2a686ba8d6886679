import type {DialRequest} from '../protocol/dial-request.js';
import {ComposedEvent} from './composed-event.js';

/** Who asks: the page's code, a person by our own dial box, or a third-party service. */
export type DialOutOrigin = 'page' | 'person' | 'service';

export interface PexipDialOutRequestDetail {
  readonly request: Readonly<DialRequest>;
  /** Stands in the event that tells the end of this dial-out. */
  readonly requestId: string;
  readonly origin: DialOutOrigin;
}
export interface PexipDialOutSucceededDetail {
  readonly uuid: string;
  readonly displayName?: string;
  readonly requestId: string;
}
export interface PexipDialOutFailedDetail {
  readonly message: string;
  /** A code of docs/errors.md, or the name of the signal's reason. */
  readonly code: string;
  readonly requestId: string;
}

/** Somebody is about to be dialled. Cancelled, nobody is. */
export class PexipDialOutRequestEvent extends ComposedEvent<PexipDialOutRequestDetail> {
  constructor(detail: PexipDialOutRequestDetail) {
    super('pexip-dial-out-request', detail, true);
  }
}

/** The dialled participant has joined. */
export class PexipDialOutSucceededEvent extends ComposedEvent<PexipDialOutSucceededDetail> {
  constructor(detail: PexipDialOutSucceededDetail) {
    super('pexip-dial-out-succeeded', detail);
  }
}

/** A dial-out ended without a participant. */
export class PexipDialOutFailedEvent extends ComposedEvent<PexipDialOutFailedDetail> {
  constructor(detail: PexipDialOutFailedDetail) {
    super('pexip-dial-out-failed', detail);
  }
}

export interface DialOutEventMap {
  'pexip-dial-out-request': PexipDialOutRequestEvent;
  'pexip-dial-out-succeeded': PexipDialOutSucceededEvent;
  'pexip-dial-out-failed': PexipDialOutFailedEvent;
}

declare global {
  interface HTMLElementEventMap extends DialOutEventMap {}
  interface DocumentEventMap extends DialOutEventMap {}
}
