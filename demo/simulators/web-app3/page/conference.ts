import type {ConferenceStatus} from '@pexip/plugin-api';

import type {HostEvent} from './rpc.js';

/** What can change in a conference while it lasts. */
export type ConferenceSwitches = Pick<ConferenceStatus, 'guestsMuted' | 'locked'>;

const INITIAL: ConferenceStatus = {
  locked: false,
  guestsMuted: false,
  allMuted: false,
  started: true,
  liveCaptionsAvailable: false,
  breakoutRooms: false,
  directMedia: false,
  presentationAllowed: true,
  breakout: false,
  rawData: {} as ConferenceStatus['rawData'],
};

/** What holds for the whole conference. */
export class Conference {
  readonly #send: (event: HostEvent) => void;
  #status = INITIAL;

  constructor(send: (event: HostEvent) => void) {
    this.#send = send;
  }

  get switches(): ConferenceSwitches {
    return this.#status;
  }

  /** Tells the status to plugins. */
  tell(): void {
    this.#send({event: 'event:conferenceStatus', payload: {id: 'main', status: this.#status}});
  }

  /** Changes the status, and tells it if it differs. */
  change(changes: Partial<ConferenceSwitches>): void {
    const status = {...this.#status, ...changes};
    const isSame =
      status.guestsMuted === this.#status.guestsMuted && status.locked === this.#status.locked;
    this.#status = status;
    if (!isSame) this.tell();
  }

  /** The next conference starts as every one does. */
  reset(): void {
    this.#status = INITIAL;
  }
}
