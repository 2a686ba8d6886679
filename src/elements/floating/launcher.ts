import {PexipChatError} from '../../errors.js';
import {WidgetErrorEvent} from '../../events/widget-events.js';
import {warnOfError} from '../../log.js';
import {loadPart} from '../../parts/load-part.js';
import {NOTHING_UNREAD} from '../../session/chat-state.js';
import {languageOf, languageTag, loadLanguage, type Language} from '../strings/strings.js';
import {AttributeCheck} from './launcher-attributes.js';
import {LauncherButton, type LauncherState} from './launcher-button.js';
import {WidgetListening} from './launcher-listening.js';
import {Loading, type LoadPart} from './launcher-loading.js';
import {LauncherNews} from './launcher-news.js';
import {operationsOf} from './launcher-operations.js';
import {launcherStyles} from './launcher.styles.js';
import type {WidgetBody} from './widget-body.js';
import type {WidgetProperties} from './widget-options.js';

/** The widget's button, what is loaded when, and who does what. */
class Launcher {
  readonly #host: HTMLElement;
  readonly #given: WidgetProperties;
  readonly #load: LoadPart;
  readonly #button = new LauncherButton();
  readonly #news = new LauncherNews();
  readonly #attributes: AttributeCheck;
  readonly #loading: Loading;
  readonly #listening: WidgetListening;
  #life: AbortController | undefined;
  #language: Language = languageOf('en');
  #tag: string | undefined;
  /** The window is open, or on its way. */
  #open = false;
  #opening = false;
  /** A person has pressed the button, and the window is not there yet. */
  #pressed = false;

  constructor(host: HTMLElement, given: WidgetProperties, load: LoadPart) {
    this.#host = host;
    this.#given = given;
    this.#load = load;
    const report = this.#report;
    const common = {host, given};
    this.#attributes = new AttributeCheck(host, report);
    this.#listening = new WidgetListening(host, report);
    this.#loading = new Loading(load, {
      desk: {
        ...common,
        report,
        changed: () => this.#show(),
        reveal: () => (host.hidden = false),
        showChat: async (path, text) => {
          host.toggleAttribute('open', true);
          await (await this.#loading.open()).showChat(path, text);
        },
      },
      window: {...common, root: host.shadowRoot!, close: () => this.#close()},
      native: () => host.getAttribute('view') !== 'embed',
    });
  }

  get body(): WidgetBody {
    const host = this.#host;
    return {
      ...this.#listening.methods,
      ...operationsOf({
        host,
        loading: this.#loading,
        stands: () => this.#stands,
        leave: () => this.#leave(),
      }),
      follow: () => this.#follow(),
      create: async (options) => {
        const stood = host.isConnected;
        try {
          const part = await this.#load('create');
          await part.create(host, options);
          this.#follow();
          await (
            await this.#loading.later()
          ).signedIn;
        } catch (error) {
          // So that it can be created again, with what was missing.
          if (!stood) this.#leave();
          throw error;
        }
        return host as unknown as Awaited<ReturnType<WidgetBody['create']>>;
      },
      compat: async (...args) => {
        const part = (await this.#load('create')) as unknown as Pick<WidgetBody, 'compat'>;
        part.compat(...args);
      },
    };
  }

  /** It is in the page, and knows how its user signs in. */
  get #stands(): boolean {
    const {isConnected} = this.#host;
    return isConnected && !!(this.#given.accessToken || this.#host.hasAttribute('use-cookie'));
  }

  #follow(): void {
    // One that is moved leaves and comes in one go.
    if (!this.#stands) return queueMicrotask(() => this.#stands || this.#stop());
    this.#start();
    this.#attributes.check();
    this.#followLanguage();
    this.#loading.desk?.follow();
    this.#followOpen();
    this.#show();
  }

  #start(): void {
    const host = this.#host;
    if (this.#life) return;
    const {signal} = (this.#life = new AbortController());
    const {button, nodes} = this.#button;
    const root = host.shadowRoot!;
    if (!root.adoptedStyleSheets.includes(sheet()))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet()];
    root.append(...nodes, this.#news.region);
    const near = (): void => void this.#loading.now().catch(() => undefined);
    for (const type of ['pointerenter', 'focus']) button.addEventListener(type, near, {signal});
    button.addEventListener('click', () => this.#press(), {signal});
    button.addEventListener('keydown', ({key}) => key === 'Escape' && this.#close(), {signal});
    const observer = new MutationObserver(() => this.#follow());
    observer.observe(host, {attributes: true});
    observer.observe(document.documentElement, {attributeFilter: ['lang']});
    signal.addEventListener('abort', () => observer.disconnect());
    this.#loading.start();
  }

  #stop(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#loading.stop();
    this.#news.stop();
    for (const node of [...this.#button.nodes, this.#news.region]) node.remove();
    this.#open = this.#opening = this.#pressed = false;
  }

  #leave(): void {
    this.#listening.clear();
    this.#given.accessToken = undefined;
    this.#host.removeAttribute('open');
    this.#host.remove();
    this.#stop();
  }

  #press(): void {
    this.#pressed = this.#host.toggleAttribute('open');
  }

  /** A person has closed the window. */
  #close(): void {
    this.#host.removeAttribute('open');
    this.#button.button.focus();
  }

  #followOpen(): void {
    const host = this.#host;
    const open = host.hasAttribute('open') && !host.hidden;
    if (open === this.#open) return;
    this.#open = open;
    if (open) void this.#openWindow();
  }

  async #openWindow(): Promise<void> {
    this.#opening = true;
    try {
      const window = await this.#loading.open();
      window.show(this.#language);
      const {activeElement} = this.#host.getRootNode() as Document | ShadowRoot;
      const elsewhere =
        activeElement && ![document.body, this.#host].includes(activeElement as HTMLElement);
      if (this.#open && this.#pressed && !elsewhere) window.focus();
    } catch {
      // It was told. The next press tries again.
      this.#host.removeAttribute('open');
    }
    this.#opening = this.#pressed = false;
    this.#show();
  }

  #followLanguage(): void {
    const asked = this.#host.getAttribute('language') || document.documentElement.lang;
    const tag = languageTag(asked);
    this.#language = languageOf(tag);
    if (tag === this.#tag) return;
    this.#tag = tag;
    loadLanguage(tag)?.then(() => this.#follow(), this.#report);
  }

  #show(): void {
    if (!this.#life) return;
    const {desk, window} = this.#loading;
    const {known, unread = NOTHING_UNREAD} = desk?.state ?? {};
    const open = this.#open;
    const language = this.#language;
    window?.show(language);
    this.#button.show({state: this.#state, open, withWindow: !!window, unread, language});
    this.#news.follow(known ? unread.count : undefined, open, language);
  }

  get #state(): LauncherState {
    const {desk, failed} = this.#loading;
    const {status = 'live', signIn} = desk?.state ?? {};
    if (failed) return 'failed';
    if (signIn?.signedOut) return 'signed_out';
    if (status === 'offline') return 'offline';
    return this.#opening || status !== 'live' ? 'connecting' : 'ready';
  }

  readonly #report = (error: PexipChatError): void => {
    warnOfError(error);
    this.#host.dispatchEvent(new WidgetErrorEvent({error}));
  };
}

let shared: CSSStyleSheet | undefined;
/** One for all. */
const sheet = (): CSSStyleSheet => {
  if (!shared) (shared = new CSSStyleSheet()).replaceSync(launcherStyles);
  return shared;
};

/** A file that is loaded when there is a widget. @param load tests have a loader of their own */
export const launcher = (
  host: HTMLElement,
  given: WidgetProperties,
  load: LoadPart = loadPart,
): WidgetBody => new Launcher(host, given, load).body;
