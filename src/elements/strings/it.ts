import type {AllStrings} from './strings.js';
import {windowItalian} from './window-it.js';

/** The texts of the elements in Italian, which has a plural of its own for millions. */
export const strings: AllStrings = {
  direction: 'ltr',
  meetingFrame: 'Riunione',
  meetingIdle: 'Nessuna riunione per ora.',
  meetingStart: 'Mostra la riunione',
  meetingLoading: 'Caricamento della riunione…',
  meetingUnbridged: 'La riunione funziona, ma senza il suo pulsante della chat.',
  meetingFailed: 'Impossibile mostrare la riunione.',
  chatFrame: 'Chat',
  chatIdle: 'Nessuna conversazione per ora.',
  chatLoading: 'Caricamento della conversazione…',
  chatDegraded: 'La conversazione non ha risposto. Potrebbe non essere aggiornata.',
  chatNotAllowed:
    'Questa pagina non può mostrare correttamente la conversazione. Rocket.Chat deve consentirlo.',
  chatOtherUser: 'In Rocket.Chat qui ha effettuato l’accesso un’altra persona.',
  chatForbidden: 'Non sei membro di questa stanza.',
  chatNotFound: 'Questa stanza non esiste.',
  chatNotSignedIn: 'Non è stato possibile accedere a questa conversazione.',
  chatFailed: 'Impossibile mostrare la conversazione.',
  meetingChatWaits: 'La conversazione si apre quando la riunione è iniziata.',
  meetingChatNoAccount:
    'Non hai ancora un account in questa chat. Accedi a Rocket.Chat, poi riprova.',
  meetingChatNotSignedIn:
    'Non è stato possibile effettuare l’accesso. Accedi di nuovo a questa pagina, poi riprova.',
  meetingChatNotYours:
    'Questa conversazione è riservata a chi partecipa alla riunione. Chiedi a chi ti ha invitato.',
  meetingChatNone: 'La riunione è terminata e non ha una conversazione.',
  meetingChatRefused:
    'Non è stato possibile avviare la conversazione. Riprova quando sarà entrato qualcun altro.',
  meetingChatNotSetUp:
    'Questa riunione non ha una conversazione. Chi gestisce la chat può configurarne una.',
  meetingChatAway:
    'Non è stato possibile aprire la conversazione. Controlla la connessione, poi riprova.',
  meetingChatAgain: 'Riprova',
  meetingChatLink: 'Apri Rocket.Chat in una nuova finestra',
  chatButton: 'Chat',
  chatButtonAlert: 'Chat, nuovi messaggi',
  chatButtonUnread: {
    one: 'Chat, # nuovo messaggio',
    many: 'Chat, # di nuovi messaggi',
    other: 'Chat, # nuovi messaggi',
  },
  statusRecovering: 'Nuovo tentativo di connessione…',
  statusOffline: 'Offline. I nuovi messaggi appariranno quando tornerà la connessione.',
  statusConnected: 'Di nuovo connesso.',
  statusQueued: {other: 'Accesso in corso. Sei il numero # in coda.'},
  statusWaiting: 'Accesso in corso. Attendi.',
  statusSignedOut: 'L’accesso è scaduto.',
  statusNotSignedIn: 'Non hai effettuato l’accesso alla conversazione.',
  statusSignIn: 'Accedi di nuovo',
  statusSignInFirst: 'Accedi',
  statusLink: 'Apri la conversazione in una nuova finestra',
  rooms: 'Stanze',
  roomsSearch: 'Cerca tra le stanze',
  roomsNone: 'Non hai ancora stanze.',
  roomsUnmatched: 'Nessuna stanza ha questo nome.',
  roomUnread: {
    one: '{room}, # messaggio non letto',
    many: '{room}, # di messaggi non letti',
    other: '{room}, # messaggi non letti',
  },
  roomAlert: '{room}, nuovi messaggi',
  roomUnreadMost: {other: '#+'},
  launcherName: 'Chat',
  launcherAlert: 'Chat, nuovi messaggi',
  launcherUnread: {
    one: 'Chat, # messaggio non letto',
    many: 'Chat, # di messaggi non letti',
    other: 'Chat, # messaggi non letti',
  },
  launcherMost: {other: '#+'},
  launcher_connecting: 'Connessione in corso…',
  launcher_offline: 'Nessuna connessione.',
  launcher_signed_out: 'Non hai effettuato l’accesso.',
  launcherFailed: 'Caricamento non riuscito. Premi per riprovare.',
  launcherNews: {
    one: 'Hai # messaggio non letto.',
    many: 'Hai # di messaggi non letti.',
    other: 'Hai # messaggi non letti.',
  },
  ...windowItalian,
};
