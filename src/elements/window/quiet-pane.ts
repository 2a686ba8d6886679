/**
 * Has what a pane tells be heard on the pane alone. The widget has events of its own; what left the widget
 * would be taken for news of the page's pane, and the only room of a page would take this pane for its own.
 *
 * Done where events leave the pane: rooms hear them on the document in the capture phase, which is before
 * any listener here.
 */
export const quiet = <Pane extends HTMLElement>(pane: Pane): Pane => {
  const dispatch = pane.dispatchEvent.bind(pane);
  pane.dispatchEvent = (event) => {
    if (!(event instanceof CustomEvent)) return dispatch(event);
    const {type, detail, cancelable} = event as CustomEvent<unknown>;
    return dispatch(new CustomEvent(type, {detail, cancelable}));
  };
  return pane;
};
