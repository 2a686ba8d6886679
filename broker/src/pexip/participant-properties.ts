import type {TicketHolder} from '../meetings/tickets.js';
import {pexipText} from './pexip-text.js';

/**
 * What a ticket changes of a participant: `result` of Pexip Infinity's participant properties. Whoever
 * has typed the host's PIN stays a host.
 *
 * @param asked what he is without the ticket
 */
export const participantProperties = (
  {role, name}: TicketHolder,
  asked: 'chair' | 'guest' | undefined,
): object => ({
  preauthenticated_role: asked === 'chair' ? asked : role,
  ...(name !== undefined && {remote_display_name: pexipText(name)}),
});
