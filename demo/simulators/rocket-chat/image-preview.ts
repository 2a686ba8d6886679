import {crc32, deflateSync} from 'node:zlib';

import type {ImageSize} from './image-size.js';

// The real server makes previews of this width, whatever the image is.
const WIDTH = 32;
const HIGHEST = 64;
const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

const chunk = (name: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
};

/**
 * A tiny picture in the shape of an image, as a PNG in Base64: one colour that the image's bytes
 * decide, as nothing here can look into it.
 */
export const imagePreview = (bytes: Buffer, {width, height}: ImageSize): string => {
  const rows = Math.max(1, Math.min(HIGHEST, Math.round((WIDTH * height) / width)));
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(rows, 4);
  // 8 bits each of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const color = Buffer.alloc(4);
  color.writeUInt32BE(crc32(bytes));
  // Each row begins with its filter: none.
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(WIDTH * 3, color.subarray(0, 3))]);
  const pixels = deflateSync(Buffer.alloc(row.length * rows, row));
  const chunks = [chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([SIGNATURE, ...chunks]).toString('base64');
};
