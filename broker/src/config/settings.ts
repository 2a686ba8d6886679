import type {CookieHook} from '../callers/cookie-hook.js';

/** An issuer of access tokens that the broker trusts; one of `secret` and `jwksUrl`. */
export interface JwtIssuer {
  /** The claim `iss`, exactly. */
  readonly issuer: string;
  /** One of the claim `aud`; default `pexip-chat-room`. */
  readonly audience: string;
  /** Shared with the host application; at least 32 bytes. HS256, HS384, HS512. */
  readonly secret?: string;
  /** Where the issuer's public keys are, https. */
  readonly jwksUrl?: string;
  /** Signatures that count; default by `secret` or `jwksUrl`. */
  readonly algorithms: readonly string[];
}

/** The cookie by which the host application knows its user, and what it says for whom it is. */
export interface CookieSignIn {
  readonly name: string;
  /** Asked with the cookie; answers `{sub, name?, email?, email_verified?}`, else 401. https. */
  readonly url?: string;
  /** In the place of `url`, where the broker is mounted in the application's own server. */
  readonly hook?: CookieHook;
}

/** Everything that the operator decides, checked and complete. All times are in ms. */
export interface BrokerSettings {
  readonly listen: {readonly host: string; readonly port: number};
  /** The address that browsers use, without a slash at its end; may have a path. */
  readonly publicUrl: string;
  /** The origins of the pages that may ask, exactly as a browser writes them. */
  readonly origins: readonly string[];
  /** At least 32 bytes. All keys of the broker are derived from it. */
  readonly secret: string;
  /** Addresses and ranges of the proxies whose `X-Forwarded-For` counts. */
  readonly trustProxy: readonly string[];
  readonly store: {readonly sqlite: string; readonly redis?: string};
  readonly rocketChat: {
    /** The workspace's address as pages use it, without a slash at its end. */
    readonly server: string;
    /** The address that the broker uses, where that is another one. */
    readonly internalUrl: string;
    /** The service account, and its personal access token (made with "ignore two factor authentication"). */
    readonly userId: string;
    readonly authToken: string;
    /** The workspace's CREATE_TOKENS_FOR_USERS_SECRET (8.0 and later). */
    readonly createTokenSecret?: string;
    readonly mint: 'auto' | 'create-token' | 'legacy-create-token' | 'managed-password';
    /** Calls of one route that the workspace takes within `window`, unless its headers say otherwise. */
    readonly calls: number;
    readonly window: number;
    /** How long an answer may take. */
    readonly timeout: number;
  };
  readonly pexip: {
    /** Origin of the Conferencing Node, and the branding path of Web App 3 there. */
    readonly node?: string;
    readonly path?: string;
    /** Of Pexip Infinity's requests to the broker; both or none. */
    readonly username?: string;
    readonly password?: string;
    readonly theme: string;
  };
  readonly meetings: {
    readonly grace: number;
    /** `sub` of each. */
    readonly admins: readonly string[];
  };
  readonly recording: {
    readonly destination?: string;
    readonly protocol: 'h323' | 'rtmp' | 'sip';
    readonly name: string;
  };
  readonly discussions: {
    /** Id of a Rocket.Chat room. */
    readonly room?: string;
    readonly timeZone: string;
  };
  readonly calls: {
    /** Address of the application's page for call links. */
    readonly page?: string;
  };
  readonly chats: {
    /** Whether pages may delete a chat with its messages. */
    readonly delete: boolean;
  };
  readonly jwt: readonly JwtIssuer[];
  readonly cookie?: CookieSignIn;
  /** Keys of the host application's servers for `POST /v1/credentials`, at least 32 characters each. */
  readonly apiKeys: readonly string[];
  readonly users: {
    readonly link: 'none' | 'username' | 'verified-email';
    /** Whether a missing account is made. */
    readonly create: boolean;
    /** Whether a new account gets the user's own verified address; else one below `emailDomain`. */
    readonly ownEmail: boolean;
    readonly emailDomain: string;
  };
  readonly sessions: {
    /** How long a token is lent. */
    readonly tokenLifetime: number;
    readonly leaseTime: number;
    /** A user's tokens end that long after the last lease. */
    readonly afterLast: number;
  };
  readonly limits: {
    /** Requests of one user in a minute. */
    readonly perUser: number;
    /** Refused proofs of sign-in from one address in a minute. */
    readonly refusedPerAddress: number;
    /** Tokens that one user is made in a minute. */
    readonly mintsPerUser: number;
    /** Look-ups of other users by one user in a minute. */
    readonly lookUpsPerUser: number;
    /** Names in the lists of who is who that one user asks for in a minute. */
    readonly namesPerUser: number;
    /** Meetings and calls that one user makes in a minute. */
    readonly meetingsPerUser: number;
    /** Bytes of one request of Pexip's event sink. */
    readonly events: number;
    /** Bytes. */
    readonly body: number;
    /** Bytes. */
    readonly upload: number;
  };
  /** Of the broker's own calls. */
  readonly outgoing: {
    /** PEM texts of authorities beside the usual ones. */
    readonly ca?: string;
    /** A proxy's address. */
    readonly proxy?: string;
    /** Hosts, and domains with all below them, that are asked without it. */
    readonly noProxy: readonly string[];
  };
  readonly audit: {readonly retention: number};
  readonly log: {readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent'};
}
