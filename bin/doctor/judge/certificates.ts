import type {CertificateSeen, Shown} from '../net/certificates.js';
import {wordsOf} from '../net/failures.js';
import {shown, shownList} from '../shown.js';
import {ok, unchecked, wrong, type Verdict} from '../verdict.js';

const DAY = 86_400_000;
/** Days before its end at which a certificate should be renewed. */
const SOON = 14;

/** Where certificates are changed, in the words of the product. */
export interface CertificateWords {
  /** Such as `the node`. */
  readonly who: string;
  readonly name: string;
  readonly remedy: string;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet, or the clock here is wrong',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its authority is not among those that are trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its authority is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its authority is not known here, or the intermediate certificate is not sent',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the intermediate certificate is not sent, or not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the name is not among its names',
};

const problemOf = ({problem, names}: CertificateSeen): string => {
  const words = PROBLEMS[problem] ?? 'it is not accepted';
  const own =
    problem === 'ERR_TLS_CERT_ALTNAME_INVALID' ? `, which are ${shownList(names) || 'none'}` : '';
  return `${words}${own} (${problem.replace(/[^A-Z0-9_]/gi, ' ').slice(0, 60)})`;
};

/** Judges the first certificate that a name shows: what a browser would meet. */
export const judgeTls = (
  all: readonly Shown[],
  {who, name, remedy}: CertificateWords,
  now: number,
): Verdict => {
  const seen = all.find((each) => each.kind === 'certificate');
  if (!seen) {
    const [first] = all;
    const why = first?.kind === 'failure' ? wordsOf(first) : 'the name has no address';
    return unchecked(
      `No certificate of ${who} was seen at ${name}: ${why}.`,
      `Look at the certificate in a browser that reaches ${name}.`,
    );
  }
  const bad = all.filter((each) => each.kind === 'certificate').find(({problem}) => problem);
  if (bad) return wrong(`The certificate at ${name} is refused: ${problemOf(bad)}.`, remedy);
  const days = Math.floor((seen.validTo - now) / DAY);
  const end = Number.isFinite(days) ? `, valid for ${days} more days` : '';
  return ok(
    `${name} has a certificate that is accepted (${seen.protocol}${end}).`,
    days < SOON ? `Renew it: ${remedy}` : '',
  );
};

const place = (at: Shown, show: boolean): string =>
  show ? ` at ${at.address}` : ' at one of them';

/** Judges what stands behind a common name: each of several nodes must have it in its certificate. */
export const judgeNames = (
  all: readonly Shown[],
  {name, remedy}: CertificateWords,
  showAddresses: boolean,
): Verdict => {
  const [first] = all;
  const seen = all.filter((each) => each.kind === 'certificate');
  const silent = all.filter((each) => each.kind === 'failure');
  if (!first || seen.length === 0) {
    const why = first?.kind === 'failure' ? wordsOf(first) : 'no address is known';
    return unchecked(
      `The addresses behind ${name} showed no certificate: ${why}.`,
      `On a machine that reaches the nodes, for each address of ${name}: openssl s_client -connect <address>:443 -servername ${name}`,
    );
  }
  const bad = seen.find(({problem}) => problem);
  const count = `${all.length} ${all.length === 1 ? 'address' : 'addresses'}`;
  if (bad) {
    return wrong(
      `${name} has ${count}; the certificate${place(bad, showAddresses)} is refused for that name: ${problemOf(bad)}.`,
      remedy,
    );
  }
  const dead = silent.find(({code}) => code !== 'unreachable');
  if (dead) {
    return wrong(
      `${name} has ${count}, and no TLS server answers${place(dead, showAddresses)}: ${wordsOf(dead)}.`,
      `Start that node again, or take its address out of the DNS records of ${name}.`,
    );
  }
  if (silent.length > 0) {
    return unchecked(
      `${name} has ${count}, ${silent.length} of which cannot be reached from here; the others have the name in their certificates.`,
      'Run npx pexip-chat-room doctor on a machine that reaches all of them (IPv6, too).',
    );
  }
  const found = seen.map(({names}) => names.length).reduce((most, each) => Math.max(most, each), 0);
  return ok(
    `${name} has ${count}, and a certificate with that name at each (up to ${found} names in one).`,
  );
};

/** For an address without TLS. */
export const judgePlain = (
  who: string,
  url: URL,
  {loopback, byHand}: {loopback: boolean; byHand: string},
): Verdict =>
  loopback
    ? unchecked(`${url.origin} is http on this machine, where there is no TLS to check.`, byHand)
    : wrong(
        `${shown(url.origin)} is http: everybody on the way can read and change it, and browsers refuse it in a page that came by https.`,
        `Give ${who} a certificate, and use its https address.`,
      );
