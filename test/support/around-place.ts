import {around, Around, type AroundContent} from '../../src/elements/around.js';
import {make} from '../../src/elements/dom.js';
import {frameViewStyles} from '../../src/elements/frame-view.styles.js';
import {paneStyles} from '../../src/elements/rc-chat-pane.styles.js';
import {strings as ar} from '../../src/elements/strings/ar.js';
import {en} from '../../src/elements/strings/en.js';
import type {Language} from '../../src/elements/strings/strings.js';
import type {ChatRoom} from '../../src/session/chat-state.js';
import {place} from './mount.js';

export const ENGLISH: Language = {tag: 'en', strings: en};
export const ARABIC: Language = {tag: 'ar', strings: ar};

/** Nothing is to be said or shown. */
export const QUIET: AroundContent = {
  language: ENGLISH,
  status: 'live',
  signedOut: false,
  wasSignedIn: true,
  queued: undefined,
  link: undefined,
  rooms: undefined,
  roomId: undefined,
};

/** A channel with nothing unread, unless `fields` say otherwise. */
export const roomOf = (name: string, fields: Partial<ChatRoom> = {}): ChatRoom => ({
  roomId: `id-of-${name}`,
  name,
  count: 0,
  alert: false,
  type: 'c',
  path: `channel/${name}`,
  lastMessage: 0,
  ...fields,
});

export const roomsOf = (...names: readonly string[]): ChatRoom[] =>
  names.map((name) => roomOf(name));

/** A pane's tree without the pane, in its style, and what stands around the conversation in it. */
export const placeAround = (connectedFor?: number) => {
  const host = place(document.createElement('div'));
  const root = host.attachShadow({mode: 'open'});
  root.adoptedStyleSheets = [frameViewStyles.styleSheet!, paneStyles.styleSheet!];
  const frame = make('iframe', {title: 'Chat', srcdoc: '<p>Hello</p>'});
  const stage = make('div', {class: 'stage'}, frame);
  const body = make('div', {class: 'body'}, make('div', {class: 'status', role: 'status'}), stage);
  root.append(body);
  const opened: ChatRoom[] = [];
  let signIns = 0;
  const where = {
    root,
    body,
    open: (room: ChatRoom) => void opened.push(room),
    signIn: () => void signIns++,
  };
  const part = connectedFor === undefined ? around(where) : new Around(where, connectedFor);
  const find = <Found extends HTMLElement = HTMLElement>(selector: string): Found =>
    root.querySelector<Found>(selector)!;
  return {
    host,
    root,
    body,
    stage,
    frame,
    part,
    opened,
    find,
    signIns: () => signIns,
    show: (fields: Partial<AroundContent>) => part.show({...QUIET, ...fields}),
    region: find('[part=rooms]'),
    search: find<HTMLInputElement>('[part=rooms] input'),
    /** The buttons of the rooms, in their order. */
    rows: () => [...root.querySelectorAll<HTMLButtonElement>('[part=rooms] li button')],
    /** What is seen of the rooms. */
    names: () => [...root.querySelectorAll('[part=rooms] bdi')].map((name) => name.textContent),
    /** What is said about the list. */
    message: () => find('[part=rooms] [role=status]').textContent,
  };
};

/** Presses a key as far as a script can: the browser does nothing of its own with it. */
export const press = (
  target: Element,
  key: string,
  init: KeyboardEventInit = {},
): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...init,
  });
  target.dispatchEvent(event);
  return event;
};

/** Writes into a field as a person does. */
export const type = (field: HTMLInputElement, text: string): void => {
  field.value = text;
  field.dispatchEvent(new InputEvent('input', {bubbles: true, composed: true}));
};
