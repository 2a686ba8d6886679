import assert from 'node:assert/strict';
import {describe, it} from 'node:test';

import {withDdp} from '../support/with-ddp.mjs';

describe('files', () => {
  const {context, token, rest, ridOf} = withDdp();
  const upload = (login, {name = 'list.txt', type = 'text/plain', text = 'aspirin'} = {}) => {
    const body = new FormData();
    body.append('file', new File([text], name, {type}));
    return rest('POST', `rooms.media/${ridOf('consultation')}`, {login, body});
  };
  const get = (path, headers = {}) => fetch(`${context.chat.origin}${path}`, {headers});

  it('are uploaded, then confirmed with a text, and appear in a message', async () => {
    const login = token('alice');
    const {file} = (await upload(login)).body;
    const path = `rooms.mediaConfirm/${ridOf('consultation')}/${file._id}`;
    const {body} = await rest('POST', path, {login, body: {msg: 'My list'}});
    assert.equal(body.message.msg, 'My list');
    assert.equal(body.message.file.name, 'list.txt');
    assert.equal(body.message.attachments[0].title_link, file.url);
  });

  it('are for whoever may read the room, by headers or by cookies', async () => {
    const login = token('alice');
    const {url} = (await upload(login)).body.file;
    assert.equal((await get(url)).status, 403);
    const headersOf = ({userId, authToken}) => ({'X-User-Id': userId, 'X-Auth-Token': authToken});
    const answer = await get(url, headersOf(login));
    assert.equal(await answer.text(), 'aspirin');
    const {userId, authToken} = token('bob');
    const cookies = await get(url, {Cookie: `rc_uid=${userId}; rc_token=${authToken}`});
    assert.equal(cookies.status, 200);
    assert.equal((await get('/file-upload/none/x', headersOf(login))).status, 404);
    assert.equal((await get(url, headersOf({...login, userId}))).status, 403, 'not hers');
  });

  it('are for everybody where the workspace does not protect them', async () => {
    context.chat.settings.set('FileUpload_ProtectFiles', false);
    const {url} = (await upload(token('alice'))).body.file;
    const answer = await get(url);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-security-policy'), /'none'/);
    assert.match(answer.headers.get('content-disposition'), /^attachment/);
  });

  it('are refused by type, by size, where there are to be none, and in rooms of others', async () => {
    const login = token('alice');
    const svg = await upload(login, {name: 'x.svg', type: 'image/svg+xml'});
    assert.equal(svg.body.errorType, 'error-invalid-file-type');
    context.chat.settings.set('FileUpload_MaxFileSize', 3);
    assert.equal((await upload(login)).body.errorType, 'error-file-too-large');
    context.chat.settings.set('FileUpload_Enabled', false);
    assert.equal((await upload(login)).body.errorType, 'error-file-upload-disabled');
    assert.equal((await upload(undefined)).status, 401);
    const body = new FormData();
    body.append('file', new File(['x'], 'x.txt', {type: 'text/plain'}));
    const others = await rest('POST', `rooms.media/${ridOf('case-5820')}`, {login, body});
    assert.equal(others.status, 400);
  });
});
