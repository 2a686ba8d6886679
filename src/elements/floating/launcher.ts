import {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import {make, setWords} from '../dom.js';
import {languageOf, languageTag} from '../strings/strings.js';
import type {WindowSide} from '../window/window-types.js';
import type {Desk} from './desk-types.js';
import {launcherStyles} from './launcher.styles.js';
import type {WidgetBody} from './widget-body.js';
import type {WidgetProperties} from './widget-options.js';

/** A file that is loaded when there is a widget. */
export const launcher = (host: HTMLElement, given: WidgetProperties): WidgetBody => {
  const button = make('button', {type: 'button', part: 'launcher'});
  const badge = make('span', {part: 'badge'});
  button.append(badge);
  let desk: Promise<Desk> | undefined;
  let here: Desk | undefined;
  let window: Promise<WindowSide> | undefined;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherStyles);
  const mount = (): void => {
    const root = host.shadowRoot!;
    if (button.isConnected) return;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    root.append(button);
    button.addEventListener('click', () => host.toggleAttribute('open'));
    new MutationObserver(follow).observe(host, {attributes: true});
  };
  const place = {
    host,
    given,
    changed: () => show(),
    report: () => undefined,
    reveal: () => undefined,
    showChat: async () => undefined,
  };
  const work = (): Promise<Desk> =>
    (desk ??= loadPart('desk').then((part) => (here = part.desk(place))));
  const show = (): void => {
    setWords(badge, String(here?.state.unread.count ?? 0), languageOf(languageTag('en')));
  };
  const follow = (): void => {
    if (!host.isConnected) return;
    mount();
    show();
    if (given.accessToken) void work();
    if (host.hasAttribute('open'))
      window ??= Promise.all([work(), loadPart('lit')])
        .then(() => loadPart('window'))
        .then((part) => {
          const side = part.window({
            host,
            root: host.shadowRoot!,
            given,
            desk: here!,
            close: () => undefined,
          });
          side.show(languageOf('en'));
          return side;
        });
  };
  const delegate =
    (name: keyof Desk) =>
    async (...args: readonly unknown[]): Promise<unknown> => {
      if (!given.accessToken)
        throw new PexipChatError('not-connected', 'No widget was created: call create() first.');
      return ((await work())[name] as unknown as (...args: readonly unknown[]) => unknown)(...args);
    };
  const operation = {
    follow,
    create: async (options: never) => {
      const part = await loadPart('create');
      await part.create(host, options, async () => (await work()).signedIn);
      return host;
    },
    compat: async (...args: [unknown, unknown]) => (await loadPart('create')).compat(...args),
    setExtensionUrl: async (url: unknown) => (await loadPart('create')).setExtensionUrl(host, url),
    isAuthenticated: () => !!here?.isAuthenticated(),
    showWidget: () => !(host.hidden = false),
    hideWidget: () => (host.hidden = true),
    toggleWidget: () => (host.toggleAttribute('open'), true),
    openWidget: () => host.toggleAttribute('open', true),
    closeWidget: () => !host.toggleAttribute('open', false),
    addChat: delegate('addChat'),
    getChats: () => here?.getChats() ?? [],
  };
  return operation as unknown as WidgetBody;
};
