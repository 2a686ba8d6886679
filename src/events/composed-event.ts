/**
 * The base of every event of the two elements: it bubbles and crosses shadow roots, so that the
 * elements and any page find each other, and its detail is plain data.
 */
export class ComposedEvent<Detail = null> extends CustomEvent<Detail> {
  constructor(type: string, detail?: Detail, cancelable = false) {
    super(type, {bubbles: true, composed: true, cancelable, ...(detail !== undefined && {detail})});
  }
}
