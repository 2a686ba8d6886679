import type {PexipChatError} from '../../errors.js';
import {WidgetLoggedOutEvent} from '../../events/widget-events.js';
import {loadPart} from '../../parts/load-part.js';
import {languageOf, languageTag, loadLanguage, type Language} from '../strings/strings.js';
import {LauncherButton, OPENING} from './launcher-button.js';
import {WidgetListening} from './launcher-listening.js';
import {ignore, Loading, type LoadPart} from './launcher-loading.js';
import {operationsOf} from './launcher-operations.js';
import {launcherStyles} from './launcher.styles.js';
import type {WidgetBody} from './widget-body.js';
import type {WidgetProperties} from './widget-options.js';

type Report = (error: PexipChatError) => void;

/** The widget's button, and who does what. */
class Launcher {
  readonly #host: HTMLElement;
  readonly #given: WidgetProperties;
  readonly #report: Report;
  readonly #load: LoadPart;
  readonly #button = new LauncherButton();
  readonly #sheet = new CSSStyleSheet();
  readonly #loading: Loading;
  readonly #listening: WidgetListening;
  #life: AbortController | undefined;
  #told: unknown;
  #asked = '';
  /** By `create()`, which has put it into the page. */
  #isMade = false;
  #open = false;

  constructor(host: HTMLElement, given: WidgetProperties, report: Report, load: LoadPart) {
    this.#host = host;
    this.#given = given;
    // The desk and the pane in the window may both have an error from the connection that they share.
    this.#report = (error) => {
      if (error !== this.#told) report((this.#told = error));
    };
    this.#load = load;
    // As long as the element lives: `use-cookie` may come later.
    new MutationObserver(() => this.#follow()).observe(host, {attributes: true});
    this.#listening = new WidgetListening(host);
    this.#sheet.replaceSync(launcherStyles);
    this.#loading = new Loading(load, {
      host,
      given,
      // Not there before the element was in the page.
      get root() {
        return host.shadowRoot!;
      },
      button: this.#button.button,
      report: this.#report,
      changed: () => this.#show(),
      reveal: () => (host.hidden = false),
      showChat: async (path, text) => {
        host.toggleAttribute('open', true);
        await (await this.#loading.open()).showChat(path, text);
      },
      close: this.#close,
    });
  }

  get body(): WidgetBody {
    const host = this.#host;
    // Whoever has just put it into the page has not waited until it has looked at itself.
    const stands = (): boolean => this.#stands && (this.#life || this.#follow(), true);
    return {
      ...operationsOf({
        host,
        loading: this.#loading,
        others: {
          ...this.#listening.methods,
          setExtensionUrl: (url) =>
            void this.#load('create').then((part) => part.setExtensionUrl(host, url), this.#report),
        },
        stands,
        leave: () => this.#leave(),
      }),
      follow: () => this.#follow(),
      create: (...args: Parameters<WidgetBody['create']>) => {
        const loading = this.#loading;
        const made = this.#create(...args) as ReturnType<WidgetBody['create']>;
        // A second one is refused, and the first goes on.
        if (loading.creating) return made;
        loading.creating = made;
        return made.finally(() => (loading.creating = undefined));
      },
    };
  }

  async #create(...[options, said]: Parameters<WidgetBody['create']>): Promise<unknown> {
    const {create} = await this.#load('create');
    const signedIn = async (): Promise<void> => {
      this.#isMade = true;
      this.#follow();
      await (
        await this.#loading.later()
      ).signedIn;
    };
    await create(this.#host, options, signedIn, said);
    return this.#host;
  }

  /** It is in the page, and knows how its user signs in. */
  get #stands(): boolean {
    const {isConnected} = this.#host;
    return isConnected && !!(this.#given.accessToken || this.#host.hasAttribute('use-cookie'));
  }

  get #language(): Language {
    return languageOf(languageTag(this.#asked));
  }

  #follow(): void {
    // One that is moved leaves and comes in one go.
    if (!this.#stands) return queueMicrotask(() => this.#stands || this.#stop());
    const host = this.#host;
    const {desk} = this.#loading;
    this.#start();
    const asked = host.getAttribute('language') || document.documentElement.lang;
    if (asked !== this.#asked)
      loadLanguage(languageTag((this.#asked = asked)))?.then(() => this.#show(), this.#report);
    desk?.follow();
    const open = host.hasAttribute('open') && !host.hidden;
    const opens = open && !this.#open;
    this.#open = open;
    this.#show();
    const life = this.#life;
    // What did not load was told; the next press tries again. Another life has a window of its own.
    if (opens)
      this.#loading.open().catch(() => this.#life === life && host.removeAttribute('open'));
  }

  #start(): void {
    if (this.#life) return;
    const {signal} = (this.#life = new AbortController());
    const {button} = this.#button;
    const listen = (type: string, listener: () => unknown): void =>
      button.addEventListener(type, listener, {signal});
    const near = (): unknown => this.#loading.now().catch(ignore);
    listen('pointerenter', near);
    listen('focus', near);
    listen('click', () => this.#press());
    const observer = new MutationObserver(() => this.#follow());
    observer.observe(document.documentElement, {attributeFilter: ['lang']});
    signal.onabort = () => observer.disconnect();
    const root = this.#host.shadowRoot!;
    root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, this.#sheet])];
    root.append(button);
    this.#loading.start(signal);
  }

  #stop(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#open = false;
    this.#button.button.remove();
    this.#loading.stop();
  }

  #leave(): void {
    const host = this.#host;
    this.#given.accessToken = undefined;
    host.removeAttribute('open');
    host.removeAttribute('use-cookie');
    // What is the page's own, a framework takes away; it could not, were it gone.
    if (this.#isMade) host.remove();
    this.#stop();
    this.#listening.end(new WidgetLoggedOutEvent());
  }

  /** A person opens the window, or closes it. */
  #press(): void {
    const host = this.#host;
    if (!host.toggleAttribute('open')) return;
    this.#loading.open().then((window) => {
      const {activeElement} = host.getRootNode() as Document;
      // Whoever has gone on meanwhile stays there.
      const here = [null, document.body, host].includes(activeElement as HTMLElement);
      if (this.#open && here) window.focus();
      // What did not load was told.
    }, ignore);
  }

  /** A person has closed the window. */
  readonly #close = (): void => {
    this.#host.removeAttribute('open');
    // At once, as a modal window lets nothing else have the focus.
    this.#follow();
    this.#button.button.focus();
  };

  #show(): void {
    if (!this.#life) return;
    const {desk, face, window, opening, failed} = this.#loading;
    const open = this.#open;
    const language = this.#language;
    const {asked} = this.#listening;
    const look = desk && face?.look({state: desk.state, opening, open, language, asked});
    this.#button.color(look ? {} : this.#given);
    this.#button.show(look ?? (opening ? OPENING : {}), language, {
      open,
      failed,
      controls: window ? 'window' : '',
    });
    window?.show(language);
  }
}

/**
 * A file that is loaded when there is a widget.
 *
 * @param report tells of an error
 * @param load tests have a loader of their own
 */
export const launcher = (
  host: HTMLElement,
  given: WidgetProperties,
  report: Report,
  load: LoadPart = loadPart,
): WidgetBody => new Launcher(host, given, report, load).body;
