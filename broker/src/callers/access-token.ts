import {createSecretKey, type KeyObject} from 'node:crypto';

import {decodeJwt, errors, jwtVerify, type JWTPayload} from 'jose';
import type {Dispatcher} from 'undici';

import type {JwtIssuer} from '../config/settings.js';
import {BrokerError} from '../errors.js';
import {identityOf} from './claims.js';
import type {Identity} from './identity.js';
import {tokenExpired, tokenInvalid} from './refused-proofs.js';
import {RemoteKeys} from './remote-keys.js';

/** The longest token that is looked at; Node takes no more than 16 kB of headers. */
const LONGEST = 8_192;
/** How much the clocks of issuer and broker may differ, in seconds. */
const TOLERANCE = 5;
/** Other kinds of token (a logout token, say) are no proof of sign-in, even of the same issuer. */
const TYPES = /^(application\/)?(jwt|at\+jwt)$/i;

const SHARED = /^HS(256|384|512)$/;
/** What a published key checks. A shared secret among them would make that public key the secret. */
const PUBLIC = /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/;

/** One way to check a token of an issuer. */
export interface Trust {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly string[];
  readonly keys: KeyObject | RemoteKeys;
  readonly by: Identity['by'];
}

/**
 * Trusts an issuer as the settings say.
 *
 * @throws {TypeError} for an algorithm that does not fit: a secret makes HS…, a key set all others
 */
export const trustOf = (
  {issuer, audience, secret, jwksUrl, algorithms}: JwtIssuer,
  dispatcher: Dispatcher,
): Trust => {
  if ((secret === undefined) === (jwksUrl === undefined))
    throw new TypeError(`The issuer ${issuer} needs either a secret or a jwksUrl.`);
  const fit = secret === undefined ? PUBLIC : SHARED;
  const unfit = algorithms.find((each) => !fit.test(each));
  if (unfit !== undefined || !algorithms.length)
    throw new TypeError(`The issuer ${issuer} cannot have the algorithm ${unfit ?? '(none)'}.`);
  const keys =
    jwksUrl === undefined
      ? createSecretKey(secret ?? '', 'utf8')
      : new RemoteKeys(jwksUrl, dispatcher);
  return {issuer, audience, algorithms, keys, by: 'jwt'};
};

const check = async (token: string, trust: Trust): Promise<Identity> => {
  const {issuer, audience, keys, by} = trust;
  const options = {
    issuer,
    audience,
    algorithms: [...trust.algorithms],
    requiredClaims: ['sub', 'exp'],
    clockTolerance: TOLERANCE,
  };
  const {payload, protectedHeader} =
    keys instanceof RemoteKeys
      ? await jwtVerify(token, keys.find, options)
      : await jwtVerify(token, keys, options);
  const {typ} = protectedHeader;
  if (typ !== undefined && !(typeof typ === 'string' && TYPES.test(typ)))
    throw tokenInvalid('its typ is another one');
  const identity = identityOf(payload, by);
  if (!identity) throw tokenInvalid('its sub is no identifier of 1 to 128 characters');
  return identity;
};

/** A failure of jose has the claims as properties: none of them goes into a log. */
const refusalOf = (error: unknown): BrokerError => {
  if (error instanceof BrokerError) return error;
  // Told after the signature holds, and only then.
  if (error instanceof errors.JWTExpired) return tokenExpired();
  if (error instanceof errors.JWTClaimValidationFailed)
    return tokenInvalid(`claim ${error.claim}: ${error.reason}`);
  return tokenInvalid(error instanceof errors.JOSEError ? error.code : 'no key fits it');
};

/** Of several refusals the one that says most: of a token that is right but old, then of nobody to ask. */
const weight = ({code}: BrokerError): number =>
  ['access-token-invalid', 'broker-busy', 'access-token-expired'].indexOf(code);

const claimsOf = (token: string): JWTPayload | undefined => {
  try {
    return token.length > LONGEST ? undefined : decodeJwt(token);
  } catch {
    return;
  }
};

/** Checks access tokens against all issuers that are trusted. */
export class AccessTokens {
  /** An issuer may have several, such as an old secret and a new one. */
  readonly #trusts = new Map<string, Trust[]>();

  constructor(trusts: readonly Trust[]) {
    for (const trust of trusts) {
      this.#trusts.set(trust.issuer, [...(this.#trusts.get(trust.issuer) ?? []), trust]);
    }
  }

  /**
   * Says whose token it is.
   *
   * @throws {BrokerError} `access-token-invalid`, `access-token-expired`; `broker-busy` if the
   *   issuer's keys cannot be had
   */
  async verify(token: string): Promise<Identity> {
    // Not proved yet: it chooses the keys, and those prove it.
    const claims = claimsOf(token);
    if (!claims) throw tokenInvalid('it is no JSON Web Token');
    const trusts = typeof claims.iss === 'string' ? this.#trusts.get(claims.iss) : undefined;
    let refusal: BrokerError | undefined;
    for (const trust of trusts ?? []) {
      try {
        return await check(token, trust);
      } catch (error) {
        const next = refusalOf(error);
        if (!refusal || weight(next) > weight(refusal)) refusal = next;
      }
    }
    throw refusal ?? tokenInvalid('its iss is not among the configured ones');
  }
}
