/**
 * Something that is loaded when it is first asked for.
 *
 * @returns a function that gives it once it is there; until then it calls back all who have asked. A
 * load that has failed is tried again when somebody asks the next time.
 */
export const later = <Part>(
  load: () => Promise<Part>,
): ((there: () => void) => Part | undefined) => {
  let part: Part | undefined;
  let loading: Promise<unknown> | undefined;
  const waiting = new Set<() => void>();
  return (there) => {
    if (part) return part;
    waiting.add(there);
    loading ??= load().then(
      (loaded) => {
        part = loaded;
        for (const each of waiting) each();
        waiting.clear();
      },
      () => {
        // Whoever shows something does so without it.
        loading = undefined;
      },
    );
    return;
  };
};
