import {PexipChatError} from '../errors.js';
import type {Parts} from './parts.js';

interface Files extends Parts {
  /** The hashes of the parts: a file of its own, as a hash costs the first script 56 bytes. */
  readonly hashes: typeof import('./hashes.js');
}

/** SHA-384 of that file, in base64; compiled in by rollup.config.mjs. */
declare const __HASH_OF_HASHES__: Readonly<Record<'hashes', string>>;

/** Where the files of the parts put their exports. */
export const parts: Partial<Files> = {};

interface TrustedTypePolicy {
  createScriptURL(url: string): string;
}
declare global {
  interface Window {
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: {createScriptURL: (url: string) => string},
      ): TrustedTypePolicy;
    };
  }
}

// Only known while the classic script runs.
export const ownScript = document.currentScript as HTMLScriptElement | null;
const fileOf = (name: string): string => `pexip-chat-room.${name}.min.js`;
const urlOf = (name: string): string => new URL(fileOf(name), ownScript!.src).href;
/** How long a file may take, in ms. */
const PATIENCE = 30_000;
/**
 * They run in the order in which they are asked for, so that Lit can be fetched beside those that
 * take it. All others wait for nobody.
 */
const IN_ORDER: readonly string[] = ['lit', 'native', 'window'];
const loads = new Map<keyof Files, Promise<unknown>>();
let policy: TrustedTypePolicy | undefined;

/** The address as a page with Trusted Types wants it; the policy passes our own files and no others. */
const trusted = (url: string): string => {
  policy ??= window.trustedTypes?.createPolicy('pexip-chat-room', {
    createScriptURL: (asked) => {
      if ([...loads.keys()].some((name) => urlOf(name) === asked)) return asked;
      throw new TypeError(asked); // no file of ours
    },
  });
  return policy ? policy.createScriptURL(url) : url;
};

const load = async (name: keyof Files): Promise<void> => {
  const hashes: Readonly<Record<string, string>> =
    name === 'hashes' ? __HASH_OF_HASHES__ : (await loadPart('hashes')).hashes;
  await new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.integrity = `sha384-${hashes[name]}`;
    script.crossOrigin = ownScript!.crossOrigin ?? 'anonymous';
    script.nonce = ownScript!.nonce;
    script.async = !IN_ORDER.includes(name);
    script.onload = resolve;
    script.onerror = reject;
    setTimeout(reject, PATIENCE);
    script.src = trusted(urlOf(name));
    document.head.append(script);
  });
};

/**
 * Loads a part when it is first needed, from beside the script, with the hash that was compiled in.
 * A load that failed can be tried again.
 *
 * @throws {PexipChatError} `part-failed`: the file is missing, altered, or forbidden by the page
 */
export const loadPart = async <Name extends keyof Files>(name: Name): Promise<Files[Name]> => {
  try {
    if (!loads.has(name))
      loads.set(
        name,
        Promise.resolve().then(() => load(name)),
      );
    await loads.get(name);
    const part = parts[name];
    if (part) return part;
    throw new TypeError(name); // the file is of another version
  } catch (cause) {
    loads.delete(name);
    throw failed(name, cause);
  }
};

const failed = (name: string, cause: unknown): PexipChatError =>
  cause instanceof PexipChatError
    ? cause
    : new PexipChatError(
        'part-failed',
        // What else the policy has to allow is told in docs/errors.md.
        `${fileOf(name)} did not load. Serve all files of one version together.`,
        {cause},
      );
