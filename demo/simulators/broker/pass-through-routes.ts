/** Where a call that is passed on goes, and what it may bring along. */
export interface Passage {
  /** The workspace's path. */
  readonly path: string;
  /** What its body is, if it has one. */
  readonly body: 'form' | 'json';
  /** A file or picture of the workspace's own, beside its REST API. */
  readonly isFile: boolean;
  /** Whether the workspace knows the caller by cookies there, and not by headers. */
  readonly byCookie: boolean;
}

const API = '/api/v1/';

const ROUTES: ReadonlySet<string> = new Set([
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
  'GET subscriptions.getOne',
  'GET users.autocomplete',
  'GET users.presence',
  'POST chat.delete',
  'POST chat.react',
  'POST chat.sendMessage',
  'POST chat.update',
  'POST im.create',
  'POST logout',
  'POST subscriptions.read',
]);

const UPLOAD = /^POST rooms\.(upload|media)\/[\w-]+$/;
const CONFIRM = /^POST rooms\.mediaConfirm\/[\w-]+\/[\w-]+$/;
const FILE = /^GET file-upload\/[\w-]+\/[^/\\]+$/;
const AVATAR = /^GET avatar\/(room\/|uid\/)?[^/\\]+$/;

/** Whether a path has no slash in disguise, and nothing that cannot be decoded. */
const isPlain = (route: string): boolean => {
  try {
    return !/%(2f|5c)/i.test(route) && decodeURIComponent(route) !== '';
  } catch {
    return false;
  }
};

/** Where a call goes; undefined if it is not passed on. */
export const passageOf = (method: string, route: string): Passage | undefined => {
  const call = `${method} ${route}`;
  const api = {path: API + route, body: 'json', isFile: false, byCookie: false} as const;
  if (ROUTES.has(call) || CONFIRM.test(call)) return api;
  if (UPLOAD.test(call)) return {...api, body: 'form'};
  if (!isPlain(route)) return;
  const own = {path: `/${route}`, body: 'json', isFile: true, byCookie: false} as const;
  if (FILE.test(call)) return own;
  return AVATAR.test(call) ? {...own, byCookie: true} : undefined;
};
