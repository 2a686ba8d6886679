/** Width and height of an image, in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

const of = (width: number, height: number): ImageSize | undefined =>
  width > 0 && height > 0 ? {width, height} : undefined;

const png = (bytes: Buffer): ImageSize | undefined =>
  of(bytes.readUInt32BE(16), bytes.readUInt32BE(20));

const gif = (bytes: Buffer): ImageSize | undefined =>
  of(bytes.readUInt16LE(6), bytes.readUInt16LE(8));

/** Of the three forms of WebP: plain, lossless and extended. */
const webp = (bytes: Buffer): ImageSize | undefined => {
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return of(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return of((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
    }
    case 'VP8X':
      return of(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
  }
};

/** Looks for the start of a frame (SOF0 to SOF15, of which three are something else). */
const jpeg = (bytes: Buffer): ImageSize | undefined => {
  let at = 2;
  while (bytes.readUInt8(at) === 0xff) {
    const marker = bytes.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return of(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    at += 2 + bytes.readUInt16BE(at + 2);
  }
};

const KINDS: readonly [magic: string, offset: number, read: typeof png][] = [
  ['\x89PNG', 0, png],
  ['GIF8', 0, gif],
  ['WEBP', 8, webp],
  ['\xff\xd8\xff', 0, jpeg],
];

/** The size of a PNG, GIF, JPEG or WebP, by its first bytes; undefined for anything else. */
export const imageSize = (bytes: Buffer): ImageSize | undefined => {
  const kind = KINDS.find(
    ([magic, offset]) => bytes.toString('latin1', offset, offset + magic.length) === magic,
  );
  try {
    return kind?.[2](bytes);
  } catch {
    // It ends before it has told.
    return;
  }
};
