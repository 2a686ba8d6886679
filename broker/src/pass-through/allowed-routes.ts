import {plainSegment} from './path-segment.js';

/**
 * All that is passed through; what is not here is refused before the workspace hears of it. `:id` is
 * one of Rocket.Chat's ids, `:name` any one segment. docs/broker-routes.md says who asks for which.
 */
export const ALLOWED_ROUTES = [
  'GET channels.history',
  'GET channels.members',
  'GET chat.getThreadMessages',
  'GET chat.syncMessages',
  'GET groups.history',
  'GET groups.members',
  'GET im.history',
  'GET im.members',
  'GET me',
  'GET rooms.get',
  'GET rooms.info',
  'GET settings.public',
  'GET spotlight',
  'GET subscriptions.get',
  'GET users.autocomplete',
  'GET users.presence',
  'POST chat.delete',
  'POST chat.react',
  'POST chat.sendMessage',
  'POST chat.update',
  'POST im.create',
  'POST im.delete',
  'POST rooms.hide',
  'POST rooms.media/:id',
  'POST rooms.mediaConfirm/:id/:id',
  'POST rooms.open',
  'POST rooms.upload/:id',
  'POST subscriptions.read',
  'GET avatar/:name',
  'GET avatar/room/:name',
  'GET avatar/uid/:name',
  'GET file-upload/:id/:name',
] as const;

export type AllowedRoute = (typeof ALLOWED_ROUTES)[number];

/** Where a call that is passed on goes, and what it may bring along. */
export interface Passage {
  /** Below the workspace's address, from one slash on; without a query. */
  readonly path: string;
  /** What its body is; `none` has none, whatever is sent. */
  readonly body: 'none' | 'form' | 'json';
  /** A file or picture of the workspace's own, beside its REST API. */
  readonly isFile: boolean;
  /**
   * Whether the workspace knows the caller by cookies there. Its files look for headers, too; its
   * avatars do not. Source: Rocket.Chat's server/routes/avatar/utils.js, FileUpload.ts.
   */
  readonly byCookie: boolean;
  /** Whether it may be asked without a login. */
  readonly isOpen: boolean;
  /** Whether it deletes a chat for everybody in it, which the operator allows by `chats.delete`. */
  readonly deletesChat: boolean;
}

interface Entry {
  readonly method: string;
  readonly segments: readonly string[];
}

const ENTRIES: readonly Entry[] = ALLOWED_ROUTES.map((route) => {
  const [method = '', path = ''] = route.split(' ');
  return {method, segments: path.split('/')};
});

const ID = /^[\w-]{1,64}$/;
const FORMS: ReadonlySet<string> = new Set(['rooms.media', 'rooms.upload']);

const segmentAt = (pattern: string, raw: string): string | undefined => {
  if (pattern === ':name') return plainSegment(raw);
  return (pattern === ':id' ? ID.test(raw) : pattern === raw) ? raw : undefined;
};

const pathBy = ({segments}: Entry, given: readonly string[]): string | undefined => {
  if (given.length !== segments.length) return;
  const path = segments.map((pattern, at) => segmentAt(pattern, given[at] ?? ''));
  return path.includes(undefined) ? undefined : path.join('/');
};

/**
 * Where a call goes.
 *
 * @param route what stands after `/v1/rc/`, as it came: still encoded, without the query
 * @returns `undefined` if it is not passed on
 */
export const passageOf = (method: string, route: string): Passage | undefined => {
  const given = route.split('/');
  const [path] = ENTRIES.flatMap((entry) =>
    entry.method === method ? (pathBy(entry, given) ?? []) : [],
  );
  if (path === undefined) return;
  const [first = ''] = given;
  const byCookie = first === 'avatar';
  const isFile = byCookie || first === 'file-upload';
  return {
    path: isFile ? `/${path}` : `/api/v1/${path}`,
    body: method === 'GET' ? 'none' : FORMS.has(first) ? 'form' : 'json',
    isFile,
    byCookie,
    isOpen: byCookie || first === 'settings.public',
    deletesChat: first === 'im.delete',
  };
};
