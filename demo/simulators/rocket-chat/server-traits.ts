/** What an operator decides before the server starts, outside of its settings. */
export interface ServerTraits {
  /** Such as `8.8`. Lines before 8 have the older form of `users.createToken`. */
  readonly serverVersion: string;
  /** The value of CREATE_TOKENS_FOR_USERS_SECRET; without one nobody gets another's token. */
  createTokenSecret: string | undefined;
  /** CREATE_TOKENS_FOR_USERS of the lines before 8. */
  readonly legacyCreateTokens: boolean;
  /**
   * How files are uploaded: in one step (`rooms.upload`, up to 7), in two (`rooms.media`, since 6.10
   * and alone since 8), or either way.
   */
  readonly uploadRoutes: 'both' | 'media' | 'upload';
  /** The conference provider; without one there are no conferences. */
  readonly videoConf: VideoConfProvider | undefined;
}

/** An app that makes conferences. */
export interface VideoConfProvider {
  readonly providerName: string;
  /** Where a conference opens; its call id is appended. */
  readonly url: string;
}

/** The major number of the server's version. */
export const majorOf = ({serverVersion}: ServerTraits): number =>
  Number.parseInt(serverVersion, 10);
