import assert from 'node:assert/strict';
import {request} from 'node:http';
import {describe, it} from 'node:test';

import {startRocketChat} from '../../dist/testing/index.js';
import {withDdp} from '../support/with-ddp.mjs';

const bytes = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));
const numbers = (...list) => Uint8Array.from(list);

const riff = (kind, ...rest) => bytes('RIFF', numbers(0, 0, 0, 0), 'WEBP', kind, ...rest);
const lossless = Buffer.alloc(4);
lossless.writeUInt32LE(299 | (199 << 14));
/** The beginning of an image of 300 by 200 pixels, of each kind. */
const IMAGES = {
  png: bytes(
    numbers(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13),
    'IHDR',
    numbers(0, 0, 1, 0x2c, 0, 0, 0, 200),
  ),
  gif: bytes('GIF89a', numbers(0x2c, 1, 200, 0)),
  jpeg: bytes(
    numbers(0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1),
    numbers(0xff, 0xc4, 0, 3, 1),
    numbers(0xff, 0xc2, 0, 11, 8, 0, 200, 1, 0x2c, 3),
  ),
  webp: riff('VP8X', numbers(0, 0, 0, 0, 0, 0, 0, 0), numbers(0x2b, 1, 0, 199, 0, 0)),
  'webp (plain)': riff(
    'VP8 ',
    numbers(0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a),
    numbers(0x2c, 1, 200, 0),
  ),
  'webp (lossless)': riff('VP8L', numbers(0, 0, 0, 0, 0x2f), lossless),
};

const formOf = (content, name, type, fields = {}) => {
  const body = new FormData();
  for (const [key, value] of Object.entries(fields)) body.append(key, value);
  body.append('file', new File([content], name, {type}));
  return body;
};

describe('a file in a message', () => {
  const {context, token, rest, ridOf} = withDdp();
  const post = async (content, name, type) => {
    const login = token('alice');
    const rid = ridOf('consultation');
    const body = formOf(content, name, type, {description: 'Look'});
    const answer = await rest('POST', `rooms.upload/${rid}`, {login, body});
    const [attachment] = answer.body.message.attachments;
    return {attachment, message: answer.body.message};
  };

  for (const [kind, content] of Object.entries(IMAGES)) {
    it(`has size and preview of a ${kind}`, async () => {
      const type = `image/${kind.split(' ')[0]}`;
      const {attachment} = await post(content, 'photo.x', type);
      assert.deepEqual(attachment.image_dimensions, {width: 300, height: 200});
      assert.equal(attachment.image_type, type);
      assert.equal(attachment.image_size, content.length);
      assert.equal(attachment.image_url, attachment.title_link);
      const preview = Buffer.from(attachment.image_preview, 'base64');
      assert.equal(preview.toString('latin1', 1, 4), 'PNG');
      assert.deepEqual([preview.readUInt32BE(16), preview.readUInt32BE(20)], [32, 21]);
      assert.ok(attachment.image_preview.length < 500);
    });
  }

  it('has no size of an image that is none, or ends too soon', async () => {
    for (const content of [
      'not an image',
      '',
      IMAGES.png.subarray(0, 18),
      IMAGES.jpeg.subarray(0, 9),
    ]) {
      const {attachment} = await post(content, 'photo.png', 'image/png');
      assert.equal(attachment.image_dimensions, undefined);
      assert.equal(attachment.image_preview, undefined);
      assert.ok(attachment.image_url);
    }
  });

  it('is told by its kind', async () => {
    const sound = await post('x', 'note.mp3', 'audio/mpeg');
    assert.equal(sound.attachment.audio_url, sound.attachment.title_link);
    assert.equal(sound.attachment.audio_type, 'audio/mpeg');
    const film = await post('x', 'scan.mp4', 'video/mp4');
    assert.equal(film.attachment.video_size, 1);
    const {attachment, message} = await post('xyz', 'report.final.pdf', 'application/pdf');
    assert.deepEqual([attachment.format, attachment.size], ['pdf', 3]);
    assert.equal(attachment.description, 'Look');
    assert.equal(attachment.descriptionMd[0].type, 'PARAGRAPH');
    assert.equal(message.file.format, 'pdf');
    const plain = await post('x', 'README', 'text/plain');
    assert.equal(plain.attachment.format, '');
  });

  it('may be renamed when it is confirmed', async () => {
    const login = token('alice');
    const rid = ridOf('consultation');
    const body = formOf('x', 'blob', 'text/plain');
    const {file} = (await rest('POST', `rooms.media/${rid}`, {login, body})).body;
    const path = `rooms.mediaConfirm/${rid}/${file._id}`;
    const answer = await rest('POST', path, {login, body: {fileName: 'list.txt'}});
    assert.equal(answer.body.message.file.name, 'list.txt');
    assert.match(answer.body.message.attachments[0].title_link, /\/list\.txt$/);
  });

  it('is not posted where its author may not write', async () => {
    context.chat.mute('consultation', 'alice');
    const login = token('alice');
    const rid = ridOf('consultation');
    const upload = (route) =>
      rest('POST', `${route}/${rid}`, {login, body: formOf('x', 'x.txt', 'text/plain')});
    assert.equal((await upload('rooms.upload')).body.error, 'You_have_been_muted');
    const {file} = (await upload('rooms.media')).body;
    const confirmed = await rest('POST', `rooms.mediaConfirm/${rid}/${file._id}`, {login});
    assert.equal(confirmed.body.error, 'You_have_been_muted');
    context.chat.mute('consultation', 'alice', false);
    context.chat.encrypt('consultation');
    assert.match((await upload('rooms.upload')).body.error, /un-encrypted/);
  });
});

describe('servers of different ages', () => {
  for (const [uploadRoutes, known, unknown] of [
    ['upload', 'rooms.upload', 'rooms.media'],
    ['media', 'rooms.media', 'rooms.upload'],
  ]) {
    describe(`with ${known} only`, () => {
      const {token, rest, ridOf} = withDdp({uploadRoutes});

      it(`have no ${unknown}`, async () => {
        const login = token('alice');
        const ask = (route) =>
          rest('POST', `${route}/${ridOf('consultation')}`, {
            login,
            body: formOf('x', 'x.txt', 'text/plain'),
          });
        assert.equal((await ask(known)).status, 200);
        const answer = await ask(unknown);
        assert.equal(answer.status, 404);
        assert.equal(answer.body.error, 'Resource not found');
      });
    });
  }
});

describe('an upload that goes wrong', () => {
  const {context, token, rest, ridOf} = withDdp({remoteControl: true, proxyBodyLimit: 1_000_000});
  const posted = () => context.chat.messages('consultation').filter(({file}) => file).length;
  const upload = (size, signal) => {
    const {userId, authToken} = token('alice');
    return fetch(`${context.chat.origin}/api/v1/rooms.upload/${ridOf('consultation')}`, {
      method: 'POST',
      headers: {'X-User-Id': userId, 'X-Auth-Token': authToken},
      body: formOf('x'.repeat(size), 'x.txt', 'text/plain'),
      ...(signal && {signal}),
    });
  };
  const fail = async (fault) => {
    const init = {method: 'POST', body: JSON.stringify(fault)};
    const answer = await fetch(`${context.chat.origin}/__simulator/fail-uploads`, init);
    assert.equal(answer.status, 200);
  };

  it('is refused by a proxy, whose page is no JSON', async () => {
    const answer = await upload(1_000_001);
    assert.equal(answer.status, 413);
    assert.match(answer.headers.get('content-type'), /^text\/html/);
    assert.match(await answer.text(), /Request Entity Too Large/);
    assert.equal(posted(), 0);
    assert.equal((await upload(900_000)).status, 200);
  });

  it('is cut in its middle, and nothing is left of it', async () => {
    await fail({cutAfter: 200_000});
    await assert.rejects(upload(800_000), TypeError);
    assert.equal(posted(), 0);
    assert.equal((await upload(1000)).status, 200, 'a short one gets through');
    await fail({});
    assert.equal((await upload(800_000)).status, 200);
  });

  it('takes its time, and other calls do not', async () => {
    await fail({bytesPerSecond: 2_000_000});
    const start = performance.now();
    const slow = upload(800_000).then(() => performance.now() - start);
    const quick = rest('GET', 'me', {login: token('bob')}).then(() => performance.now() - start);
    assert.ok((await slow) > 350);
    assert.ok((await quick) < (await slow));
    assert.equal(posted(), 1);
  });

  it('can be given up by whoever sends it, and nothing is left of it', async () => {
    await fail({bytesPerSecond: 10_000});
    const {userId, authToken} = token('alice');
    const path = `/api/v1/rooms.upload/${ridOf('consultation')}`;
    const headers = {
      'X-User-Id': userId,
      'X-Auth-Token': authToken,
      'Content-Type': 'multipart/form-data; boundary=x',
      'Content-Length': 500_000,
    };
    const sending = request(context.chat.origin + path, {method: 'POST', headers});
    const ended = new Promise((resolve) => sending.on('close', resolve));
    sending.on('error', () => {});
    await new Promise((resolve) => sending.write('x'.repeat(1000), resolve));
    sending.destroy();
    await ended;
    await fail({});
    assert.equal((await upload(1000)).status, 200);
    assert.equal(posted(), 1);
  });

  it('goes well again after a reset', async () => {
    await fail({cutAfter: 1});
    await assert.rejects(upload(1000), TypeError);
    context.chat.reset();
    assert.equal((await upload(1000)).status, 200);
  });
});

describe('a file beyond what the workspace takes', () => {
  it('is refused by the workspace, not by the simulator’s own memory', async () => {
    const chat = await startRocketChat({bypassRateLimit: true});
    const {userId, authToken} = chat.issueToken('alice');
    const size = 25_000_000;
    chat.settings.set('FileUpload_MaxFileSize', size - 1);
    const answer = await fetch(`${chat.origin}/api/v1/rooms.media/${chat.room('general')._id}`, {
      method: 'POST',
      headers: {'X-User-Id': userId, 'X-Auth-Token': authToken},
      body: formOf(Buffer.alloc(size), 'big.bin', 'application/octet-stream'),
    });
    assert.equal(answer.status, 400);
    assert.equal((await answer.json()).errorType, 'error-file-too-large');
    await chat.close();
  });
});
