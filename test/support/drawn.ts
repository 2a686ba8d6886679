/** How often something is drawn in the frame in which that is most often, by its changes. */
export class Drawn {
  readonly #byFrame = new Map<number, number>();
  readonly #watch: MutationObserver;

  /** @param options default: what comes and goes right below the element */
  constructor(element: Element, options: MutationObserverInit = {childList: true}) {
    // Changes are told together, once for each time that it is drawn. The time of the timeline is one
    // within a frame.
    this.#watch = new MutationObserver(() => {
      const frame = Number(document.timeline.currentTime);
      this.#byFrame.set(frame, (this.#byFrame.get(frame) ?? 0) + 1);
    });
    this.#watch.observe(element, options);
  }

  /** In one frame. */
  get most(): number {
    return Math.max(0, ...this.#byFrame.values());
  }

  /** In all. */
  get times(): number {
    return [...this.#byFrame.values()].reduce((sum, each) => sum + each, 0);
  }

  stop(): void {
    this.#watch.disconnect();
  }
}
