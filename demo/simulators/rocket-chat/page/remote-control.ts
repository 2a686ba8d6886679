import {marked, type PageCommand, type PageState, parsePageCommand} from '../remote-protocol.js';
import type {Chat} from './chat.js';
import {titleOf} from './store.js';

const stateOf = (chat: Chat): PageState => {
  const {screen, user, room, messages, subscriptions, ...rest} = chat.store.state;
  return {
    screen,
    user: user?.username ?? null,
    room: room ? titleOf(room, subscriptions) : null,
    roomId: room?._id ?? null,
    messages: messages.map(({msg}) => msg),
    hiddenActions: rest.hiddenActions,
    settingsVersion: rest.settingsVersion,
    focused: document.hasFocus(),
  };
};

const visible = <T extends HTMLElement>(selector: string): T => {
  const found = document.querySelector<T>(selector);
  if (!found?.checkVisibility()) throw new Error(`There is no ${selector} now.`);
  return found;
};

const type = (selector: string, text: string): void => {
  const input = visible<HTMLInputElement | HTMLTextAreaElement>(selector);
  input.value = text;
  input.dispatchEvent(new Event('input', {bubbles: true}));
};

const run = (command: PageCommand): void => {
  switch (command.command) {
    case 'state':
      return;
    case 'focus':
      window.focus();
      document.querySelector<HTMLElement>('.composer textarea')?.focus();
      return;
    case 'type':
      type('.composer textarea', command.text);
      visible<HTMLFormElement>('.composer').requestSubmit();
      return;
    case 'login-form':
      type('.login [name=username]', command.username);
      type('.login [name=password]', command.password);
      visible<HTMLFormElement>('.login').requestSubmit();
  }
};

/**
 * Lets a test's page do what a person does in this one, and tells it of every change. Only where
 * the server was started for tests and says so in its HTML; nothing secret is ever told.
 */
export const listenToRemote = (chat: Chat): void => {
  if (!document.querySelector('meta[name="remote-control"]')) return;
  const report = (answer: {id?: string; error?: string}): void => {
    parent.postMessage(marked({...answer, state: stateOf(chat)}), '*');
  };
  addEventListener('message', ({data}: MessageEvent<unknown>) => {
    const command = parsePageCommand(data);
    if (!command) return;
    const {id} = command;
    try {
      run(command);
      report({id});
    } catch (error) {
      report({id, error: String(error)});
    }
  });
  for (const name of ['focus', 'blur']) {
    addEventListener(name, () => {
      report({});
    });
  }
  chat.store.listen(() => {
    report({});
  });
};
