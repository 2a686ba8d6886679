/** A page that gets no frames draws without them, not more often (next-frame.ts, with some room for its clock). */
const WITHOUT_FRAME = 225;

/** How often something is drawn in the frame in which that is most often, by its changes. */
export class Drawn {
  readonly #inFrames: number[] = [];
  #frame = NaN;
  #last = NaN;
  readonly #watch: MutationObserver;

  /** @param options default: what comes and goes right below the element */
  constructor(element: Element, options: MutationObserverInit = {childList: true}) {
    // Changes are told together, once for each time that it is drawn. The time of the timeline is one
    // within a frame.
    this.#watch = new MutationObserver(() => {
      const frame = Number(document.timeline.currentTime);
      const now = performance.now();
      // Where frames fail to come for so long, two of such drawings are in the time of one.
      if (frame !== this.#frame || now - this.#last >= WITHOUT_FRAME) this.#inFrames.push(0);
      this.#inFrames[this.#inFrames.length - 1]! += 1;
      this.#frame = frame;
      this.#last = now;
    });
    this.#watch.observe(element, options);
  }

  /** In one frame. */
  get most(): number {
    return Math.max(0, ...this.#inFrames);
  }

  /** In all. */
  get times(): number {
    return this.#inFrames.reduce((sum, each) => sum + each, 0);
  }

  stop(): void {
    this.#watch.disconnect();
  }
}
