/** Who asks for a file or a picture, which pages do without headers of their own. */
import type {IncomingMessage} from 'node:http';

import type {Login} from './users.js';
import type {Workspace} from './workspace.js';

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const cookiesOf = ({headers}: IncomingMessage): Map<string, string> =>
  new Map(
    (headers.cookie ?? '').split(';').map((each) => {
      const [name = '', value = ''] = each.trim().split('=');
      return [name, decoded(value)];
    }),
  );

const loginOf = ({users}: Workspace, userId: unknown, token: unknown): Login | undefined => {
  const login = users.resume(token);
  return login?.user._id === userId ? login : undefined;
};

/** The login by the query, or by the cookies `rc_uid` and `rc_token`: all that avatars know. */
export const pageLogin = (
  workspace: Workspace,
  request: IncomingMessage,
  {searchParams}: URL,
): Login | undefined => {
  const cookies = cookiesOf(request);
  return (
    loginOf(workspace, searchParams.get('rc_uid'), searchParams.get('rc_token')) ??
    loginOf(workspace, cookies.get('rc_uid'), cookies.get('rc_token'))
  );
};

/** The login by the headers of the REST API, by the query, or by cookies. */
export const fileLogin = (
  workspace: Workspace,
  request: IncomingMessage,
  url: URL,
): Login | undefined => {
  const {'x-user-id': userId, 'x-auth-token': token} = request.headers;
  return loginOf(workspace, userId, token) ?? pageLogin(workspace, request, url);
};
