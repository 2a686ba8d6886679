import type {PexipChatError} from '../../errors.js';
import type {Language} from '../strings/strings.js';
import type {Desk} from '../floating/desk-types.js';
import type {WidgetProperties} from '../floating/widget-options.js';

/** Where a window stands. */
export interface WindowPlace {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly given: WidgetProperties;
  readonly desk: Desk;
  /** A person wants it closed; the focus goes back to the button. */
  close(): void;
  /** Tells the page of an error. */
  report(error: PexipChatError): void;
}

/** The widget's window: lists, a chat, settings. Shown while the host has `open`. */
export interface WindowSide {
  /** The state of the desk, an attribute, a property or the language may be another. */
  show(language: Language): void;
  /** Shows a chat; with `text` where the person writes. Resolves once it is shown. @throws {PexipChatError} */
  showChat(path: string, text?: string): Promise<void>;
  /** A person has opened it: the focus goes in. */
  focus(): void;
  /** Takes it away for good. */
  remove(): void;
}
