/** Leaks made on purpose, each by what it leaks: the gate must catch every one. */
const kept: unknown[] = [];

export const leaks = {
  none: () => undefined,
  listener: (element: Element) => document.addEventListener('bench', () => element.isConnected),
  timer: (element: Element) => setTimeout(() => element.isConnected, 1_000_000),
  node: (element: Element) => kept.push(element),
  /** About one kilobyte. */
  heap: () => kept.push(new Array(256).fill(0)),
} as const satisfies Record<string, (element: Element) => unknown>;
