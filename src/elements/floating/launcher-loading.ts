import {PexipChatError} from '../../errors.js';
import type {loadPart} from '../../parts/load-part.js';
import type {WindowPlace, WindowSide} from '../window/window-types.js';
import type {Desk, DeskPlace} from './desk-types.js';
import {whenIdle} from './launcher-idle.js';

export type LoadPart = typeof loadPart;

/** What is said of operations on a widget that is not there, or knows no user. */
export const notCreated = (): PexipChatError =>
  new PexipChatError(
    'not-created',
    'There is no widget with a user: call create() with an accessToken first, or give the element one.',
  );

/** For the desk and the window: what there is beside their code. */
export interface LoadingPlace {
  readonly desk: DeskPlace;
  readonly window: Omit<WindowPlace, 'desk'>;
  /** A conversation is shown by elements of our own. */
  native(): boolean;
}

/**
 * What is loaded when: the desk once the page is idle or somebody needs it, the window when it is opened.
 * What did not load is tried again when it is next needed, or there is a network.
 */
export class Loading {
  /** Something did not load. */
  failed = false;
  desk: Desk | undefined;
  window: WindowSide | undefined;
  readonly #load: LoadPart;
  readonly #place: LoadingPlace;
  #life: AbortController | undefined;
  #go: () => void = () => undefined;
  #deskLater: Promise<Desk> | undefined;
  #windowLater: Promise<WindowSide> | undefined;

  constructor(load: LoadPart, place: LoadingPlace) {
    this.#load = load;
    this.#place = place;
  }

  /** There is a user to work for, at the latest from now on. */
  start(): void {
    if (this.#life) return;
    const {signal} = (this.#life = new AbortController());
    this.#await(signal);
    whenIdle(() => this.#go(), signal);
  }

  /** There is none any more. */
  stop(): void {
    this.#life?.abort();
    this.window?.remove();
    this.desk?.stop();
    this.#life = this.desk = this.window = this.#deskLater = this.#windowLater = undefined;
    this.failed = false;
  }

  /** The desk, once the page was idle. @throws {PexipChatError} `not-created`, `part-failed` */
  later(): Promise<Desk> {
    return this.#deskLater ?? Promise.reject(notCreated());
  }

  /** The desk, as soon as it can be. @throws {PexipChatError} `not-created`, `part-failed` */
  now(): Promise<Desk> {
    const later = this.later();
    this.#go();
    return later;
  }

  /** The window. @throws {PexipChatError} `not-created`, `part-failed` */
  open(): Promise<WindowSide> {
    const desk = this.now();
    if (this.#windowLater) return this.#windowLater;
    const signal = this.#life?.signal;
    const opening = this.#open(desk, signal);
    if (!signal) return opening;
    this.#windowLater = opening;
    opening.catch((error: PexipChatError) => {
      if (signal.aborted) return;
      this.#windowLater = undefined;
      // That the desk is not there was told already.
      if (this.desk) this.#tell(error);
    });
    return opening;
  }

  async #open(later: Promise<Desk>, signal: AbortSignal | undefined): Promise<WindowSide> {
    // Side by side, and in this order, in which they run: the second and the third need the first.
    const loads = [this.#load('lit'), this.#load('window')] as const;
    // Whoever shows a conversation asks again, and tells what is wrong.
    if (this.#place.native()) this.#load('native').catch(() => undefined);
    const [desk, , {window}] = await Promise.all([later, ...loads]);
    if (signal?.aborted) throw notCreated();
    this.failed = false;
    return (this.window = window({...this.#place.window, desk}));
  }

  /** Has the desk loaded once somebody says so. */
  #await(signal: AbortSignal): void {
    this.#deskLater = new Promise<void>((resolve, reject) => {
      this.#go = resolve;
      signal.addEventListener('abort', () => reject(notCreated()));
    })
      .then(() => this.#load('desk'))
      .then(({desk}) => {
        if (signal.aborted) throw notCreated();
        this.failed = false;
        return (this.desk = desk(this.#place.desk));
      });
    this.#deskLater.catch((error: PexipChatError) => {
      if (signal.aborted) return;
      this.#await(signal);
      addEventListener('online', this.#go, {once: true, signal});
      this.#tell(error);
    });
  }

  #tell(error: PexipChatError): void {
    this.failed = true;
    this.#place.desk.report(error);
    this.#place.desk.changed();
  }
}
