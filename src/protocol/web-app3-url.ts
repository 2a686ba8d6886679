import {parseSecureUrl, type UrlRefusal} from './secure-url.js';

/** What names the meeting. Only these load the frame again. */
export interface MeetingPlace {
  /** Origin of the Conferencing Node, such as `https://node.example.com`. */
  readonly node?: string | null | undefined;
  /** Alias of the meeting. */
  readonly room?: string | null | undefined;
  /** A ready-made join link, instead of the other four. */
  readonly url?: string | null | undefined;
  /** Branding path, `webapp3` if left out. */
  readonly path?: string | null | undefined;
  /** `express`, `step-by-step`, or none. */
  readonly flow?: string | null | undefined;
}

/** How to join; counts when the frame is loaded. */
export interface JoinOptions {
  readonly displayName?: string | null | undefined;
  readonly guest?: boolean;
  /** Passed on verbatim. */
  readonly callType?: string | null | undefined;
  /** Skips the preflight page. */
  readonly join?: boolean;
  readonly muteMicrophone?: boolean;
  readonly muteCamera?: boolean;
  readonly pin?: string | null | undefined;
}

/** The attribute that is wrong, and why. */
export interface PlaceRefusal {
  readonly attribute: 'node' | 'room' | 'url' | 'path' | 'flow';
  readonly reason: UrlRefusal | 'not-an-origin' | 'unknown-value';
}

/** A branding path: parts of letters, digits, `-` and `_`, no slash at either end. */
export const BRANDING_PATH = /^[\w-]+(?:\/[\w-]+)*$/;

/**
 * The address of the meeting without join options.
 *
 * @returns the address; why it is refused; or `undefined` while `node` or `room` is missing
 * @see docs/architecture.md for the forms of Web App 3's address
 */
export const meetingAddress = (place: MeetingPlace): URL | PlaceRefusal | undefined => {
  if (place.url) {
    const url = parseSecureUrl(place.url);
    return typeof url === 'string' ? {attribute: 'url', reason: url} : url;
  }
  if (!place.node || !place.room) return;
  const node = parseSecureUrl(place.node);
  if (typeof node === 'string') return {attribute: 'node', reason: node};
  if (node.pathname !== '/' || node.search || node.hash) {
    return {attribute: 'node', reason: 'not-an-origin'};
  }
  // Half a surrogate pair has no encoding.
  if (/\p{Cs}/u.test(place.room)) return {attribute: 'room', reason: 'unknown-value'};
  const path = place.path || 'webapp3';
  if (!BRANDING_PATH.test(path)) return {attribute: 'path', reason: 'unknown-value'};
  const flow = place.flow ?? '';
  if (!['', 'express', 'step-by-step'].includes(flow)) {
    return {attribute: 'flow', reason: 'unknown-value'};
  }
  // An alias of dots alone would be taken for a path step; Web App 3 also reads it from the query.
  const step = flow && `/${flow}`;
  const alias = /^\.+$/.test(place.room)
    ? `?conference=${place.room}`
    : encodeURIComponent(place.room) + step;
  return new URL(`${path}/m/${alias}`, node);
};

/** The address with the join options as Web App 3 reads them from its query. */
export const joinAddress = (address: URL, options: JoinOptions): string => {
  const url = new URL(address);
  // With a fragment, loading the same address again would only scroll.
  url.hash = '';
  const {displayName: name, guest, callType, join, muteMicrophone, muteCamera, pin} = options;
  const asked = {
    name,
    role: guest && 'guest',
    callType,
    join: join && 1,
    muteMicrophone: muteMicrophone && true,
    muteCamera: muteCamera && true,
    pin,
  };
  for (const [key, value] of Object.entries(asked))
    if (value) url.searchParams.set(key, String(value));
  return url.href;
};
