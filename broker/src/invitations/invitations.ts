import {createHmac} from 'node:crypto';

import {calendarFile, type CalendarEntry} from '../../../bin/invite/calendar.js';
import {
  invitationFor,
  invitationTemplate,
  type InvitationPlace,
} from '../../../src/protocol/invitation.js';
import type {InvitationAnswer} from '../../../src/protocol/invitation-api.js';
import {workspaceHost} from '../../../src/protocol/invitation-place.js';
import type {Identity} from '../callers/identity.js';
import type {BrokerSettings} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import type {Access} from '../meetings/access.js';
import {isOursAlone} from '../meetings/meeting-aliases.js';
import {isOver, type Meeting} from '../meetings/meeting.js';
import type {Seal} from '../store/seal.js';
import type {AskedInvitation} from './invitation-request.js';

export interface InvitationsOptions {
  readonly settings: {
    readonly pexip: Pick<BrokerSettings['pexip'], 'path'>;
    readonly rocketChat: Pick<BrokerSettings['rocketChat'], 'server'>;
  };
  /** Origin of the Conferencing Node. */
  readonly node: string;
  readonly seal: Pick<Seal, 'key'>;
  readonly access: Access;
}

type AskedMeeting = Extract<AskedInvitation, {readonly alias: string}>;

/**
 * Makes invitations. None has a PIN or a ticket: they are for sharing. An alias that is no meeting of the
 * caller's is a text to the broker, as that of a personal VMR is: nothing is told of the meeting that it
 * may be to others.
 */
export class Invitations {
  readonly #options: InvitationsOptions;
  readonly #key: Buffer;

  constructor(options: InvitationsOptions) {
    this.#options = options;
    this.#key = options.seal.key('calendar-id');
  }

  /** @throws {BrokerError} `meeting-not-found`, `meeting-ended` */
  async make(identity: Identity, asked: AskedInvitation): Promise<InvitationAnswer> {
    if ('template' in asked) {
      const place = this.#place(asked);
      return invitationTemplate({...place, workspace: asked.workspace ?? place.workspace});
    }
    const own = await this.#options.access(identity, asked.alias);
    // A call rings for its two alone: nobody can be invited to it.
    return own && !own.meeting.call
      ? this.#forMeeting(identity, asked, own.meeting)
      : this.#forText(identity, asked);
  }

  #forMeeting(identity: Identity, asked: AskedMeeting, meeting: Meeting): InvitationAnswer {
    if (isOver(meeting))
      throw new BrokerError(409, 'meeting-ended', 'The meeting has ended. Make another one.');
    const {alias, guests, guestPin, startsAt, endsAt, title, id, creator} = meeting;
    const shared = invitationFor(this.#place(asked), alias);
    // Web App 3 asks whoever has not this in his link for a PIN, and lets him go on without one.
    const straight = guests && guestPin === undefined ? '?role=guest' : '';
    const invitation = {...shared, webAppUrl: shared.webAppUrl + straight};
    if (startsAt === undefined || endsAt === undefined) return invitation;
    const ics = this.#calendar(['meeting', id], {
      ...{title, startsAt, endsAt, invitation},
      pin: guestPin !== undefined,
      organizer: creator === identity.sub ? identity : undefined,
    });
    return {...invitation, ics};
  }

  #forText(identity: Identity, asked: AskedMeeting): InvitationAnswer {
    const {alias, title, time} = asked;
    if (isOursAlone(alias))
      throw new BrokerError(
        404,
        'meeting-not-found',
        'You have no meeting of this alias. Compare the alias, or ask whoever made the meeting to name you in it.',
      );
    const invitation = invitationFor(this.#place(asked), alias);
    if (!time) return invitation;
    const names = ['other', identity.sub, alias, time.startsAt];
    const organizer = identity;
    return {...invitation, ics: this.#calendar(names, {...time, title, invitation, organizer})};
  }

  #place({path, icon}: Pick<AskedInvitation, 'icon' | 'path'>): InvitationPlace {
    const {settings, node} = this.#options;
    const workspace = workspaceHost(settings.rocketChat.server);
    // The settings were checked when the broker began.
    if (workspace === undefined) throw new Error('rocketChat.server gives no host.');
    return {workspace, node, path: path ?? settings.pexip.path, icon};
  }

  /** A calendar knows the meeting again by a digest that tells nothing of it. */
  #calendar(names: readonly (number | string)[], entry: Omit<CalendarEntry, 'id'>): string {
    const id = createHmac('sha256', this.#key).update(JSON.stringify(names)).digest('hex');
    return calendarFile({...entry, id: id.slice(0, 32)});
  }
}
