import {field, identifier} from '../protocol/guards.js';
import {list} from '../protocol/list.js';
import type {ChatApi} from './chat-api.js';
import type {FileRules} from './file-rules.js';

/** What a workspace lets its users do, by its public settings. */
export interface WorkspaceRules {
  /** The longest message, in UTF-16 code units. */
  readonly text?: number;
  readonly files: FileRules & {readonly enabled: boolean};
  /** Minutes after which a message of one's own cannot be changed any more; undefined: never can it be. */
  readonly edit: number | undefined;
  readonly remove: number | undefined;
  /** People are told of by their names, not by their usernames. */
  readonly realNames: boolean;
}

/** What holds until a workspace has told otherwise: Rocket.Chat's own defaults. */
export const DEFAULT_RULES: WorkspaceRules = {
  text: 5000,
  files: {enabled: true},
  edit: Infinity,
  remove: Infinity,
  realNames: false,
};

const NAMES = [
  'FileUpload_Enabled',
  'FileUpload_MaxFileSize',
  'FileUpload_MediaTypeBlackList',
  'FileUpload_MediaTypeWhiteList',
  'Message_AllowDeleting',
  'Message_AllowDeleting_BlockDeleteInMinutes',
  'Message_AllowEditing',
  'Message_AllowEditing_BlockEditInMinutes',
  'Message_MaxAllowedSize',
  'UI_Use_Real_Name',
] as const;

/** A workspace has some hundred of them. */
const MOST_SETTINGS = 5_000;

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

const words = (value: unknown): string | undefined =>
  typeof value === 'string' ? value.slice(0, 10_000) : undefined;

/** 0 is any time. */
const minutes = (allowed: unknown, limit: unknown): number | undefined =>
  allowed === false ? undefined : numberOf(limit) || Infinity;

/** Reads the public settings of a workspace; what is missing is as by default. */
export const parseRules = (data: unknown): WorkspaceRules => {
  const settings = list(field(data, 'update') ?? data);
  const values = new Map<string, unknown>();
  for (const each of settings.slice(0, MOST_SETTINGS)) {
    const name = identifier(field(each, '_id'));
    if (name && (NAMES as readonly string[]).includes(name)) values.set(name, field(each, 'value'));
  }
  const of = (name: (typeof NAMES)[number]): unknown => values.get(name);
  const text = numberOf(of('Message_MaxAllowedSize'));
  return {
    ...(text !== undefined && text > 0 && {text}),
    files: {
      enabled: of('FileUpload_Enabled') !== false,
      size: numberOf(of('FileUpload_MaxFileSize')),
      allowed: words(of('FileUpload_MediaTypeWhiteList')),
      refused: words(of('FileUpload_MediaTypeBlackList')),
    },
    edit: minutes(of('Message_AllowEditing'), of('Message_AllowEditing_BlockEditInMinutes')),
    remove: minutes(of('Message_AllowDeleting'), of('Message_AllowDeleting_BlockDeleteInMinutes')),
    realNames: of('UI_Use_Real_Name') === true,
  };
};

/** Source: `public-settings/get`, REST `settings.public`. @throws what says that it could not be asked */
export const askRules = async (api: ChatApi): Promise<WorkspaceRules> =>
  parseRules(
    await api.ask('public-settings/get', [], (rest) =>
      rest.get('settings.public', {_id: NAMES.join()}).then((body) => field(body, 'settings')),
    ),
  );
