/** How long one result keeps the others waiting at most, in ms. */
export const ORDER = {patience: 10_000};

const patiently = (ready: Promise<unknown>): Promise<unknown> => {
  let timer: ReturnType<typeof setTimeout>;
  const end = new Promise<void>((resolve) => (timer = setTimeout(resolve, ORDER.patience)));
  return Promise.race([ready, end]).finally(() => clearTimeout(timer));
};

/** Gives results in the order in which they were asked for, whichever is ready first. */
export class InOrder {
  #last: Promise<unknown> = Promise.resolve();

  /**
   * @param ready what the result waits for; undefined: nothing
   * @param result what it is then, ready or not
   */
  give<Result>(ready: Promise<unknown> | undefined, result: () => Result): Promise<Result> {
    // Each one's patience begins now: many in a row take no longer than one.
    const own = ready && patiently(ready);
    const turn = Promise.all([this.#last, own]).then(result);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
