import {createHmac, randomBytes} from 'node:crypto';

/** What the tokens of {@link HostTokens} say of who made them and for whom. */
export const HOST = {issuer: 'https://app.example.com', audience: 'pexip-chat-room'} as const;

const encode = (data: unknown): string => Buffer.from(JSON.stringify(data)).toString('base64url');

/** Makes the tokens by which a host application says who its user is: JSON Web Tokens, HS256. */
export class HostTokens {
  /** What the application shares with the broker. */
  readonly secret = randomBytes(32).toString('base64url');

  /** A token for `sub`; `expiresIn` in seconds, negative for one that has expired. */
  make(sub: string, expiresIn: number): string {
    const iat = Math.floor(Date.now() / 1000);
    const claims = {sub, iss: HOST.issuer, aud: HOST.audience, iat, exp: iat + expiresIn};
    const signed = `${encode({alg: 'HS256', typ: 'JWT'})}.${encode(claims)}`;
    return `${signed}.${createHmac('sha256', this.secret).update(signed).digest('base64url')}`;
  }
}
