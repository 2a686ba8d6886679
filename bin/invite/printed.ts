import type {Shown} from './arguments.js';
import type {Invited} from './index.js';

/** An invitation as it is printed; a line's end is put behind it. */
export const printedInvitation = (invited: Invited, shown: Shown): string => {
  const {rocketChatUrl, webAppUrl, html, ics} = invited;
  // Its last line ends in CRLF, as every other.
  const file = ics?.replace(/\n$/, '');
  if (shown === 'json') return JSON.stringify(invited, null, 2);
  if (shown === 'html') return html;
  if (shown === 'ics') return file ?? '';
  return [
    `Rocket.Chat\n${rocketChatUrl}`,
    `Web App 3\n${webAppUrl}`,
    `HTML\n${html}`,
    ...(ics ? [`Calendar file: the same command with --ics prints it, for > meeting.ics`] : []),
  ].join('\n\n');
};
