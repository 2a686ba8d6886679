import {
  invitationAlias,
  invitationIcon,
  invitationNode,
  invitationPath,
  invitationTitle,
  workspaceHost,
} from '../../src/protocol/invitation-place.js';
import {invitationTime, type InvitationTime} from '../../src/protocol/invitation-time.js';
import {parsedArguments, UsageError} from '../usage.js';

import type {MeetingToInvite, TemplateToInvite} from './index.js';

/** What is printed of an invitation. */
export type Shown = 'all' | 'html' | 'ics' | 'json';

/** What `pexip-chat-room invite` was asked. */
export interface InviteArguments {
  readonly what: MeetingToInvite | TemplateToInvite;
  readonly shown: Shown;
}

const OPTIONS = {
  alias: {type: 'string'},
  server: {type: 'string'},
  node: {type: 'string'},
  path: {type: 'string'},
  icon: {type: 'string'},
  title: {type: 'string'},
  starts: {type: 'string'},
  ends: {type: 'string'},
  template: {type: 'boolean'},
  html: {type: 'boolean'},
  ics: {type: 'boolean'},
  json: {type: 'boolean'},
} as const;

type Values = ReturnType<typeof parsedArguments<typeof OPTIONS>>;

/** The value of an option as a reader has it; undefined where it was not given. */
const read = (
  value: string | undefined,
  reader: (value: unknown) => string | undefined,
  wrong: string,
): string | undefined => {
  if (value === undefined) return;
  const found = reader(value);
  if (found === undefined) throw new UsageError(wrong);
  return found;
};

const wanted = (name: string, found: string | undefined, why: string): string => {
  if (found === undefined) throw new UsageError(`--${name} is missing: ${why}.`);
  return found;
};

const timeIn = ({starts, ends}: Values): InvitationTime | undefined => {
  if (starts === undefined && ends === undefined) return;
  const time = invitationTime(starts, ends);
  if (time) return time;
  throw new UsageError(
    'Give --starts and --ends both, the later one last, as 2026-01-31T09:00:00Z or 2026-01-31T10:00:00+01:00.',
  );
};

const shownIn = ({html, ics, json}: Values): Shown => {
  const asked = Object.entries({html, ics, json}).flatMap(([name, on]) => (on ? [name] : []));
  if (asked.length > 1) throw new UsageError(`Give only one of --${asked.join(' and --')}.`);
  return (asked[0] as Shown | undefined) ?? 'all';
};

/** Of a meeting only; a template has placeholders there. */
const OF_A_MEETING = ['alias', 'node', 'title', 'starts', 'ends', 'ics'] as const;

/**
 * Reads the arguments of `pexip-chat-room invite`.
 *
 * @throws {UsageError}
 */
export const inviteArguments = (args: readonly string[]): InviteArguments => {
  const values = parsedArguments(args, OPTIONS);
  const shown = shownIn(values);
  const server = read(
    values.server,
    workspaceHost,
    '--server is no workspace. Write it as chat.example.com or https://chat.example.com.',
  );
  const path = values.path === '' ? undefined : values.path;
  const common = {
    workspace: wanted('server', server, 'the Rocket.Chat workspace, as chat.example.com'),
    path: read(path, invitationPath, '--path is a branding path such as webapp3.'),
    icon: read(values.icon, invitationIcon, '--icon is the https address of an image.'),
  };
  if (values.template) {
    const other = OF_A_MEETING.find((name) => values[name] !== undefined);
    if (other)
      throw new UsageError(
        `--${other} is of a meeting, and --template is of all. Leave one of them out.`,
      );
    return {what: {...common, kind: 'template'}, shown};
  }
  const alias = read(
    values.alias,
    invitationAlias,
    '--alias is no alias: up to 256 characters that can be seen, and not only dots.',
  );
  const node = read(
    values.node,
    invitationNode,
    '--node is no Conferencing Node. Write it as https://pexip.example.com.',
  );
  const time = timeIn(values);
  if (shown === 'ics' && !time) throw new UsageError('--ics needs --starts and --ends.');
  return {
    what: {
      ...common,
      kind: 'meeting',
      alias: wanted('alias', alias, 'that of the meeting; or give --template'),
      node: wanted('node', node, 'the Conferencing Node, as https://pexip.example.com'),
      title: read(values.title, invitationTitle, '--title has no text.'),
      time,
    },
    shown,
  };
};
