import {make, setWords} from '../dom.js';
import {launcherFaceEnglish} from '../strings/launcher-face-en.js';
import {plural} from '../strings/plural.js';
import type {Language} from '../strings/strings.js';

/** What comes within this time is said in one go, ms. */
const TOGETHER = 1_000;
/** Between two announcements, ms: a screen reader finishes one before the next. */
const PAUSE = 4_000;

/** Says to screen readers that there are more unread messages than before. */
export class LauncherNews {
  readonly #region = make('div', {role: 'status', class: 'news'});
  /** What is said or was there before; undefined until the chats are known. */
  #said: number | undefined;
  #now = 0;
  #language: Language | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastSaid = -Infinity;

  constructor(root: ShadowRoot) {
    root.append(this.#region);
  }

  /** @param count undefined: not known @param open whoever has the window open, sees it */
  follow(count: number | undefined, open: boolean, language: Language): void {
    this.#language = language;
    if (count === undefined) return;
    this.#now = count;
    if (open || !(count > (this.#said ?? Infinity))) {
      this.#said = count;
      this.#timer = void clearTimeout(this.#timer);
    } else
      this.#timer ??= setTimeout(
        () => this.#say(),
        Math.max(TOGETHER, this.#lastSaid + PAUSE - performance.now()),
      );
  }

  stop(): void {
    this.#timer = this.#said = void clearTimeout(this.#timer);
    this.#region.remove();
  }

  #say(): void {
    const language = this.#language!;
    const {launcherNews} = {...launcherFaceEnglish, ...language.strings};
    this.#timer = undefined;
    this.#said = this.#now;
    this.#lastSaid = performance.now();
    // Nobody is there to hear it; who comes back sees the badge.
    if (document.visibilityState === 'hidden') return;
    setWords(this.#region, plural(language.tag, launcherNews, this.#now), language);
  }
}
