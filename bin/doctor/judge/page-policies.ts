import type {Answer} from '../net/answer.js';
import {policiesAllow, sourcesOf, type FetchDirective, type Policy} from './csp.js';
import {scriptsOf} from './plugin-page.js';

/** What a page loads. */
export interface PageNeeds {
  readonly node: URL | undefined;
  readonly server: URL | undefined;
  readonly broker: URL | undefined;
}

/** What a policy forbids, and what to add to it. */
export interface PolicyProblem {
  readonly what: string;
  readonly add: string;
}

/** A page has one or a few of ours; a message has no room for more. */
const MOST_SCRIPTS = 5;

const liveOf = (server: URL | undefined): URL | undefined => {
  if (!server) return;
  const url = new URL(server);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  return url;
};

/** Nonces and hashes are judged by what is in the page, not by addresses. */
const byAddress = (policies: readonly Policy[]): boolean =>
  !policies.some((policy) =>
    sourcesOf(policy, 'script-src')?.some((each) =>
      /^'(?:nonce-|sha\d|strict-dynamic)/i.test(each),
    ),
  );

const ourScripts = ({body, url}: Answer): readonly URL[] =>
  scriptsOf(body)
    .filter(({src}) => /pexip-chat-room/.test(src) && URL.canParse(src, url))
    .map(({src}) => new URL(src, url))
    .slice(0, MOST_SCRIPTS);

const lacksTrustedTypes = (policy: Policy): boolean => {
  const names = policy.get('trusted-types');
  return names !== undefined && !names.some((each) => each === 'pexip-chat-room' || each === '*');
};

/** What the policies of a page forbid of what the elements in it need. */
export const judgePolicies = (
  policies: readonly Policy[],
  page: Answer,
  {node, server, broker}: PageNeeds,
): readonly PolicyProblem[] => {
  const scripts = byAddress(policies) ? ourScripts(page) : [];
  const wanted: [FetchDirective, URL | undefined][] = [
    ['frame-src', node],
    ['frame-src', server],
    ['connect-src', liveOf(server)],
    ['connect-src', broker],
    ...scripts.map((url): [FetchDirective, URL] => ['script-src', url]),
  ];
  const problems = wanted.flatMap(([name, url]) => {
    if (!url || policiesAllow(policies, name, url, page.url)) return [];
    const source = `${url.protocol}//${url.host}`;
    return [{what: `${name} lacks ${source}`, add: `add ${source} to ${name}`}];
  });
  return policies.some(lacksTrustedTypes)
    ? [
        ...problems,
        {
          what: 'trusted-types lacks pexip-chat-room',
          add: 'add pexip-chat-room to trusted-types',
        },
      ]
    : problems;
};
