import {field} from '../../../src/protocol/guards.js';
import {
  invitationAlias,
  invitationIcon,
  invitationPath,
  invitationTitle,
  workspaceHost,
} from '../../../src/protocol/invitation-place.js';
import {invitationTime, type InvitationTime} from '../../../src/protocol/invitation-time.js';
import {BrokerError} from '../errors.js';

/** Where the links lead; what is undefined is as it is configured. */
interface Place {
  /** Empty: no branding path. */
  readonly path: string | undefined;
  readonly icon: string | undefined;
}

/** What a page wants of `POST /v1/invitations`. */
export type AskedInvitation =
  | (Place & {
      readonly alias: string;
      readonly title: string | undefined;
      readonly time: InvitationTime | undefined;
    })
  | (Place & {readonly template: true; readonly workspace: string | undefined});

const refuse = (name: string, wanted: string): BrokerError =>
  new BrokerError(
    400,
    'invalid-argument',
    `"${name}" of the invitation must be ${wanted}. Mend it, or leave it out.`,
  );

const textIn = (
  body: unknown,
  name: string,
  reader: (value: unknown) => string | undefined,
  wanted: string,
): string | undefined => {
  const given = field(body, name);
  const found = given === undefined ? undefined : reader(given);
  if (given !== undefined && found === undefined) throw refuse(name, wanted);
  return found;
};

const pathOrNone = (value: unknown): string | undefined =>
  value === '' ? '' : invitationPath(value);

const timeIn = (body: unknown): InvitationTime | undefined => {
  const [starts, ends] = [field(body, 'startsAt'), field(body, 'endsAt')];
  if (starts === undefined && ends === undefined) return;
  const time = invitationTime(starts, ends);
  if (time) return time;
  throw refuse('startsAt', 'before "endsAt", both as 2026-01-31T09:00:00Z');
};

/**
 * Reads the body of `POST /v1/invitations`.
 *
 * @throws {BrokerError} `invalid-argument`, which names the field
 */
export const readInvitationRequest = (body: unknown): AskedInvitation => {
  const place = {
    path: textIn(body, 'path', pathOrNone, 'a branding path such as webapp3'),
    icon: textIn(body, 'icon', invitationIcon, 'the https address of an image'),
  };
  const template = field(body, 'template') ?? false;
  const asked = field(body, 'alias');
  if (typeof template !== 'boolean') throw refuse('template', 'true or false');
  if (template === (asked !== undefined))
    throw new BrokerError(
      400,
      'invalid-argument',
      'An invitation is for one meeting or for all. Send either "alias" or "template": true.',
    );
  if (template) {
    const wanted = 'a workspace, as chat.example.com';
    return {...place, template, workspace: textIn(body, 'workspace', workspaceHost, wanted)};
  }
  const alias = invitationAlias(asked);
  if (alias === undefined)
    throw refuse('alias', 'up to 256 characters that can be seen, and not only dots');
  return {
    ...place,
    alias,
    title: textIn(body, 'title', invitationTitle, 'a text'),
    time: timeIn(body),
  };
};
