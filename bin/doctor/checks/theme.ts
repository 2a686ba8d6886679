import {unchecked, type Check} from '../verdict.js';

/** Themes are seen in the Management Node only. */
export const theme: Check = {
  id: 'theme',
  subject: 'Pexip Infinity',
  run: () =>
    unchecked(
      'Whether there is a theme named rocket.chat is seen in the Management Node only.',
      'In the Management Node, under Services > Themes, look for the name rocket.chat, in exactly this spelling; Add theme makes it. Without it calls of the Pexip app have the default theme of the Global Settings.',
    ),
};
