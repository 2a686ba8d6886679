import type {WindowStrings} from './window-en.js';

/** The texts of the widget's window in German. */
export const windowGerman: WindowStrings = {
  windowChats: 'Chats',
  windowChat: 'Chat',
  windowSettings: 'Einstellungen',
  windowBack: 'Zurück zu den Chats',
  windowClose: 'Chats schließen',
  windowSearch: 'Chats suchen',
  windowUnmatched: 'Kein Chat hat diesen Namen.',
  windowEmpty: 'Sie haben noch keine Chats.',
  windowOff: 'Chats sind auf dieser Seite ausgeschaltet.',
  windowLoading: 'Ihre Chats werden geladen…',
  windowFailed:
    'Ihre Chats konnten nicht geladen werden. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  windowAgain: 'Erneut versuchen',
  windowGone: 'Der Chat mit {name} ist nicht mehr in Ihrer Liste.',
  windowUnread: {one: '# ungelesene Nachricht', other: '# ungelesene Nachrichten'},
  windowNews: 'neue Nachrichten',
  windowAlso: ', {state}',
  windowMost: {other: '#+'},
  window_online: 'online',
  window_away: 'abwesend',
  window_busy: 'beschäftigt',
  window_offline: 'offline',
  windowLanguage: 'Sprache',
  windowUser: 'Angemeldet als',
  windowNobody: 'Niemand ist angemeldet.',
  windowSignOut: 'Abmelden',
  windowSignOutAsk: 'Auf dieser Seite von den Chats abmelden?',
  windowCancel: 'Abbrechen',
  windowVersion: 'Version {version}',
};
