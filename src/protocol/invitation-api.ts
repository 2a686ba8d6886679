import type {Invitation} from './invitation.js';

/** The body of `POST /v1/invitations` (docs/invitations.md): for one meeting. */
export interface InvitationRequest {
  /** Of a meeting of the broker's, or of any other, such as a personal VMR. */
  readonly alias: string;
  /** Branding path; default the one that is configured. Empty: none. */
  readonly path?: string;
  /** Address of Rocket.Chat's icon; default the workspace's own. */
  readonly icon?: string;
  /** For the calendar, as both times: a scheduled meeting of the broker's has its own. */
  readonly title?: string;
  /** ISO 8601. */
  readonly startsAt?: string;
  readonly endsAt?: string;
}

/** The body of `POST /v1/invitations` for a template of Pexip's Secure Scheduler for Exchange. */
export interface InvitationTemplateRequest {
  readonly template: true;
  /** Address or host of the Rocket.Chat workspace; default the one that is configured. */
  readonly workspace?: string;
  readonly path?: string;
  readonly icon?: string;
}

/** The answer of `POST /v1/invitations`. */
export interface InvitationAnswer extends Invitation {
  /** A calendar file (RFC 5545), of a meeting whose time is known. */
  readonly ics?: string;
}
