/**
 * Makes `wanted` the children of `list`, in this order. What is in its place already is not touched,
 * as a list mostly changes by one that goes to its top.
 *
 * @param pinned the one with the focus, which it would lose if it were moved: others go round it
 */
export const arrange = (
  list: Element,
  wanted: readonly Element[],
  pinned: Element | undefined,
): void => {
  const keep = new Set(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  let next = list.firstElementChild;
  for (const element of wanted) {
    // Passed are: what is before the pinned one, and one that went down, as all that it has passed
    // would go up instead. They are fetched when it is their turn.
    if (element === pinned || (next !== pinned && element === next?.nextElementSibling))
      next = element;
    if (element === next) next = next.nextElementSibling;
    else list.insertBefore(element, next);
  }
};
