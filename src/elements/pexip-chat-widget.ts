import {ReactiveElement, type PropertyDeclarations, type PropertyValues} from 'lit';

import {loadPart} from '../parts/load-part.js';
import type {WidgetBody} from './floating/widget-body.js';
import type {WidgetOperations} from './floating/widget-operations.js';
import type {WidgetProperties} from './floating/widget-options.js';

/** What the element and `PexipChatRoom` do by the file `launcher`; `create` and `compat` the latter only. */
export const OPERATIONS =
  'create,compat,on,off,once,isAuthenticated,logout,updateAccessToken,addChat,removeChat,selectChat,composeMessage,showWidget,hideWidget,toggleWidget,openWidget,closeWidget,getUser,getUsersStatusList,getChats,getLastMessageReceived,getLastMessageSent,getUnreadMessages,setExtensionUrl'.split(
    ',',
  ) as (keyof WidgetBody)[];
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
 * A floating chat widget: a button in the corner of the page, and the window that it opens.
 *
 * @summary The user's chats, in a window over the page.
 * @tag pexip-chat-widget
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
          return this.#do(name, args);
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

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#do('follow');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.requestUpdate();
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    this.#do('follow');
  }

  /** At once where the body is there; else once it has come. */
  #do(name: keyof WidgetBody, args: readonly unknown[] = []): unknown {
    type Done = (...args: readonly unknown[]) => unknown;
    if (this.#body) return (this.#body[name] as Done)(...args);
    this.#loading ??= loadPart('launcher').then(
      ({launcher}) => (this.#body = launcher(this, this.#given)),
    );
    const later = this.#loading.then((body) => (body[name] as Done)(...args));
    later.catch(() => (this.#body ? 0 : (this.#loading = undefined)));
    return name.includes('Widget') || (name !== 'isAuthenticated' && later);
  }
}
