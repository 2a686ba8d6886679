/** So many messages are a page. */
const PAGE = 10;

/**
 * Where a key leads from a message of a list; it is taken where it leads somewhere.
 *
 * @param at the index of the message
 * @param last that of the newest one
 * @returns an index; undefined where the key means nothing here
 */
export const stepFrom = (event: KeyboardEvent, at: number, last: number): number | undefined => {
  const {key, altKey, ctrlKey, metaKey, shiftKey} = event;
  if (event.defaultPrevented || altKey || ctrlKey || metaKey || shiftKey) return;
  const steps: Readonly<Record<string, number>> = {
    ArrowUp: at - 1,
    ArrowDown: at + 1,
    PageUp: at - PAGE,
    PageDown: at + PAGE,
    Home: 0,
    End: last,
  };
  const next = steps[key];
  if (next === undefined || at < 0) return;
  // The list would scroll.
  event.preventDefault();
  return Math.max(0, Math.min(last, next));
};
