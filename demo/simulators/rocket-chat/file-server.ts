import type {IncomingMessage, ServerResponse} from 'node:http';

import {send} from '../http.js';
import type {Login} from './users.js';
import type {Workspace} from './workspace.js';

/** Where uploaded files are served. */
export const UPLOAD_PATH = '/file-upload/';

const cookiesOf = ({headers}: IncomingMessage): Map<string, string> =>
  new Map(
    (headers.cookie ?? '').split(';').map((each) => {
      const [name = '', value = ''] = each.trim().split('=');
      return [name, decodeURIComponent(value)];
    }),
  );

/** The login by headers, by the query, or by the cookies `rc_uid` and `rc_token`. */
const loginOf = ({users}: Workspace, request: IncomingMessage, url: URL): Login | undefined => {
  const {'x-user-id': id, 'x-auth-token': token} = request.headers;
  const cookies = cookiesOf(request);
  const pairs = [
    [id, token],
    [url.searchParams.get('rc_uid'), url.searchParams.get('rc_token')],
    [cookies.get('rc_uid'), cookies.get('rc_token')],
  ];
  return pairs
    .map(([userId, authToken]) => {
      const login = users.resume(authToken);
      return login?.user._id === userId ? login : undefined;
    })
    .find(Boolean);
};

/** Answers `/file-upload/<id>/<name>`; a protected file is only for the readers of its room. */
export const answerFile = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  workspace: Workspace,
): void => {
  const [id = ''] = url.pathname.slice(UPLOAD_PATH.length).split('/');
  const upload = workspace.uploads.byId(id);
  const room = workspace.rooms.byId(upload?.rid);
  if (!upload || !room) {
    send(response, 404, '');
    return;
  }
  if (workspace.settings.get('FileUpload_ProtectFiles')) {
    const login = loginOf(workspace, request, url);
    if (!login || !workspace.rooms.readable(login.user, room)) {
      send(response, 403, '');
      return;
    }
  }
  response
    .writeHead(200, {
      'content-type': upload.type || 'application/octet-stream',
      'content-security-policy': "default-src 'none'",
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(upload.name)}`,
      'cache-control': 'no-store',
    })
    .end(upload.content);
};
