/** Where the policy server and the event sink are, and the login for both. */
export interface BrokerAccess {
  /** The broker's address, without a slash at the end; it may have a path. */
  readonly origin: string;
  readonly username: string;
  readonly password: string;
}

/** The header of Basic authentication (RFC 7617), whose texts are UTF-8. */
export const authorization = ({username, password}: BrokerAccess): string =>
  `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
