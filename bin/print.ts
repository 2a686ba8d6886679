/** Writes to the standard output; resolves when it is written, also to a pipe. */
export const print = (text: string): Promise<void> => written(process.stdout, text);

/** Writes to the standard error. */
export const complain = (text: string): Promise<void> => written(process.stderr, text);

const written = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve) => {
    stream.write(`${text}\n`, () => resolve());
  });

/** Whether the standard output takes colours: a terminal, and nobody said NO_COLOR (no-color.org). */
export const takesColour = (): boolean => Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'];
