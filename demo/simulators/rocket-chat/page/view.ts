import type {Chat} from './chat.js';
import {composer} from './composer.js';
import {element, icon} from './dom.js';
import {loginForm} from './login-form.js';
import {messageList} from './message-list.js';
import {roomHeader} from './room-header.js';
import {isEmbedded} from './router.js';
import {sidebar} from './sidebar.js';
import {type State, titleOf} from './store.js';

const note = (title: string, text: string, ...more: Node[]): HTMLElement =>
  element('div', {class: 'centre note'}, ...more, element('h1', {}, title), element('p', {}, text));

const titleOfPage = ({screen, room, subscriptions}: State): string => {
  if (screen === 'room' && room) return titleOf(room, subscriptions);
  return {login: 'Login', forbidden: 'Not authorized', home: 'Home', room: '', loading: ''}[screen];
};

/** Builds the page once for all screens; the state decides which one is seen. */
export const mountView = (chat: Chat): void => {
  const screens = {
    loading: element(
      'div',
      {class: 'centre', role: 'status', 'aria-label': 'Loading'},
      element('span', {class: 'dots'}),
    ),
    login: loginForm(chat),
    room: element('div', {class: 'room'}, roomHeader(chat), messageList(chat), composer(chat)),
    forbidden: note('Not authorized', 'You are not authorized to view this page.', icon('closed')),
    home: note('Home', 'Choose a room to read and write.', icon('discussion')),
  };
  const main = element('main', {}, ...Object.values(screens));
  const side = isEmbedded() ? undefined : sidebar(chat);
  document.body.replaceChildren(...(side ? [side] : []), main);
  document.documentElement.toggleAttribute('data-embedded', isEmbedded());
  chat.store.listen((state) => {
    for (const [name, screen] of Object.entries(screens)) screen.hidden = name !== state.screen;
    if (side) side.hidden = !state.user;
    document.documentElement.dataset['screen'] = state.screen;
    document.title = [titleOfPage(state), 'Rocket.Chat'].filter(Boolean).join(' · ');
  });
};
