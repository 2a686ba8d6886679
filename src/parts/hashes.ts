/** SHA-384 of each part's file, in base64; compiled in by rollup.config.mjs. */
declare const __PART_HASHES__: Readonly<Record<string, string>>;

/** What the loader compares the files of the parts with. */
export const hashes = __PART_HASHES__;
