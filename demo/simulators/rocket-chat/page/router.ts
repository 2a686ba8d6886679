/** What the address asks for. */
export interface Route {
  /** `channel`, `group` or `direct`. */
  readonly kind: string;
  /** A room's name, id, or the other user's name. */
  readonly name: string;
}

// Rocket.Chat reads it once; navigation within the page neither enters nor leaves the layout.
const embedded = new URLSearchParams(location.search).get('layout') === 'embedded';

/** Whether the page was opened with `?layout=embedded`. */
export const isEmbedded = (): boolean => embedded;

/** The room in the address; `undefined` for the home page. */
export const currentRoute = (): Route | undefined => {
  const [, kind, name] = /^\/(channel|group|direct)\/([^/]+)/.exec(location.pathname) ?? [];
  return kind && name ? {kind, name: decodeURIComponent(name)} : undefined;
};

/** Takes `resumeToken` out of the address, where it would stay in the history. */
export const takeResumeToken = (): string | undefined => {
  const url = new URL(location.href);
  const token = url.searchParams.get('resumeToken');
  if (token === null) return;
  url.searchParams.delete('resumeToken');
  url.searchParams.delete('userId');
  history.replaceState(null, '', url);
  return token;
};

/** Goes to a path of the page; its query is merged with the present one, as the `go` command does. */
export const navigate = (path: string): void => {
  const {pathname, searchParams} = new URL(path, location.origin);
  const url = new URL(location.href);
  url.pathname = pathname;
  for (const [name, value] of searchParams) url.searchParams.set(name, value);
  if (url.href !== location.href) history.pushState(null, '', url);
};
