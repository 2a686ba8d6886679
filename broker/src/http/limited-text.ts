/**
 * Reads an answer to its end.
 *
 * @param limit bytes
 * @throws {Error} if it is longer; the rest is not read
 */
export const limitedText = async (
  body: AsyncIterable<Uint8Array> | null,
  limit: number,
): Promise<string> => {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body ?? []) {
    length += part.length;
    if (length > limit) throw new Error(`The answer is longer than ${limit} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};
