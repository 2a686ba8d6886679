import {createHash} from 'node:crypto';

import {invitationFor, invitationTemplate, type Invitation} from '../../src/protocol/invitation.js';
import type {InvitationTime} from '../../src/protocol/invitation-time.js';
import {calendarFile} from './calendar.js';

/** What is common to an invitation and a template of one. */
interface Common {
  /** Host of the workspace. */
  readonly workspace: string;
  readonly path?: string | undefined;
  readonly icon?: string | undefined;
}

/** A meeting to which people are invited. */
export interface MeetingToInvite extends Common {
  readonly kind: 'meeting';
  readonly alias: string;
  /** Origin of the Conferencing Node. */
  readonly node: string;
  readonly title?: string | undefined;
  readonly time?: InvitationTime | undefined;
}

/** A template for Pexip's Secure Scheduler for Exchange. */
export interface TemplateToInvite extends Common {
  readonly kind: 'template';
}

/** What `pexip-chat-room invite` makes. */
export interface Invited extends Invitation {
  /** Of a meeting whose time was given. */
  readonly ics?: string;
}

/** The same file again for the same meeting at the same time, so that a calendar has it once. */
const idOf = ({node, alias}: MeetingToInvite, {startsAt}: InvitationTime): string =>
  createHash('sha256')
    .update(JSON.stringify([node, alias, startsAt]))
    .digest('hex')
    .slice(0, 32);

/** Makes an invitation, without asking anybody. */
export const invite = (what: MeetingToInvite | TemplateToInvite): Invited => {
  if (what.kind === 'template') return invitationTemplate(what);
  const invitation = invitationFor(what, what.alias);
  const {time, title} = what;
  return time
    ? {...invitation, ics: calendarFile({...time, id: idOf(what, time), title, invitation})}
    : invitation;
};
