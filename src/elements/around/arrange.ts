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
    if (element === pinned) {
      const later: Element[] = [];
      for (; next && next !== pinned; next = next.nextElementSibling) later.push(next);
      pinned.after(...later);
    }
    // One that went down would have all that it has passed go up: it goes instead, and is met again.
    if (next && next !== pinned && element === next.nextElementSibling) {
      list.append(next);
      next = element;
    }
    if (element === next) next = next.nextElementSibling;
    else list.insertBefore(element, next);
  }
};
