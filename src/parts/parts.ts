/** The files that are loaded when first needed, by name. */
export interface Parts {
  /** Arabic. */
  readonly ar: typeof import('../elements/strings/ar.js');
  /** The log of an element with `debug`. */
  readonly debug: typeof import('../message-log.js');
  /** Dialling out of a meeting. */
  readonly dial: typeof import('../elements/dialling.js');
  /** Who is in a meeting, and the controls. */
  readonly people: typeof import('../elements/people.js');
  /** Rocket.Chat's embedded page in a pane. */
  readonly embed: typeof import('../elements/views/embed-view.js');
  /** What stands in for a meeting that waits, and for its Chat button. */
  readonly standby: typeof import('../elements/standby.js');
}
