/** How to be signed in at the workspace. */
export interface ServiceAccount {
  readonly userId: string;
  /** A login token or personal access token. It is sent by https, and by http on loopback only. */
  readonly authToken: string;
}

/** An address that a name stands for. */
export interface NodeAddress {
  readonly address: string;
  readonly family: number;
}

/** What a broker is configured to do, as far as the needs of its service account depend on it. */
export interface BrokerUse {
  readonly mint: 'auto' | 'create-token' | 'legacy-create-token' | 'managed-password';
  /** Whether it makes missing accounts. */
  readonly create: boolean;
  /** Whether it gives the accounts that it makes their users' own addresses. */
  readonly ownEmail: boolean;
}

/** What is to be looked at; at least one of `node` and `server`. */
export interface DiagnoseOptions {
  /** The Conferencing Node's origin, such as `https://pexip.example.com`. */
  readonly node?: string | undefined;
  /** Branding path of Web App 3; default `webapp3`. */
  readonly path?: string | undefined;
  /** The Rocket.Chat workspace's address, as pages use it; may have a path. */
  readonly server?: string | undefined;
  /** In the place of `server` where that name is unknown here, and always for what needs the account. */
  readonly internalServer?: string | undefined;
  /** The pages that embed: their origins, or the addresses to read their headers from. */
  readonly page?: readonly string[] | undefined;
  /** Whether the pages are asked for their headers; default true. */
  readonly readPages?: boolean | undefined;
  /** The broker's address. */
  readonly broker?: string | undefined;
  readonly serviceAccount?: ServiceAccount | undefined;
  /** Where a broker asks, for itself: what is needed goes by this. Else only what every broker needs is. */
  readonly brokerUse?: BrokerUse | undefined;
  /** PEM texts of authorities beside the usual ones. */
  readonly ca?: string | undefined;
  /** How long one answer may take, ms; default 10 s. */
  readonly timeout?: number | undefined;
  /** Whether messages may name the addresses behind a name; default true. */
  readonly showAddresses?: boolean | undefined;
  /** Whether others go out through a proxy, which the doctor does not: what is silent is not wrong then. */
  readonly behindProxy?: boolean | undefined;
  /** Default: all that the system knows of a name. */
  readonly lookup?: ((name: string) => Promise<readonly NodeAddress[]>) | undefined;
}
