/** One policy: its directives by name, as the browser reads them (CSP Level 3, 2.2.1). */
export type Policy = ReadonlyMap<string, readonly string[]>;

/** The policies of a header, which stand in it with commas between; the first of a directive counts. */
export const policiesOf = (header: string | undefined): readonly Policy[] =>
  (header ?? '')
    .split(',')
    .map((text) => {
      const policy = new Map<string, readonly string[]>();
      for (const directive of text.split(';')) {
        const [name, ...sources] = directive.trim().split(/\s+/);
        const key = name?.toLowerCase();
        if (key && !policy.has(key)) policy.set(key, sources);
      }
      return policy;
    })
    .filter(({size}) => size > 0);

const FALLBACKS = {
  'frame-src': ['frame-src', 'child-src', 'default-src'],
  'connect-src': ['connect-src', 'default-src'],
  'script-src': ['script-src-elem', 'script-src', 'default-src'],
} as const;

/** A directive that limits what a page may load. */
export type FetchDirective = keyof typeof FALLBACKS;

const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
  'ws:': '80',
  'wss:': '443',
};
const portOf = ({port, protocol}: URL): string => port || (DEFAULT_PORTS[protocol] ?? '');

/** Whether a scheme in a policy allows that of an address, which may be its secure form. */
const schemeAllows = (scheme: string, {protocol}: URL): boolean =>
  protocol === scheme ||
  (scheme === 'http:' && protocol === 'https:') ||
  (scheme === 'ws:' && ['wss:', 'http:', 'https:'].includes(protocol)) ||
  (scheme === 'wss:' && protocol === 'https:');

const SOURCE =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[\w.-]+|\[[0-9a-f:]+\])(?::(\d+|\*))?(\/[^?#]*)?$/i;

const hostAllows = (host: string, hostname: string): boolean =>
  host === '*' || (host.startsWith('*.') ? hostname.endsWith(host.slice(1)) : host === hostname);

const portAllows = (port: string | undefined, url: URL): boolean =>
  port === '*' ||
  (port ? port === portOf(url) : portOf(url) === DEFAULT_PORTS[url.protocol]) ||
  (port === '80' && portOf(url) === '443');

const pathAllows = (path: string | undefined, {pathname}: URL): boolean =>
  !path || path === '/' || (path.endsWith('/') ? pathname.startsWith(path) : pathname === path);

const selfAllows = (self: URL, url: URL): boolean =>
  url.origin === self.origin ||
  (url.hostname === self.hostname &&
    (portOf(url) === portOf(self) ||
      (portOf(self) === DEFAULT_PORTS[self.protocol] &&
        portOf(url) === DEFAULT_PORTS[url.protocol])) &&
    (['https:', 'wss:'].includes(url.protocol) ||
      (self.protocol === 'http:' && url.protocol === 'ws:')));

const sourceAllows = (source: string, url: URL, self: URL): boolean => {
  const text = source.toLowerCase();
  if (text === '*')
    return /^(?:https?|wss?):$/.test(url.protocol) || url.protocol === self.protocol;
  if (text === "'self'") return selfAllows(self, url);
  if (/^[a-z][a-z0-9+.-]*:$/.test(text)) return schemeAllows(text, url);
  const [, scheme, host, port, path] = SOURCE.exec(source) ?? [];
  if (!host) return false;
  return (
    schemeAllows(scheme ? `${scheme.toLowerCase()}:` : self.protocol, url) &&
    hostAllows(host.toLowerCase(), url.hostname) &&
    portAllows(port, url) &&
    pathAllows(path, url)
  );
};

/** Whether a list of sources allows an address (CSP Level 3, 6.7.2.6). `self` is where the policy came from. */
export const sourcesAllow = (sources: readonly string[], url: URL, self: URL): boolean =>
  sources.some((source) => sourceAllows(source, url, self));

/** The sources of a directive, or of the one that stands in for it; `undefined`: nothing is limited. */
export const sourcesOf = (policy: Policy, name: FetchDirective): readonly string[] | undefined =>
  FALLBACKS[name].map((each) => policy.get(each)).find((sources) => sources !== undefined);

/** Whether every one of the policies of a page lets it load an address. */
export const policiesAllow = (
  policies: readonly Policy[],
  name: FetchDirective,
  url: URL,
  self: URL,
): boolean =>
  policies.every((policy) => {
    const sources = sourcesOf(policy, name);
    return !sources || sourcesAllow(sources, url, self);
  });
