/** The files that are loaded when first needed, by name. */
export interface Parts {
  /** Arabic. */
  readonly ar: typeof import('../elements/strings/ar.js');
  /** Arabic, for a conversation of our own. */
  readonly 'ar-native': typeof import('../elements/strings/ar-native.js');
  /** German. */
  readonly de: typeof import('../elements/strings/de.js');
  /** German, for a conversation of our own. */
  readonly 'de-native': typeof import('../elements/strings/de-native.js');
  /** Italian. */
  readonly it: typeof import('../elements/strings/it.js');
  /** Italian, for a conversation of our own. */
  readonly 'it-native': typeof import('../elements/strings/it-native.js');
  /** What stands around the conversation in a pane. */
  readonly around: typeof import('../elements/around.js');
  /** The conversation of the room's meeting. */
  readonly auto: typeof import('../elements/auto.js');
  /** Sign-in by a broker, and what it tells of its servers. */
  readonly broker: typeof import('../elements/broker.js');
  /** What befalls a user's calls, as a broker tells it. */
  readonly calls: typeof import('../elements/calls.js');
  /** Where one writes in a conversation of our own. */
  readonly composer: typeof import('../elements/composer.js');
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
  /** The names of emoji. */
  readonly emoji: typeof import('../elements/native/emoji/emoji.js');
  /** What a broker finds in a diagnosis. */
  readonly findings: typeof import('../elements/findings.js');
  /** Sending and fetching the files of a conversation. */
  readonly files: typeof import('../elements/files.js');
  /** What renders: lit-html and LitElement. Loaded before the first part that needs it. */
  readonly lit: typeof import('../elements/lit.js');
  /** A conversation of our own in a pane. */
  readonly native: typeof import('../elements/views/native-view.js');
  /** Rocket.Chat's embedded page in a pane. */
  readonly embed: typeof import('../elements/views/embed-view.js');
  /** Rocket.Chat's REST API. */
  readonly rest: typeof import('../elements/rest.js');
  /** Testing and ending tokens. */
  readonly tokens: typeof import('../elements/tokens.js');
  /** What stands in for a meeting that waits, and for its Chat button. */
  readonly standby: typeof import('../elements/standby.js');
  /** Options of the widget, checked; its entry for pages of Bandyer's. */
  readonly create: typeof import('../widget/create.js');
  /** What a widget does behind its button: chats, users, events. */
  readonly desk: typeof import('../elements/floating/desk.js');
  /** The widget's button. */
  readonly launcher: typeof import('../elements/floating/launcher.js');
  /** The widget's window. */
  readonly window: typeof import('../elements/window/window.js');
}
