import {once} from 'node:events';
import {isIP} from 'node:net';
import {connect} from 'node:tls';

import type {NodeAddress} from '../options.js';
import type {Failure} from './answer.js';
import {failure} from './answer.js';
import {failureOf} from './failures.js';
import {authorities} from './request.js';

/** What a TLS server at one address has shown. */
export interface CertificateSeen {
  readonly kind: 'certificate';
  readonly address: string;
  /** Such as `TLSv1.3`. */
  readonly protocol: string;
  /** Why it is not accepted for the name, such as `CERT_HAS_EXPIRED`; empty if it is. */
  readonly problem: string;
  /** Its alternative names, such as `DNS:pexip.example.com`. */
  readonly names: readonly string[];
  /** Epoch ms; `NaN` if unknown. */
  readonly validTo: number;
}

/** What came of a connection to one address. */
export type Shown = CertificateSeen | (Failure & {readonly address: string});

/** Connects to one address and looks at the certificate that is shown for a name. Sends nothing. Never rejects. */
export const certificateAt = async (
  {address}: NodeAddress,
  {name, port, timeout, ca}: {name: string; port: number; timeout: number; ca?: string | undefined},
): Promise<Shown> => {
  const signal = AbortSignal.timeout(timeout);
  const socket = connect({
    host: address,
    port,
    // A name of numbers has no place in SNI; Node then compares the certificate with `host`.
    ...(isIP(name) === 0 && {servername: name}),
    // Only looked at: nothing is sent over this connection.
    rejectUnauthorized: false,
    ...authorities(ca),
  });
  // What comes after the one that is waited for, as when the connection is destroyed.
  socket.on('error', () => {});
  try {
    await once(socket, 'secureConnect', {signal});
    const {subjectaltname, valid_to: validTo} = socket.getPeerCertificate();
    // Its type says Error, but it is OpenSSL's or Node's code.
    const problem: unknown = socket.authorized ? '' : socket.authorizationError;
    return {
      kind: 'certificate',
      address,
      protocol: socket.getProtocol() ?? '',
      problem: problem instanceof Error ? problem.message : String(problem ?? 'unknown'),
      names: (subjectaltname ?? '').split(', ').filter(Boolean),
      validTo: Date.parse(validTo),
    };
  } catch (error) {
    return {...(signal.aborted ? failure('timeout') : failureOf(error)), address};
  } finally {
    socket.destroy();
  }
};
