import {field, text} from '../../../../src/protocol/guards.js';
import type {PublicSettings} from '../settings.js';
import type {Chat} from './chat.js';

const LONGEST_PATH = 2000;

const hiddenActionsOf = (data: unknown): string[] | undefined => {
  const groups = field(data, 'event') === 'overrideUi' && field(data, 'hideActions');
  if (typeof groups !== 'object' || groups === null) return;
  return Object.values(groups)
    .flat()
    .filter((id): id is string => typeof id === 'string');
};

const run = (command: unknown, data: unknown, chat: Chat): void => {
  switch (command) {
    case 'go': {
      const path = text(field(data, 'path'), LONGEST_PATH);
      if (path) chat.go(path);
      else console.error('`path` not defined');
      return;
    }
    case 'login-with-token':
      // Rocket.Chat logs the whole message here, token included. That is its own page's console;
      // we only say that a token came, so that no log of a test or demonstration holds a secret.
      console.log('login-with-token: a token came');
      // An empty token means "as before" to Meteor, which the simulator answers with silence.
      void chat.loginWithToken(text(field(data, 'token'), LONGEST_PATH) ?? '');
      return;
    case 'logout':
      void chat.logout();
      return;
    case 'set-user-status':
      void chat.setStatus(field(data, 'status'));
      return;
    default:
      console.error(`unknown externalCommand ${String(command)}`);
  }
};

/**
 * Obeys the parent's commands, as Rocket.Chat's "Sending Commands" describes them. None is answered.
 *
 * @param settings the settings of the moment
 */
export const listenToCommands = (chat: Chat, settings: () => PublicSettings): void => {
  addEventListener('message', ({data, origin}: MessageEvent<unknown>) => {
    const command = field(data, 'externalCommand');
    if (command === undefined) return;
    const now = settings();
    if (!now.Iframe_Integration_receive_enable) return;
    const origins = now.Iframe_Integration_receive_origin;
    // Exactly so: a space or final slash in the setting shuts the origin out.
    if (origins !== '*' && !origins.split(',').includes(origin)) return;
    run(command, data, chat);
  });
};

/** Hides buttons when told to. Rocket.Chat asks for no setting and no origin here. */
export const listenToOverrides = (chat: Chat): void => {
  addEventListener('message', ({data}: MessageEvent<unknown>) => {
    const actions = hiddenActionsOf(data);
    if (actions) chat.store.update({hiddenActions: actions});
  });
};
