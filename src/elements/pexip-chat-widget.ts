import {ReactiveElement, type PropertyDeclarations, type PropertyValues} from 'lit';

import type {PexipChatError} from '../errors.js';
import {WidgetErrorEvent} from '../events/widget-events.js';
import {warnOfError} from '../log.js';
import {loadPart} from '../parts/load-part.js';
import {answerOf, OPERATIONS} from './floating/operation-names.js';
import type {WidgetBody} from './floating/widget-body.js';
import type {WidgetOperations} from './floating/widget-operations.js';
import type {WidgetProperties} from './floating/widget-options.js';

/**
 * By this name `PexipChatRoom` has an element do what is none of its methods: `create`. Another copy of the
 * package on the page has it, too.
 */
export const DO = Symbol.for('pexip-chat-widget');

const PROPERTIES: readonly (keyof WidgetProperties)[] = [
  'accessToken',
  'layout',
  'tools',
  'userDetailsProvider',
  'userDetailsFormatter',
];

/** What the loops below add to the element is declared here. */
const Base = ReactiveElement as unknown as Pick<
  typeof ReactiveElement,
  keyof typeof ReactiveElement
> &
  (new () => ReactiveElement & WidgetOperations & WidgetProperties);

/**
 * A floating chat widget: a button in the corner of the page, and the window that it opens. Signed in
 * by `accessToken` or `use-cookie`; without either it asks no server for anything.
 *
 * @summary The user's chats, in a window over the page.
 * @tag pexip-chat-widget
 *
 * @attr {string} broker - Address of the broker, https (http on loopback); may have a path.
 * @attr {boolean} [use-cookie=false] - The application's cookie says who the user is, in the place of `accessToken`.
 * @attr {boolean} [hidden=false] - The widget is not to be seen; it works all the same.
 * @attr {boolean} [open=false] - The window is open. It follows the button, and setting it moves the window.
 * @attr {'true' | 'false'} [chat=true] - With `false` there are no chats, and operations on them fail with `chat-disabled`.
 * @attr {'native' | 'embed'} [view=native] - How a conversation is shown: by elements of our own, or by Rocket.Chat's page in a frame.
 * @attr {string} language - BCP 47 tag of the widget's texts; the page's `lang` if left out.
 * @attr {'audio_video' | 'audio_only' | 'audio_upgradable'} [call-type=audio_video] - Of calls. Kept for them: there are none yet.
 * @attr {'embed' | 'window'} [mode=embed] - Where a call is shown. Kept for calls.
 * @attr {boolean} [record=false] - Calls are recorded. Kept for calls.
 * @attr {'automatic' | 'manual'} [recording-type=automatic] - How recording starts. Kept for calls.
 * @attr {boolean} [is-admin=false] - The user may start and stop a manual recording. Kept for calls.
 * @attr {boolean} [feedback=false] - A view for feedback follows a call. Kept for calls.
 * @attr {'blur' | 'image'} virtual-background - What is behind the person in the video. Kept for calls.
 * @attr {string} screen-sharing-extension-id - Kept for pages that give it: no supported browser needs an extension.
 * @attr {string} screen-sharing-extension-url - The same; `setExtensionUrl()` sets it.
 *
 * @fires {WidgetTypingStartedEvent} widget-typing-started - Somebody else has begun to write to the user;
 * at most once in 5 seconds for each.
 * @fires {WidgetMessageSentEvent} widget-message-sent - A message of the user has arrived, wherever written.
 * @fires {WidgetMessageReceivedEvent} widget-message-received - Somebody else has written to the user.
 * @fires {WidgetMessageReadEvent} widget-message-read - A message was read: one of others by the user, one
 * of the user by the others where the workspace keeps read receipts.
 * @fires {WidgetChatLoadedEvent} widget-chat-loaded - A chat is there: each one once after sign-in, and
 * each new one.
 * @fires {WidgetUserConnectedEvent} widget-user-connected - Somebody with whom the user has a direct
 * message can be reached now.
 * @fires {WidgetUserDisconnectedEvent} widget-user-disconnected - Such a person is gone from all devices.
 * @fires {WidgetAccessTokenIsAboutToExpireEvent} widget-access-token-is-about-to-expire - The access token
 * ends soon: `updateAccessToken()` takes another one.
 * @fires {WidgetAccessTokenExpiredEvent} widget-access-token-expired - The access token has ended, and
 * there was no other in time.
 * @fires {WidgetLoggedOutEvent} widget-logged-out - The user was signed out, by `logout()` or in the
 * settings: the last event. What `create()` made has left the page by then.
 * @fires {WidgetErrorEvent} widget-error - Something is wrong; `error.code` says what.
 *
 * @csspart launcher - The button in the corner.
 * @csspart badge - The number of unread messages on it.
 * @csspart window - The window.
 * @csspart header - The bar at its top.
 * @csspart header-button - A button in that bar.
 * @csspart body - What stands below that bar.
 * @csspart list - The list of chats.
 * @csspart chat - The chat that is shown.
 * @csspart settings - The settings.
 *
 * @cssprop --pexip-chat-widget-header-background - Background of the bar at the top of the window.
 * @cssprop --pexip-chat-widget-header-color - Colour of the text of the bar at the top of the window.
 * @cssprop --pexip-chat-widget-header-button-background - Background of the buttons in that bar.
 * @cssprop --pexip-chat-widget-header-button-color - Colour of the text of the buttons in that bar.
 * @cssprop --pexip-chat-widget-body-background - Background of what stands below that bar.
 * @cssprop --pexip-chat-widget-body-color - Colour of the text of what stands below that bar.
 * @cssprop --pexip-chat-widget-launcher-background - Background of the button in the corner.
 * @cssprop [--pexip-chat-widget-launcher-color=#fff] - Colour of the sign on it.
 * @cssprop --pexip-chat-widget-message-sent-background - Background of the user's own messages.
 * @cssprop --pexip-chat-widget-message-sent-color - Colour of the text of the user's own messages.
 * @cssprop --pexip-chat-widget-message-received-background - Background of others' messages.
 * @cssprop --pexip-chat-widget-message-received-color - Colour of the text of others' messages.
 * @cssprop --pexip-chat-widget-dial-background - Background of the view that dials; there is none yet.
 * @cssprop --pexip-chat-widget-dial-color - Colour of the text of the view that dials; there is none yet.
 * @cssprop --pexip-chat-widget-call-background - Background of the view of a call; there is none yet.
 * @cssprop --pexip-chat-widget-call-color - Colour of the text of the view of a call; there is none yet.
 * @cssprop --pexip-chat-widget-feedback-body-background - Background of the view for feedback; there is none yet.
 * @cssprop --pexip-chat-widget-feedback-body-color - Colour of the text of the view for feedback; there is none yet.
 * @cssprop --pexip-chat-widget-feedback-buttons-background - Background of its buttons.
 * @cssprop --pexip-chat-widget-feedback-buttons-color - Colour of the text of its buttons.
 * @cssprop [--pexip-chat-widget-font-family=system-ui, sans-serif] - Font of the widget.
 * @cssprop --pexip-chat-widget-unit - Of which all sizes of the window are multiples; the letters of the person or the page.
 * @cssprop [--pexip-chat-widget-z-index=1000] - Above what of the page the widget stands.
 */
export class PexipChatWidgetElement extends Base {
  static override properties: PropertyDeclarations = Object.fromEntries(
    PROPERTIES.map((name) => [name, {attribute: false, noAccessor: true}]),
  );

  readonly #given: WidgetProperties = {};
  #body: WidgetBody | undefined;
  #loading: Promise<WidgetBody> | undefined;

  static {
    for (const name of OPERATIONS)
      Object.defineProperty(this.prototype, name, {
        value(this: PexipChatWidgetElement, ...args: unknown[]) {
          return this[DO](name, args);
        },
      });
    for (const name of PROPERTIES)
      Object.defineProperty(this.prototype, name, {
        // A token is told to nobody.
        get(this: PexipChatWidgetElement) {
          return name === 'accessToken' ? undefined : this.#given[name];
        },
        set(this: PexipChatWidgetElement, value: never) {
          this.#given[name] = value;
          this.requestUpdate();
        },
      });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#body?.follow();
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    this[DO]('follow');
  }

  /** At once where the body is there; else once it has come, in the order of the calls. */
  protected [DO](name: keyof WidgetBody, args: readonly unknown[] = []): unknown {
    const run = (body: WidgetBody): unknown =>
      (body[name] as (...args: readonly unknown[]) => unknown)(...args);
    if (this.#body) return run(this.#body);
    const done = this.#load().then(run);
    // Told by an event already; a page need not take the promise of what it asks for.
    done.catch(() => undefined);
    return answerOf(name, done, this, args[0]);
  }

  readonly #report = (error: PexipChatError): void => {
    warnOfError(error);
    this.dispatchEvent(new WidgetErrorEvent({error}));
  };

  /**
   * A file that did not come is told of, once for each try, and asked for again with the next call. What was
   * called meanwhile was refused, and so is not done then; listeners of `on()` have to be given again.
   */
  #load(): Promise<WidgetBody> {
    return (this.#loading ??= loadPart('launcher').then(
      ({launcher}) => (this.#body = launcher(this, this.#given, this.#report)),
      (error: PexipChatError) => {
        this.#loading = undefined;
        this.#report(error);
        throw error;
      },
    ));
  }
}
