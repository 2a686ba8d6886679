import type {PexipChatError} from '../../errors.js';
import type {loadPart} from '../../parts/load-part.js';
import type {WindowPlace, WindowSide} from '../window/window-types.js';
import {notCreated} from './desk-errors.js';
import type {Desk, DeskPlace} from './desk-types.js';
import type {FacePlace, LauncherFace} from './launcher-face.js';

export type LoadPart = typeof loadPart;

/** How long a page is waited for that never is idle, and one that never has loaded, in ms. */
const IDLE_LATEST = 2_000;
const LOADED_LATEST = 10_000;

/** For the desk and the window: what there is beside their code. */
export interface LoadingPlace extends DeskPlace, FacePlace, Omit<WindowPlace, 'desk'> {}

export const ignore = (): void => undefined;
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
  /** A `create()` that is under way. */
  creating: Promise<unknown> | undefined;
  readonly #load: LoadPart;
  readonly #place: LoadingPlace;
  /** Another one for each time that there is a user. */
  #life: AbortSignal | undefined;
  #go = ignore;
  #desk: Promise<Desk> | undefined;
  #window: Promise<WindowSide> | undefined;

  constructor(load: LoadPart, place: LoadingPlace) {
    this.#load = load;
    this.#place = place;
  }

  /** There is a user to work for, from now on. @param life until when */
  start(life: AbortSignal): void {
    this.#life = life;
    this.#await();
    const go = this.#go;
    // WebKit does not tell when a page is idle.
    const whenIdle = (): unknown =>
      (globalThis.requestIdleCallback ?? setTimeout)(go, {timeout: IDLE_LATEST} as never);
    if (document.readyState === 'complete') whenIdle();
    else addEventListener('load', whenIdle, {once: true, signal: life});
    setTimeout(go, LOADED_LATEST);
  }

  /** There is none any more. */
  stop(): void {
    this.window?.remove();
    this.face?.stop();
    this.desk?.stop();
    this.window = this.face = this.desk = this.#window = this.#desk = this.#life = undefined;
    this.failed = this.opening = false;
    // Whoever waits for the desk is told that there will be none.
    this.#go();
  }

  /** The desk, once the page was idle. @throws {PexipChatError} `not-created`, `part-failed` */
  async later(): Promise<Desk> {
    if (!this.#desk) throw notCreated();
    return this.#desk;
  }

  /**
   * The desk, as soon as it can be; also that of a widget which is on its way into the page.
   *
   * @throws {PexipChatError} `not-created`, `part-failed`; what {@link creating} rejects with
   */
  async now(): Promise<Desk> {
    if (!this.#life) await this.creating;
    this.#go();
    return this.later();
  }

  /** The window. @throws {PexipChatError} `not-created`, `part-failed` */
  open(): Promise<WindowSide> {
    if (!this.#life) return Promise.reject(notCreated());
    return (this.#window ??= this.#open(this.#life));
  }

  async #open(life: AbortSignal): Promise<WindowSide> {
    const {host} = this.#place;
    try {
      this.opening = true;
      this.failed = false;
      this.#place.changed();
      // Side by side, and in this order, in which they run: the window and the view need the first.
      const loads = [this.now(), this.#load('lit'), this.#load('window')] as const;
      // Whoever shows a conversation asks again, and tells what is wrong.
      this.#load(host.getAttribute('view') === 'embed' ? 'embed' : 'native').catch(ignore);
      const [desk, , part] = await Promise.all(loads);
      this.#check(life);
      this.window = part.window({...this.#place, desk});
      this.opening = false;
      this.#place.changed();
      return this.window;
    } catch (error) {
      if (this.#tell(life, error)) this.#window = undefined;
      throw error;
    }
  }

  /** Has the desk loaded once somebody says so. */
  #await(): void {
    const life = this.#life!;
    this.#desk = new Promise<void>((go) => (this.#go = go))
      .then(() => {
        this.#check(life);
        this.failed = false;
        return this.#load('desk');
      })
      .then(({desk, face}) => {
        this.#check(life);
        this.face = face(this.#place);
        this.desk = desk(this.#place);
        this.#place.changed();
        return this.desk;
      });
    this.#desk.catch((error) => {
      if (!this.#tell(life, error)) return;
      this.#await();
      addEventListener('online', this.#go, {once: true, signal: life});
    });
  }

  #check({aborted}: AbortSignal): void {
    if (aborted) throw notCreated();
  }

  /** Tells what did not load. @returns whether anybody still waits for it */
  #tell({aborted}: AbortSignal, error: unknown): boolean {
    if (aborted) return false;
    this.opening = false;
    this.failed = true;
    this.#place.report(error as PexipChatError);
    this.#place.changed();
    return true;
  }
}
