import {policiesOf, sourcesAllow, type Policy} from './csp.js';

/** What headers say of being framed. */
export interface FramingHeaders {
  readonly 'x-frame-options'?: string;
  readonly 'content-security-policy'?: string;
}

/** Who forbids to be framed, and by which header; `undefined`: nobody. */
export interface Forbidden {
  readonly header: 'X-Frame-Options' | 'frame-ancestors';
  /** The header's own value, untrusted. */
  readonly value: string;
}

const ancestorsOf = (policies: readonly Policy[]): readonly (readonly string[])[] =>
  policies.map((each) => each.get('frame-ancestors')).filter((each) => each !== undefined);

/** Whether the headers limit in any way who may frame. */
export const limitsFraming = (headers: FramingHeaders): boolean =>
  Boolean(headers['x-frame-options']) ||
  ancestorsOf(policiesOf(headers['content-security-policy'])).length > 0;

/**
 * Whether a page may frame what came with these headers. Where there is `frame-ancestors`, browsers do
 * not look at X-Frame-Options (HTML, "the X-Frame-Options header").
 *
 * @param framed where the headers came from
 * @param ancestors the origins of all windows above it
 */
export const framingForbidden = (
  headers: FramingHeaders,
  framed: URL,
  ancestors: readonly string[],
): Forbidden | undefined => {
  const lists = ancestorsOf(policiesOf(headers['content-security-policy']));
  const urls = ancestors.map((each) => new URL(each));
  for (const sources of lists) {
    if (!urls.every((url) => sourcesAllow(sources, url, framed))) {
      return {header: 'frame-ancestors', value: sources.join(' ') || "'none'"};
    }
  }
  const options = headers['x-frame-options'];
  if (lists.length > 0 || !options) return;
  const values = new Set(options.split(',').map((each) => each.trim().toLowerCase()));
  const foreign = urls.some(({origin}) => origin !== framed.origin);
  // ALLOW-FROM and what nobody knows are no limit to browsers of today; several values are a refusal.
  const refused =
    values.has('deny') || (values.has('sameorigin') && foreign) || (values.size > 1 && foreign);
  return refused ? {header: 'X-Frame-Options', value: options} : undefined;
};
