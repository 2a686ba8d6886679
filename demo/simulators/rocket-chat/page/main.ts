import {Chat} from './chat.js';
import {listenToCommands, listenToOverrides} from './commands.js';
import {listenToRemote} from './remote-control.js';
import {mountView} from './view.js';

const chat = new Chat();
mountView(chat);
listenToOverrides(chat);
listenToRemote(chat);
addEventListener('popstate', () => void chat.openRoute());
addEventListener('focus', () => {
  chat.readIfSeen();
});
// A command that comes before the settings are known is lost, as with the real page.
void chat.start((settings) => {
  listenToCommands(chat, settings);
});
