interface Waiting {
  readonly holds: () => boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** What is waited for until something holds, or cannot. */
export class DeskWait {
  #waiting: readonly Waiting[] = [];

  /** Resolves as soon as it holds; now if it does. */
  until(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting = [...this.#waiting, {holds, resolve, reject}];
    });
  }

  /** Something is another. */
  look(): void {
    const all = this.#waiting;
    const now = all.filter(({holds}) => holds());
    if (!now.length) return;
    this.#waiting = all.filter((each) => !now.includes(each));
    for (const {resolve} of now) resolve();
  }

  /** None of it will ever hold. */
  fail(error: Error): void {
    const all = this.#waiting;
    this.#waiting = [];
    for (const {reject} of all) reject(error);
  }
}

/** What is to be soon is waited for so long at most, in ms. */
const SOON = 3_000;

/** Resolves when something is done, or takes too long; rejects as it does until then. */
export const soon = async (done: Promise<unknown> | undefined): Promise<void> => {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, SOON)));
  await Promise.race([done, late]).finally(() => clearTimeout(timer));
};
