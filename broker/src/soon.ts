/** Resolves with `late` if the work takes longer than `patience` ms; the work goes on. */
export const soon = async <T, L>(work: Promise<T>, patience: number, late: L): Promise<T | L> => {
  let timer: NodeJS.Timeout | undefined;
  const waited = new Promise<L>((resolve) => {
    timer = setTimeout(resolve, patience, late);
  });
  try {
    return await Promise.race([work, waited]);
  } finally {
    clearTimeout(timer);
  }
};
