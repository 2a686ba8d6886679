/** The files that are loaded when first needed, by name. */
export interface Parts {
  /** Arabic. */
  readonly ar: typeof import('../elements/strings/ar.js');
  /** What stands around the conversation in a pane. */
  readonly around: typeof import('../elements/around.js');
  /** Sign-in by a broker. */
  readonly broker: typeof import('../elements/broker.js');
  /** The log of an element with `debug`. */
  readonly debug: typeof import('../message-log.js');
  /** Dialling out of a meeting. */
  readonly dial: typeof import('../elements/dialling.js');
  /** A user's live connection with Rocket.Chat. */
  readonly live: typeof import('../elements/live.js');
  /** Why an embedded page does not show what it should. */
  readonly reasons: typeof import('../elements/reasons.js');
  /** Who is in a meeting, and the controls. */
  readonly people: typeof import('../elements/people.js');
  /** Rocket.Chat's embedded page in a pane. */
  readonly embed: typeof import('../elements/views/embed-view.js');
  /** Rocket.Chat's REST API. */
  readonly rest: typeof import('../elements/rest.js');
  /** Testing and ending tokens. */
  readonly tokens: typeof import('../elements/tokens.js');
  /** What stands in for a meeting that waits, and for its Chat button. */
  readonly standby: typeof import('../elements/standby.js');
}
