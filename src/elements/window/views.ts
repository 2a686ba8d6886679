import {ChatView} from './chat-view.js';
import {ListView} from './list-view.js';
import {SettingsView} from './settings-view.js';
import type {ViewEntry, ViewName} from './view-types.js';
import {windowSigns} from './window-signs.js';

/** Every view of the window: what one more needs is an entry here. */
export const VIEWS = {
  list: {
    make: (place) => new ListView(place),
    title: (words) => words.windowChats,
  },
  chat: {
    make: (place) => new ChatView(place),
    title: (words) => words.windowChat,
  },
  settings: {
    make: (place) => new SettingsView(place),
    title: (words) => words.windowSettings,
    sign: windowSigns.settings,
  },
} as const satisfies Readonly<Record<ViewName, ViewEntry>>;
