import type {IncomingMessage, ServerResponse} from 'node:http';

import {send} from '../http.js';
import {fileLogin} from './file-login.js';
import type {Workspace} from './workspace.js';

/** Where uploaded files are served. */
export const UPLOAD_PATH = '/file-upload/';

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
    const login = fileLogin(workspace, request, url);
    if (!login || !workspace.rooms.readable(login.user, room)) {
      send(response, 403, '');
      return;
    }
  }
  response
    .writeHead(200, {
      'content-type': upload.type || 'application/octet-stream',
      'content-security-policy': "default-src 'none'",
      'content-length': upload.content.length,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(upload.name)}`,
      'cache-control': 'no-store',
    })
    .end(upload.content);
};
