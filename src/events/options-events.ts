import {ComposedEvent} from './composed-event.js';

/** What a person is called, and looks like. */
export interface PanePerson {
  /** One line, of which 256 characters are shown. */
  readonly name?: string | undefined;
  /** An `https:` address, or `data:` with a PNG, JPEG, GIF or WebP in base64. */
  readonly image?: string | undefined;
}

/** What the page around a native pane knows better. What is left out is as it would be without. */
export interface PaneOptions {
  /**
   * Names and pictures people by their usernames at Rocket.Chat; of whom it knows nothing it returns
   * nothing. Asked once for each person until options are given anew.
   */
  readonly person?: ((username: string) => PanePerson | null | undefined) | undefined;
  /** Whether files can be sent, where the workspace takes them; default true. */
  readonly files?: boolean | undefined;
}

export interface RcOptionsRequestDetail {
  /**
   * Gives options in the place of those before: during the event, and again whenever a name is another.
   * It does nothing once the pane has left its place.
   */
  readonly give: (options: PaneOptions) => void;
}

/** A pane begins to show a conversation of our own, and asks whoever is around it. */
export class RcOptionsRequestEvent extends ComposedEvent<RcOptionsRequestDetail> {
  constructor(detail: RcOptionsRequestDetail) {
    super('rc-options-request', detail);
  }
}

export interface OptionsEventMap {
  'rc-options-request': RcOptionsRequestEvent;
}

declare global {
  interface HTMLElementEventMap extends OptionsEventMap {}
  interface DocumentEventMap extends OptionsEventMap {}
}
