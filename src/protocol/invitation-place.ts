import {identifier, LIMITS} from './guards.js';
import {parseSecureUrl} from './secure-url.js';
import {BRANDING_PATH} from './web-app3-url.js';

const URL_LENGTH = 1024;
/** Ends a line, or is half a character. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Cannot be seen in an alias; words of some languages need it. */
const UNSEEN = /\p{Cf}/u;

/** `URL` takes more, braces among it, which are placeholders in a template. */
const HOST = /^(?:[a-z\d._-]+|\[[\da-f:.]+\])$/;

const secure = (value: unknown): URL | undefined => {
  const url = parseSecureUrl(identifier(value, URL_LENGTH) ?? '');
  return typeof url !== 'string' && HOST.test(url.hostname) ? url : undefined;
};

/**
 * Reads a workspace: its address, or its host alone.
 *
 * @returns what Rocket.Chat's links take as `host`: without scheme and without a slash at its end
 */
export const workspaceHost = (value: unknown): string | undefined => {
  const given = identifier(value, URL_LENGTH);
  const url = secure(given?.includes('://') ? given : `https://${given ?? ''}`);
  if (!url || url.search || url.hash || /[?#]$/.test(given ?? '')) return;
  return (url.host + url.pathname).replace(/\/+$/, '');
};

/** Reads the origin of a Conferencing Node. */
export const invitationNode = (value: unknown): string | undefined => {
  const url = secure(value);
  return url && url.href === `${url.origin}/` ? url.origin : undefined;
};

/** Reads a branding path, without slashes at its ends. */
export const invitationPath = (value: unknown): string | undefined => {
  const path = identifier(value, LIMITS.name)?.replace(/^\/|\/$/g, '');
  return path !== undefined && BRANDING_PATH.test(path) ? path : undefined;
};

/** Reads the address of an icon. */
export const invitationIcon = (value: unknown): string | undefined => secure(value)?.href;

/**
 * Reads the alias of a meeting. Dots alone are refused: a browser takes them for a step to another page
 * however they are encoded.
 */
export const invitationAlias = (value: unknown): string | undefined => {
  const alias = identifier(value, LIMITS.name);
  if (alias === undefined || alias.trim() !== alias || UNSEEN.test(alias)) return;
  return alias.search(UNFIT) < 0 && !/^\.+$/.test(alias) ? alias : undefined;
};

/** Reads a title: on one line, and cut. */
export const invitationTitle = (value: unknown): string | undefined => {
  const given = typeof value === 'string' ? value.slice(0, 4 * LIMITS.name) : '';
  const line = given.replace(UNFIT, ' ').replace(/\s+/g, ' ');
  return [...line].slice(0, LIMITS.name).join('').trim() || undefined;
};
