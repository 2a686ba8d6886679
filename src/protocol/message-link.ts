/** Where the links of messages may lead. Rule T7 of docs: http, https and mailto, and nothing else. */

/** The longest address that is linked, in UTF-16 code units. */
const LONGEST = 2048;
const SCHEMES = ['https:', 'http:', 'mailto:'];
// White space and backslashes, which URL drops or turns, and the bidi controls: what a person reads
// must be where the link leads.
const REFUSED =
  /[\0-\x20\x7f-\xa0\\\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u;

/**
 * The path of something in a workspace, such as `/file-upload/…`: from one slash on, and without
 * segments that lead out of it. `undefined` for anything else.
 */
export const workspacePath = (value: unknown): string | undefined =>
  typeof value === 'string' &&
  value.length <= LONGEST &&
  /^\/(?!\/)/.test(value) &&
  !REFUSED.test(value) &&
  !/\/(?:\.|%2e){1,2}(?:[/?#]|$)/i.test(value)
    ? value
    : undefined;

/**
 * The address of a link in a message, if it is one to follow: https, http or mailto, without user
 * name and password, without control characters, at most 2,048 code units.
 *
 * @param href as somebody wrote it. One that begins with `//`, as Rocket.Chat's parser writes
 *   `www.example.com`, is https
 * @param base the workspace's address, below which paths such as `/channel/general` are taken;
 *   without it they are refused
 * @returns the whole address as URL writes it, host names in ASCII
 */
export const messageLink = (href: unknown, base?: string): string | undefined => {
  if (typeof href !== 'string' || href.length > LONGEST || REFUSED.test(href)) return;
  const path = workspacePath(href);
  const whole = path
    ? base && base.replace(/\/+$/, '') + path
    : href.startsWith('//')
      ? `https:${href}`
      : href;
  if (!whole || !/^(?:https?:\/\/|mailto:)/i.test(whole)) return;
  try {
    const {protocol, username, password, href: read} = new URL(whole);
    const isFine = SCHEMES.includes(protocol) && !username && !password && read.length <= LONGEST;
    return isFine ? read : undefined;
  } catch {
    return;
  }
};

/** The host of an address of {@link messageLink}, or the mail address: where the link really leads. */
export const linkTarget = (href: string): string => {
  const {protocol, host, pathname} = new URL(href);
  return protocol === 'mailto:' ? pathname : host;
};

/**
 * A link to one message of a room, as Rocket.Chat puts one without label before the answer to it:
 * `https://server/channel/general?msg=…`.
 */
export const isQuoteLink = (href: unknown): boolean =>
  typeof href === 'string' && href.length <= LONGEST && /^[^?#]+\?(?:[^#]*&)?msg=[^&#]/.test(href);

/**
 * The room that a link to a message leads to, as `open()` of a pane takes it: `channel/general`.
 *
 * @param href an address of {@link messageLink}
 */
export const linkedRoom = (href: string): string | undefined => {
  const [, kind, name] = /\/(channel|group|direct)\/([^/]+)\/?$/.exec(new URL(href).pathname) ?? [];
  try {
    return name && `${kind}/${decodeURIComponent(name)}`;
  } catch {
    return;
  }
};
