const HIDDEN = '…';
const NAMES =
  'authorization|proxy-authorization|cookie|set-cookie|x-auth-token|x-2fa-code|api-?key|pass|password|secret|token|access_?token|auth_?token|resume|ticket|lease|signature';

/** `Bearer …`, and a header of a secret with all that follows. */
const SCHEME = /\b(bearer|basic)\s+[\w.~+/=-]{6,}/gi;
const HEADER =
  /\b((?:proxy-)?authorization|(?:set-)?cookie|x-auth-token|apikey)(\\*["']?\s*[:=]\s*\\*["']?)[^"'\\\n]+/gi;
/** `token=…`, `"token": "…"`, also of JSON within JSON. */
const NAMED = new RegExp(
  `\\b(\\w*(?:${NAMES}))(\\\\*["']?\\s*[:=]\\s*\\\\*["']?)[^\\s"'\\\\,;&}]+`,
  'gi',
);
/** A token of RFC 7519: its header is always an object in base64url. */
const JWT = /\beyJ[\w-]{4,}(\.[\w-]*){0,4}/g;
/** Somebody's name and password in a URL, and what follows its question mark. */
const USER_INFO = /(\w:\/\/)[^/@\s"'\\]+@/g;
const QUERY = /(\w:\/\/[^\s?"'\\]+\?)[^\s"'\\]+/g;
/** Long words: of what base64, base64url and hexadecimal numbers are made of. */
const WORD = /[\w+/=-]{20,}/g;
const LONG = 20;

const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;

/** Letters of both cases with digits, or without them as no name is written; or a long number. */
const looksRandom = (word: string): boolean => {
  const small = count(word, /[a-z]/g);
  const capital = count(word, /[A-Z]/g);
  const mixed = small > 0 && capital > 0 && /\d/.test(word);
  return mixed || Math.min(small, capital) >= word.length / 4 || /[a-f\d]{32}/i.test(word);
};

/** A path begins with a slash and has many; of its parts, few have a capital. */
const isPath = (word: string, parts: readonly string[]): boolean =>
  word.startsWith('/') &&
  parts.length > word.length / 12 &&
  parts.filter((part) => /[A-Z]/.test(part)).length < parts.length / 2;

const withoutRandom = (word: string): string => {
  const parts = word.split('/');
  if (!isPath(word, parts)) return looksRandom(word) ? HIDDEN : word;
  return parts.map((part) => (part.length >= LONG && looksRandom(part) ? HIDDEN : part)).join('/');
};

/** A free text without whatever looks like a secret. What it is of can be read from the rest. */
export const redact = (text: string): string =>
  text
    .replace(JWT, HIDDEN)
    .replace(SCHEME, `$1 ${HIDDEN}`)
    .replace(HEADER, `$1$2${HIDDEN}`)
    .replace(NAMED, `$1$2${HIDDEN}`)
    .replace(USER_INFO, `$1${HIDDEN}@`)
    .replace(QUERY, `$1${HIDDEN}`)
    .replace(WORD, withoutRandom);

const FIELD = new RegExp(`("(?:${NAMES})":)("(?:[^"\\\\]|\\\\.)*"|\\[[^\\]]*\\])`, 'gi');
/** What a terminal, or a reader of lines, takes for more than a letter; JSON leaves these as they are. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

const escaped = (letter: string): string =>
  `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A secret as it stands within JSON. */
const inJson = (secret: string): string => JSON.stringify(secret).slice(1, -1);

/**
 * The last look at a whole line of JSON, which stays JSON: fields that are named like secrets, JWTs,
 * and the operator's own secrets wherever they stand. Long words stay: an alias may be one.
 *
 * @param secrets those that are known, exactly
 */
export const lineRedaction = (secrets: readonly string[]): ((line: string) => string) => {
  const known = secrets.filter(Boolean).map(inJson);
  return (line) =>
    known
      .reduce((text, secret) => text.replaceAll(secret, HIDDEN), line)
      .replace(JWT, HIDDEN)
      .replace(SCHEME, `$1 ${HIDDEN}`)
      .replace(FIELD, `$1"${HIDDEN}"`)
      .replace(UNSAFE, escaped);
};

const OPEN_LINK = /(\/v1\/files\/)(?!sign$).+$/;
const LEASE = /(\/v1\/chat\/session\/)[^/]+/;
const MEETING = /(\/v1\/meetings\/)[^/]+/;
/** Of somebody who dials or registers. */
const DIALLED = /(\/policy\/v1\/(?:participant\/avatar|registrations)\/).+$/s;
const SEGMENT = /[^/]{24,}/g;
/** An alias of ten digits, also where somebody has written the path of its route in another way. */
const DIGITS = /(?<=\/)[1-9]\d{9}(?![^/])/g;
const PATH = 300;

/** The path of a request without its query, and without what opens something by itself. */
export const loggedPath = (url: string): string =>
  url
    .replace(/[?#].*$/s, '')
    .replace(LEASE, `$1${HIDDEN}`)
    .replace(OPEN_LINK, `$1${HIDDEN}`)
    .replace(MEETING, `$1${HIDDEN}`)
    .replace(DIALLED, `$1${HIDDEN}`)
    .replace(DIGITS, HIDDEN)
    .replace(SEGMENT, (segment) => (redact(segment) === segment ? segment : HIDDEN))
    .slice(0, PATH);
