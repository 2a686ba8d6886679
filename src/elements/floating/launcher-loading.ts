import {PexipChatError} from '../../errors.js';
import type {loadPart} from '../../parts/load-part.js';
import type {WindowPlace, WindowSide} from '../window/window-types.js';
import type {Desk, DeskPlace} from './desk-types.js';
import type {LauncherFace} from './launcher-face.js';

export type LoadPart = typeof loadPart;

/** How long a page is waited for that never is idle, and one that never has loaded, in ms. */
const IDLE_LATEST = 2_000;
const LOADED_LATEST = 10_000;

/** For the desk and the window: what there is beside their code. */
export interface LoadingPlace extends DeskPlace, Omit<WindowPlace, 'desk'> {}

const ignore = (): void => undefined;
const notCreated = (): PexipChatError =>
  new PexipChatError(
    'not-created',
    'There is no widget with a user: call create() with an accessToken, or give the element one.',
  );

/**
 * What is loaded when: the desk once the page is idle or somebody needs it, the window when it is opened.
 * What did not load is tried again when it is next needed, or there is a network.
 */
export class Loading {
  /** Something did not load. */
  failed = false;
  /** Something is on its way for somebody who has opened the window. */
  opening = false;
  desk: Desk | undefined;
  face: LauncherFace | undefined;
  window: WindowSide | undefined;
  /** Rejects once the widget has no user any more. */
  ended: Promise<never> | undefined;
  readonly #load: LoadPart;
  readonly #place: LoadingPlace;
  #end = ignore;
  #go = ignore;
  #desk: Promise<Desk> | undefined;
  #window: Promise<WindowSide> | undefined;

  constructor(load: LoadPart, place: LoadingPlace) {
    this.#load = load;
    this.#place = place;
  }

  /** There is a user to work for, at the latest from now on. */
  start(): void {
    if (this.ended) return;
    this.ended = new Promise((_, reject) => (this.#end = () => reject(notCreated())));
    this.ended.catch(ignore);
    this.#await();
    const go = (): void => this.#go();
    // WebKit does not tell when a page is idle.
    const whenIdle = (): unknown =>
      (globalThis.requestIdleCallback ?? setTimeout)(go, {timeout: IDLE_LATEST} as never);
    if (document.readyState === 'complete') whenIdle();
    else addEventListener('load', whenIdle, {once: true});
    setTimeout(go, LOADED_LATEST);
  }

  /** There is none any more. */
  stop(): void {
    this.#end();
    this.window?.remove();
    this.face?.stop();
    this.desk?.stop();
    this.#go = ignore;
    this.window = this.face = this.desk = this.#window = this.#desk = this.ended = undefined;
    this.failed = this.opening = false;
  }

  /** The desk, once the page was idle. @throws {PexipChatError} `not-created`, `part-failed` */
  async later(): Promise<Desk> {
    if (!this.#desk) throw notCreated();
    return Promise.race([this.#desk, this.ended!]);
  }

  /** The desk, as soon as it can be. @throws {PexipChatError} `not-created`, `part-failed` */
  now(): Promise<Desk> {
    const later = this.later();
    later.catch(ignore);
    this.#go();
    return later;
  }

  /** The window. @throws {PexipChatError} `not-created`, `part-failed` */
  open(): Promise<WindowSide> {
    return (this.#window ??= this.#open());
  }

  async #open(): Promise<WindowSide> {
    const {ended} = this;
    const {host, changed} = this.#place;
    const desk = this.now();
    this.opening = true;
    changed();
    try {
      // Side by side, and in this order, in which they run: the window and the view need the first.
      const loads = [this.#load('lit'), this.#load('window')] as const;
      // Whoever shows a conversation asks again, and tells what is wrong.
      if (host.getAttribute('view') !== 'embed') this.#load('native').catch(ignore);
      const [, part] = await this.#told(ended, Promise.all(loads));
      return (this.window = part.window({...this.#place, desk: await desk}));
    } catch (error) {
      if (ended === this.ended) this.#window = undefined;
      throw error;
    } finally {
      if (ended === this.ended) {
        this.opening = false;
        changed();
      }
    }
  }

  /** Has the desk loaded once somebody says so. */
  #await(): void {
    const {ended} = this;
    const asked = new Promise<void>((resolve) => (this.#go = resolve));
    this.#desk = asked.then(async () => {
      const part = await this.#told(ended, this.#load('desk'));
      this.face = part.face(this.#place);
      return (this.desk = part.desk(this.#place));
    });
    this.#desk.catch(() => {
      if (ended !== this.ended) return;
      this.#await();
      addEventListener('online', this.#go, {once: true});
    });
  }

  /** Tells what did not load. @param ended of the user for whom it is loaded */
  async #told<Part>(ended: Promise<never> | undefined, load: Promise<Part>): Promise<Part> {
    try {
      const part = await Promise.race([load, ended!]);
      this.failed = false;
      return part;
    } catch (error) {
      if (ended === this.ended) {
        this.failed = true;
        this.#place.report(error as PexipChatError);
        this.#place.changed();
      }
      throw error;
    }
  }
}
