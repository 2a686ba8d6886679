import {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {FileAttachment, ImageAttachment} from '../../protocol/attachment-types.js';
import type {OutgoingFile} from '../../session/file-upload.js';
import type {FileProblem} from '../../session/file-rules.js';
import type {LiveSession} from '../../session/live-session.js';
import type {RestClient} from '../../transport/rest-client.js';
import type {FileAccess} from './context.js';

type Attached = FileAttachment | ImageAttachment;

const failed = (cause: unknown): PexipChatError =>
  new PexipChatError(
    'file-failed',
    'A file of the workspace could not be fetched. Check that it is still there, and that the broker passes files on.',
    {cause},
  );

/** So many labels of a host's name tell a site, where nobody has the list of public suffixes. */
const SITE_LABELS = 2;

const siteOf = (host: string): string => host.split('.').slice(-SITE_LABELS).join('.');

/**
 * Whether cookies of the workspace are likely to come along with a picture: the same site, as far as
 * it can be told by the names. A wrong guess costs a request that shows nothing.
 */
export const isSameSite = (page: string, workspace: string): boolean => {
  const [one, other] = [new URL(page), new URL(workspace)];
  return one.protocol === other.protocol && siteOf(one.hostname) === siteOf(other.hostname);
};

/**
 * Files and pictures of a workspace: from its own address where that is of the same site, else fetched
 * through the broker. A token goes in a header, and into no address.
 */
export class WorkspaceFiles implements FileAccess {
  readonly fetches: boolean;
  readonly #session: LiveSession;
  readonly #base: string;
  readonly #sameSite: boolean;
  readonly #changed: () => void;
  /** Object URLs by address; they end with the view. */
  readonly #fetched = new Map<string, Promise<string>>();
  readonly #avatars = new Map<string, string | undefined>();
  #closed = false;

  /**
   * @param base the workspace's address with a slash at its end
   * @param byBroker the user is signed in by a broker, which passes files on
   * @param changed a picture has come
   */
  constructor(session: LiveSession, base: string, byBroker: boolean, changed: () => void) {
    this.#session = session;
    this.#base = base;
    this.#changed = changed;
    this.#sameSite = isSameSite(location.href, base);
    this.fetches = byBroker || new URL(base).origin === location.origin;
  }

  direct({url}: Attached): string | undefined {
    return url.startsWith('/') && this.#sameSite ? this.#base + url.slice(1) : undefined;
  }

  async fetch({url}: Attached): Promise<string> {
    if (!url.startsWith('/')) return url;
    return this.#fetch(url);
  }

  avatar(username: string): string | undefined {
    const path = `avatar/${encodeURIComponent(username)}`;
    if (!username) return;
    if (this.#sameSite) return this.#base + path;
    if (!this.fetches) return;
    if (!this.#avatars.has(username)) {
      this.#avatars.set(username, undefined);
      this.#fetch(path).then(
        (address) => {
          if (this.#closed) return;
          this.#avatars.set(username, address);
          this.#changed();
        },
        () => undefined, // the initial stays
      );
    }
    return this.#avatars.get(username);
  }

  /** Sends a file. @returns why it was not taken */
  async send(outgoing: OutgoingFile): Promise<FileProblem | undefined> {
    const [{sendFile}, rest] = await Promise.all([loadPart('files'), this.#rest()]);
    return sendFile(rest, outgoing);
  }

  /** Lets go of all that was fetched. */
  close(): void {
    this.#closed = true;
    for (const each of this.#fetched.values()) each.then(URL.revokeObjectURL, () => undefined);
    this.#fetched.clear();
  }

  #fetch(path: string): Promise<string> {
    const known = this.#fetched.get(path);
    if (known) return known;
    const fetched = this.#get(path).then((blob) => URL.createObjectURL(blob));
    this.#fetched.set(path, fetched);
    return fetched.catch((cause: unknown) => {
      this.#fetched.delete(path);
      throw failed(cause);
    });
  }

  async #get(path: string): Promise<Blob> {
    const [{fetchFile}, rest] = await Promise.all([loadPart('files'), this.#rest()]);
    return fetchFile(rest, path);
  }

  #rest(): Promise<RestClient> {
    const {api} = this.#session;
    if (!api) throw failed(undefined);
    return api.rest();
  }
}
