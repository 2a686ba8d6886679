import {createSecretKey, randomUUID, type KeyObject} from 'node:crypto';

import {SignJWT} from 'jose';

import type {Seal} from '../store/seal.js';
import type {Trust} from './access-token.js';

const ALGORITHM = 'HS256';
const AUDIENCE = 'pexip-chat-room';

/** For whom a server of the host application wants a token, and what it says of him. */
export interface TokenOwner {
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
}

/** A token of the broker's own. */
export interface IssuedToken {
  readonly token: string;
  /** Epoch ms, in whole seconds. */
  readonly expiresAt: number;
}

/** The broker's own access tokens: any broker with the same secret and public address takes them. */
export class OwnTokens {
  readonly #issuer: string;
  readonly #key: KeyObject;

  /** @param publicUrl the claim `iss` */
  constructor(publicUrl: string, seal: Seal) {
    this.#issuer = publicUrl;
    this.#key = createSecretKey(seal.key('access-token'));
  }

  get trust(): Trust {
    return {
      issuer: this.#issuer,
      audience: AUDIENCE,
      algorithms: [ALGORITHM],
      keys: this.#key,
      by: 'credentials',
    };
  }

  /** @param lifetime seconds */
  async issue({sub, name, email}: TokenOwner, lifetime: number): Promise<IssuedToken> {
    const now = Math.floor(Date.now() / 1000);
    const expires = now + lifetime;
    const claims = {
      ...(name !== undefined && {name}),
      // Who has the key speaks for the application, which knows its users' addresses.
      ...(email !== undefined && {email, email_verified: true}),
    };
    const token = await new SignJWT(claims)
      .setProtectedHeader({alg: ALGORITHM, typ: 'JWT'})
      .setIssuer(this.#issuer)
      .setAudience(AUDIENCE)
      .setSubject(sub)
      .setIssuedAt(now)
      .setExpirationTime(expires)
      .setJti(randomUUID())
      .sign(this.#key);
    return {token, expiresAt: expires * 1000};
  }
}
