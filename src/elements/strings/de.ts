import type {AllStrings} from './strings.js';
import {windowGerman} from './window-de.js';

/** The texts of the elements in German. */
export const strings: AllStrings = {
  direction: 'ltr',
  meetingFrame: 'Besprechung',
  meetingIdle: 'Noch keine Besprechung.',
  meetingStart: 'Besprechung anzeigen',
  meetingLoading: 'Die Besprechung wird geladen…',
  meetingUnbridged: 'Die Besprechung läuft, aber ohne ihre Chat-Schaltfläche.',
  meetingFailed: 'Die Besprechung kann nicht angezeigt werden.',
  chatFrame: 'Chat',
  chatIdle: 'Noch keine Unterhaltung.',
  chatLoading: 'Die Unterhaltung wird geladen…',
  chatDegraded: 'Die Unterhaltung hat nicht geantwortet. Sie ist vielleicht nicht aktuell.',
  chatNotAllowed:
    'Diese Seite darf die Unterhaltung nicht richtig anzeigen. Rocket.Chat muss es erlauben.',
  chatOtherUser: 'Bei Rocket.Chat ist hier jemand anders angemeldet.',
  chatForbidden: 'Sie sind kein Mitglied dieses Raums.',
  chatNotFound: 'Diesen Raum gibt es nicht.',
  chatNotSignedIn: 'Sie konnten bei dieser Unterhaltung nicht angemeldet werden.',
  chatFailed: 'Die Unterhaltung kann nicht angezeigt werden.',
  meetingChatWaits: 'Die Unterhaltung öffnet sich, sobald die Besprechung begonnen hat.',
  meetingChatNoAccount:
    'Sie haben in diesem Chat noch kein Konto. Melden Sie sich bei Rocket.Chat an und versuchen Sie es erneut.',
  meetingChatNotSignedIn:
    'Sie konnten nicht angemeldet werden. Melden Sie sich auf dieser Seite neu an und versuchen Sie es noch einmal.',
  meetingChatNotYours:
    'Diese Unterhaltung ist nur für die Teilnehmenden der Besprechung. Fragen Sie, wer Sie eingeladen hat.',
  meetingChatNone: 'Die Besprechung ist zu Ende und hat keine Unterhaltung.',
  meetingChatRefused:
    'Die Unterhaltung konnte nicht begonnen werden. Versuchen Sie es erneut, wenn noch jemand beigetreten ist.',
  meetingChatNotSetUp:
    'Diese Besprechung hat keine Unterhaltung. Wer den Chat betreut, kann eine einrichten.',
  meetingChatAway:
    'Die Unterhaltung konnte nicht geöffnet werden. Prüfen Sie Ihre Verbindung und versuchen Sie es erneut.',
  meetingChatAgain: 'Erneut versuchen',
  meetingChatLink: 'Rocket.Chat in einem neuen Fenster öffnen',
  chatButton: 'Chat',
  chatButtonAlert: 'Chat, neue Nachrichten',
  chatButtonUnread: {one: 'Chat, # neue Nachricht', other: 'Chat, # neue Nachrichten'},
  statusRecovering: 'Die Verbindung wird wiederhergestellt…',
  statusOffline: 'Offline. Neue Nachrichten erscheinen, sobald die Verbindung zurück ist.',
  statusConnected: 'Wieder verbunden.',
  statusQueued: {other: 'Sie werden angemeldet. Sie sind Nummer # in der Warteschlange.'},
  statusWaiting: 'Sie werden angemeldet. Bitte warten.',
  statusSignedOut: 'Ihre Anmeldung ist abgelaufen.',
  statusNotSignedIn: 'Sie sind bei der Unterhaltung nicht angemeldet.',
  statusSignIn: 'Neu anmelden',
  statusSignInFirst: 'Anmelden',
  statusLink: 'Die Unterhaltung in einem neuen Fenster öffnen',
  rooms: 'Räume',
  roomsSearch: 'Räume suchen',
  roomsNone: 'Sie haben noch keine Räume.',
  roomsUnmatched: 'Kein Raum hat diesen Namen.',
  roomUnread: {
    one: '{room}, # ungelesene Nachricht',
    other: '{room}, # ungelesene Nachrichten',
  },
  roomAlert: '{room}, neue Nachrichten',
  roomUnreadMost: {other: '#+'},
  launcherName: 'Chats',
  launcherAlert: 'Chats, neue Nachrichten',
  launcherUnread: {
    one: 'Chats, # ungelesene Nachricht',
    other: 'Chats, # ungelesene Nachrichten',
  },
  launcherMost: {other: '#+'},
  launcher_connecting: 'Verbindung wird aufgebaut …',
  launcher_offline: 'Keine Verbindung.',
  launcher_signed_out: 'Sie sind nicht angemeldet.',
  launcherFailed: 'Etwas konnte nicht geladen werden. Zum erneuten Versuch drücken.',
  launcherNews: {
    one: 'Sie haben # ungelesene Nachricht.',
    other: 'Sie haben # ungelesene Nachrichten.',
  },
  ...windowGerman,
};
