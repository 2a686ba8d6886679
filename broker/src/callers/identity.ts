/** Who asks, as a verified proof says: the only source of a user's name anywhere in the broker. */
export interface Identity {
  /** The claim `sub`: the user's alias everywhere in the product. */
  readonly sub: string;
  readonly name?: string;
  readonly email?: string;
  /** Whether the host application says that the address is the user's (`email_verified`). */
  readonly emailVerified?: boolean;
  /** How it was proved. */
  readonly by: 'credentials' | 'cookie' | 'jwt';
}
