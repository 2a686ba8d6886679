/** The files that are loaded when first needed, by name. */
export interface Parts {
  /** Dialling out of a meeting. */
  readonly dialOut: typeof import('../elements/dialling.js');
  /** Rocket.Chat's embedded page in a pane. */
  readonly embed: typeof import('../elements/views/embed-view.js');
}
