/** What a join link asks for. */
export interface JoinLink {
  readonly alias: string;
  readonly name: string;
  readonly role: 'chair' | 'guest';
  /** Skips the preflight page. */
  readonly join: boolean;
  readonly microphoneMuted: boolean;
  readonly cameraMuted: boolean;
  /** For the policy server behind the node; empty: none. */
  readonly callTag: string;
  readonly pin: string;
}

/** The parameters that are for joining alone; `pin` is secret and the reason to strip them. */
const JOIN_PARAMETERS = [
  'name',
  'pin',
  'role',
  'join',
  'muteMicrophone',
  'muteCamera',
  'callType',
  'callTag',
  'extension',
  'bandwidth',
];

const aliasOf = ({pathname, searchParams}: URL): string => {
  const [, inPath] = /\/m\/([^/]+)/.exec(pathname) ?? [];
  if (!inPath) return searchParams.get('conference') ?? '';
  try {
    return decodeURIComponent(inPath);
  } catch {
    return inPath;
  }
};

/**
 * Reads the join link and strips its parameters from the address bar, as Web App 3 has done since
 * v25. A page that is loaded again therefore starts at preflight; the name is kept.
 *
 * @see https://docs.pexip.com/clients/infinity_connect_url.htm
 */
export const takeJoinLink = (): JoinLink => {
  const url = new URL(location.href);
  const {searchParams} = url;
  const link: JoinLink = {
    alias: aliasOf(url),
    name: searchParams.get('name') ?? String(history.state?.name ?? ''),
    role: searchParams.get('role') === 'guest' ? 'guest' : 'chair',
    join: searchParams.get('join') === '1',
    microphoneMuted: searchParams.get('muteMicrophone') === 'true',
    cameraMuted: searchParams.get('muteCamera') === 'true',
    callTag: searchParams.get('callTag') ?? '',
    pin: searchParams.get('pin') ?? '',
  };
  for (const name of JOIN_PARAMETERS) searchParams.delete(name);
  history.replaceState({name: link.name}, '', url);
  return link;
};
