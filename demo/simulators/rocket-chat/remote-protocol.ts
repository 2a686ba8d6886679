/** What a test's page and the embedded page say to each other; no part of Rocket.Chat. */
import {field, identifier, text} from '../../../src/protocol/guards.js';

/** What the embedded page shows. */
export interface PageState {
  readonly screen: 'loading' | 'login' | 'room' | 'forbidden' | 'home';
  /** The username of whoever is signed in. */
  readonly user: string | null;
  /** The title of the opened room, and its id. */
  readonly room: string | null;
  readonly roomId: string | null;
  /** The texts in the opened room, oldest first. */
  readonly messages: readonly string[];
  readonly hiddenActions: readonly string[];
  /** Whether the document has the focus, which is what makes messages read. */
  readonly focused: boolean;
  /** The number that `RocketChatRemote.setting()` gave for the latest change the page knows of. */
  readonly settingsVersion: number;
}

/** What a person does in the page. */
export type PageCommand =
  | {readonly command: 'state'}
  | {readonly command: 'focus'}
  | {readonly command: 'type'; readonly text: string}
  | {readonly command: 'login-form'; readonly username: string; readonly password: string};

/** The page's answer to the command of that id, or, without id, the news of its state. */
export interface PageReport {
  readonly id?: string;
  readonly state: PageState;
  /** Why the command could not be done. */
  readonly error?: string;
}

const MARK = 'rocket-chat';
const SCREENS: readonly unknown[] = ['loading', 'login', 'room', 'forbidden', 'home'];
const LONGEST = 5000;

/** Marks a message as ours. */
export const marked = <T extends object>(message: T): T & {simulator: string} => ({
  ...message,
  simulator: MARK,
});

/** Reads a command; `undefined` for anything else. */
export const parsePageCommand = (data: unknown): (PageCommand & {id: string}) | undefined => {
  const id = identifier(field(data, 'id'));
  if (field(data, 'simulator') !== MARK || !id) return;
  const command = field(data, 'command');
  switch (command) {
    case 'state':
    case 'focus':
      return {id, command};
    case 'type':
      return {id, command, text: text(field(data, 'text'), LONGEST) ?? ''};
    case 'login-form': {
      const username = text(field(data, 'username'), LONGEST) ?? '';
      return {id, command, username, password: text(field(data, 'password'), LONGEST) ?? ''};
    }
  }
};

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** Reads a report; `undefined` for anything else. */
export const parsePageReport = (data: unknown): PageReport | undefined => {
  const state = field(data, 'state');
  const screen = field(state, 'screen');
  if (field(data, 'simulator') !== MARK || !SCREENS.includes(screen)) return;
  const id = identifier(field(data, 'id'));
  const error = text(field(data, 'error'), LONGEST);
  return {
    ...(id && {id}),
    ...(error && {error}),
    state: {
      screen: screen as PageState['screen'],
      user: text(field(state, 'user'), LONGEST) ?? null,
      room: text(field(state, 'room'), LONGEST) ?? null,
      roomId: text(field(state, 'roomId'), LONGEST) ?? null,
      messages: strings(field(state, 'messages')),
      hiddenActions: strings(field(state, 'hiddenActions')),
      focused: field(state, 'focused') === true,
      settingsVersion: Number(field(state, 'settingsVersion')),
    },
  };
};
