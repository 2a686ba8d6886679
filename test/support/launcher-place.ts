import {PexipChatError} from '../../src/errors.js';
import type {Desk, DeskPlace, DeskState} from '../../src/elements/floating/desk-types.js';
import {face} from '../../src/elements/floating/launcher-face.js';
import {launcher} from '../../src/elements/floating/launcher.js';
import type {LoadPart} from '../../src/elements/floating/launcher-loading.js';
import type {WidgetBody} from '../../src/elements/floating/widget-body.js';
import type {WidgetProperties} from '../../src/elements/floating/widget-options.js';
import type {WindowPlace} from '../../src/elements/window/window-types.js';
import {make} from '../../src/elements/dom.js';
import {place, setAttributes} from './mount.js';

/** Somebody is signed in, connected, and has read everything. */
export const AT_REST: DeskState = {
  status: 'live',
  user: {alias: 'alice', username: 'alice'},
  known: true,
  chats: [],
  unread: {count: 0, alert: false},
  signIn: {signedOut: false, wasSignedIn: true, queued: undefined},
};

/** A desk that does nothing but note what it was told. */
export class FakeDesk {
  state = AT_REST;
  /** What was called, with its arguments, in order. */
  readonly done: string[] = [];
  readonly place: DeskPlace;
  signedIn: Promise<void> = Promise.resolve();

  constructor(at: DeskPlace) {
    this.place = at;
  }

  /** Something is another now. */
  set(state: Partial<DeskState>): void {
    this.state = {...this.state, ...state};
    this.place.changed();
  }

  unread(count: number, alert = count > 0): void {
    this.set({unread: {count, alert}});
  }

  isAuthenticated = (): boolean => this.state.user !== null;
  follow = (): void => void this.done.push('follow');
  stop = (): void => void this.done.push('stop');
  getChats = (): readonly unknown[] => [{chat: 'c1'}];
  getUnreadMessages = (): readonly unknown[] => [{chat: 'c1', unreadMessages: 2}];
  getLastMessageSent = (): unknown => ({id: 'm1'});
  getUser = (userAlias: string): unknown => ({
    userAlias,
    status: 'busy',
    then: (done: (user: unknown) => unknown) =>
      Promise.resolve(done({userAlias, status: 'online'})),
  });
  addChat = (alias: string): Promise<void> => this.#do(`addChat ${alias}`);
  composeMessage = (...all: unknown[]): Promise<void> => this.#do(`composeMessage ${all.join()}`);
  logout = (): Promise<void> => this.#do('logout');

  async #do(what: string): Promise<void> {
    this.done.push(what);
  }
}

/** A window that does nothing but note what it was told. */
export class FakeWindow {
  readonly done: string[] = [];
  readonly place: WindowPlace;
  readonly element = make('dialog', {id: 'window'}, make('button', {}, 'in the window'));

  constructor(at: WindowPlace) {
    this.place = at;
    at.root.append(this.element);
  }

  show = ({tag}: {tag: string}): void => {
    this.element.open = this.place.host.hasAttribute('open');
    if (this.element.open) this.done.push(`show ${tag}`);
  };

  showChat = async (path: string, text = ''): Promise<void> =>
    void this.done.push(`showChat ${path} ${text}`.trim());

  focus = (): void => this.element.querySelector('button')!.focus();

  remove = (): void => {
    this.done.push('remove');
    this.element.remove();
  };
}

interface Options {
  readonly attributes?: Readonly<Record<string, string | boolean>>;
  readonly given?: WidgetProperties;
  /** Parts that do not load at first, by name. */
  readonly failing?: readonly string[];
}

/** A widget whose desk and window are not there, in the page until the test has ended. */
export const setupLauncher = ({
  attributes = {},
  given = {accessToken: 'token'},
  failing = [],
}: Options = {}) => {
  const host = document.createElement('div');
  setAttributes(host, attributes);
  const asked: string[] = [];
  const desks: FakeDesk[] = [];
  const windows: FakeWindow[] = [];
  const away = new Set(failing);
  const errors: PexipChatError[] = [];
  host.addEventListener('widget-error', ({detail}) => errors.push(detail.error));
  const parts: Record<string, unknown> = {
    desk: {
      face,
      desk: (at: DeskPlace): Desk => {
        const made = new FakeDesk(at);
        desks.push(made);
        return made as unknown as Desk;
      },
    },
    window: {
      window: (at: WindowPlace) => {
        const made = new FakeWindow(at);
        windows.push(made);
        return made;
      },
    },
    create: {
      create: async (
        into: HTMLElement,
        {accessToken}: {accessToken: string},
        signedIn: () => unknown,
      ) => {
        if (into.isConnected) throw new PexipChatError('already-created', 'There is one.');
        given.accessToken = accessToken;
        into.attachShadow({mode: 'open'});
        document.body.append(into);
        await signedIn();
      },
    },
  };
  const load = (async (name: string) => {
    asked.push(name);
    await Promise.resolve();
    if (away.has(name)) throw new PexipChatError('part-failed', `${name} did not load.`);
    return parts[name] ?? {};
  }) as LoadPart;
  const body: WidgetBody = launcher(host, given, load);
  const button = (): HTMLButtonElement | null =>
    host.shadowRoot?.querySelector<HTMLButtonElement>('[part=launcher]') ?? null;
  return {
    host,
    given,
    body,
    asked,
    away,
    errors,
    button,
    desk: () => desks.at(-1)!,
    desks,
    window: () => windows.at(-1)!,
    windows,
    /** Puts it into the page, as the element does. */
    insert: () => {
      // As elements do, of which the shadow tree is made then.
      if (!host.shadowRoot) host.attachShadow({mode: 'open'});
      place(host);
      body.follow();
    },
    badge: () => host.shadowRoot!.querySelector<HTMLElement>('[part=badge]'),
  };
};

export type Launched = ReturnType<typeof setupLauncher>;

/** A widget in the page, whose desk has come. */
export const setupDesk = async (options?: Options): Promise<Launched> => {
  const launched = setupLauncher(options);
  launched.insert();
  await launched.body.getUser('bob').then(
    () => undefined,
    () => undefined,
  );
  return launched;
};

/** A page that is busy until it is let go; `idle` is what happens then. */
export const keepBusy = (): {idle: () => void} => {
  const own = globalThis.requestIdleCallback;
  const waiting: (() => void)[] = [];
  globalThis.requestIdleCallback = ((go: () => void) => waiting.push(go)) as never;
  after = () => (globalThis.requestIdleCallback = own);
  return {idle: () => waiting.splice(0).forEach((go) => go())};
};
let after: (() => void) | undefined;
afterEach(() => {
  after?.();
  after = undefined;
});
