import type {
  ChatEntry,
  Desk,
  DeskState,
  ShownPerson,
} from '../../src/elements/floating/desk-types.js';
import type {WidgetProperties} from '../../src/elements/floating/widget-options.js';
import {make} from '../../src/elements/dom.js';
import {strings as ar} from '../../src/elements/strings/ar.js';
import {en} from '../../src/elements/strings/en.js';
import type {Language} from '../../src/elements/strings/strings.js';
import {window as makeWindow} from '../../src/elements/window/window.js';
import type {PexipChatError} from '../../src/errors.js';
import {place} from './mount.js';

export const ENGLISH: Language = {tag: 'en', strings: en};
export const ARABIC: Language = {tag: 'ar', strings: ar};

/** Noon of a day in the time zone of the machine. */
const NOON = new Date(2026, 4, 5, 12).getTime();

/** A direct message with nothing unread, unless `fields` say otherwise. */
export const chatOf = (name: string, fields: Partial<ChatEntry> = {}): ChatEntry => ({
  roomId: `id-of-${name}`,
  path: `direct/${name}`,
  type: 'd',
  name,
  count: 0,
  alert: false,
  lastMessage: NOON,
  preview: `Hello from ${name}`,
  ...fields,
});

export const chatsOf = (...names: readonly string[]): ChatEntry[] =>
  names.map((name) => chatOf(name));

const STATE: DeskState = {
  status: 'live',
  user: {alias: 'usr_alice', username: 'alice'},
  known: true,
  chats: [],
  unread: {count: 0, alert: false},
  signIn: {signedOut: false, wasSignedIn: true, queued: undefined},
};

/** A desk that knows what it is told. */
export class FakeDesk {
  state: DeskState = STATE;
  /** Another one for another user. */
  whose: object | undefined = {};
  server = '';
  broker = 'https://broker.invalid/';
  readonly people = new Map<string, ShownPerson>();
  signIns = 0;
  /** Why nobody is signed in. */
  failure: PexipChatError | undefined;

  get signedIn(): Promise<void> {
    return this.failure ? Promise.reject(this.failure) : new Promise(() => undefined);
  }

  person(username: string): ShownPerson {
    return this.people.get(username) ?? {name: username};
  }

  signInAgain(): void {
    this.signIns++;
  }
}

/** Does something of which what is left for the next frame is done at once. */
const inOneGo = (work: () => void): void => {
  const own = globalThis.requestAnimationFrame;
  globalThis.requestAnimationFrame = (done) => {
    done(0);
    return 0;
  };
  try {
    work();
  } finally {
    globalThis.requestAnimationFrame = own;
  }
};

/** A window in a host that is no widget, with a desk that is none, and with a button beside it. */
export const placeWindow = (state: Partial<DeskState> = {}) => {
  const host = place(document.createElement('div'));
  const root = host.attachShadow({mode: 'open'});
  const button = make('button', {type: 'button'}, 'Chats');
  root.append(button);
  const desk = new FakeDesk();
  desk.state = {...STATE, ...state};
  const given: WidgetProperties = {};
  let language = ENGLISH;
  const close = (): void => {
    host.removeAttribute('open');
    side.show(language);
    button.focus();
  };
  /** What the page was told. */
  const errors: PexipChatError[] = [];
  const side = makeWindow({
    ...{host, root, given, close},
    desk: desk as unknown as Desk,
    report: (error) => errors.push(error),
  });
  const find = <Found extends HTMLElement = HTMLElement>(selector: string): Found =>
    root.querySelector<Found>(selector)!;
  const show = (next: Partial<DeskState> = {}, spoken = language): void => {
    language = spoken;
    desk.state = {...desk.state, ...next};
    inOneGo(() => side.show(language));
  };
  return {
    host,
    root,
    button,
    desk,
    given,
    errors,
    side,
    find,
    dialog: find<HTMLDialogElement>('dialog[part=window]'),
    /** Another state, or another language. */
    show,
    /** As the widget does, for a person unless `byPerson` is false. */
    open: (byPerson = true): void => {
      host.setAttribute('open', '');
      show();
      if (byPerson) side.focus();
    },
    shut: (): void => {
      host.removeAttribute('open');
      show();
    },
    rows: () => [...root.querySelectorAll<HTMLButtonElement>('[part=list] li button')],
    names: () =>
      [...root.querySelectorAll('[part=list] li .name')].map(({textContent}) => textContent),
    /** What stands in the place of the chats. */
    message: () => find('[part=list] .message').textContent,
    /** What is said of the connection. */
    status: () => find('[part=list] [part=status]').textContent,
    title: () => find('[part=header] h2').textContent?.trim(),
    /** A button by its name. */
    named: (name: string): HTMLButtonElement | undefined =>
      [...root.querySelectorAll('button')].find(
        (each) => (each.ariaLabel ?? each.textContent)?.trim() === name,
      ),
    /** What has the focus, and is in the host. */
    focused: () => root.activeElement,
    /** Ends what moves: a colour on its way to another is neither. */
    still: () =>
      root
        .getAnimations()
        .filter(({effect}) => Number(effect!.getComputedTiming().endTime) < Infinity)
        .forEach((each) => each.finish()),
    /** Which view is seen. */
    view: () =>
      [...root.querySelectorAll('[part=body] > *')]
        .filter((each) => each.checkVisibility({visibilityProperty: true}))
        .map((each) => each.getAttribute('part'))
        .join(),
  };
};

export type PlacedWindow = ReturnType<typeof placeWindow>;
