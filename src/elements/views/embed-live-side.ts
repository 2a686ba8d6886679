import {PexipChatError} from '../../errors.js';
import type {Auth, Credentials} from '../../protocol/credentials.js';
import type {Farewell} from '../../session/embed-frame.js';
import {embedToken} from '../../session/embed-token.js';
import {remaining} from '../../session/expiry.js';
import type {ClientFact, LiveClient} from '../../session/live-client.js';
import {LiveSide} from './live-side.js';

/** By the clock of the device, which goes on while it sleeps. */
const hasEnded = (credentials: Credentials | undefined): boolean =>
  !!credentials?.expiresAt && remaining(credentials.expiresAt) === undefined;

/** The live connection beside an embedded page, which has tokens of its own and says little of them. */
export class EmbedLiveSide extends LiveSide {
  /** The token that the server has taken the last time. */
  #proven: Credentials | undefined;
  /** The one with whose end that of the embedded page was replaced already. */
  #replacedFor: Credentials | undefined;
  /** Runs while there is to be another token for the embedded page. */
  #replacing: Promise<Credentials | undefined> | undefined;

  override stop(): void {
    super.stop();
    this.#proven = this.#replacedFor = this.#replacing = undefined;
  }

  /** Gives the embedded page its tokens, as an `auth` function does; nothing if nobody signs in. */
  get tokens(): Auth | undefined {
    if (!this.loading) return;
    return async (ask) => {
      const client = await this.loading;
      if (client) return embedToken(client.giver, ask.reason);
      // Without the live connection the embedded page works all the same.
      const auth = this.auth;
      if (typeof auth === 'function') return auth(ask);
      throw this.failure!;
    };
  }

  /** The token of the embedded page, asked for anew if it has none. */
  embedToken(): Promise<Credentials | undefined> {
    return this.#askForEmbed('initial');
  }

  /** Another token for the embedded page. */
  replaceEmbedToken(): Promise<Credentials | undefined> {
    this.#replacing ??= this.#askForEmbed('rejected').finally(() => (this.#replacing = undefined));
    return this.#replacing;
  }

  /** What a sign-out of the embedded page was; undefined where nobody is signed in by token. */
  judge(): Promise<Farewell> | undefined {
    return this.client && this.#judge(this.client, this.#proven);
  }

  /**
   * A person's sign-out ends the page's token alone and before its time. `proven` is of the time of
   * the sign-out: where all tokens have ended, the connection may have a new one already.
   */
  async #judge(client: LiveClient, proven: Credentials | undefined): Promise<Farewell> {
    const {keeper} = client.giver;
    const before = keeper.of('embed');
    try {
      if (await this.#replacing) return 'again';
      const embed = before ?? proven;
      // The page has lost one that was replaced before.
      if (embed && (await this.works(embed))) return 'again';
      if (proven && !hasEnded(before) && (await this.works(proven))) return 'left';
    } catch {
      // Where there never was a connection, there is nothing to tell a token's end by but its time.
      return proven || hasEnded(before) ? 'again' : 'left';
    }
    // Those that are fixed are what has ended.
    if (typeof this.auth === 'object') return 'gone';
    const replaced = await this.#replacing;
    if (replaced || keeper.of('embed') !== before) return 'again';
    this.#replacedFor = proven;
    return (await this.replaceEmbedToken()) ? 'again' : 'gone';
  }

  async #askForEmbed(reason: 'initial' | 'rejected'): Promise<Credentials | undefined> {
    const {giver} = this.client ?? {};
    const {signal} = this;
    try {
      const credentials = giver && (await embedToken(giver, reason));
      // Whoever is signed in meanwhile is another user.
      if (signal.aborted) return;
      this.mended();
      return credentials;
    } catch (error) {
      if (!signal.aborted && error instanceof PexipChatError)
        this.hear({type: 'signed-out', error});
      return;
    }
  }

  protected override hear(fact: ClientFact): void {
    const replaced = !!this.#proven && this.#proven === this.#replacedFor;
    if (fact.type === 'signed-in') this.#proven = this.tokenOf('live');
    else if (fact.type === 'token-renewed') {
      if (fact.surface === 'live') this.#proven = fact.credentials;
      else this.mended();
    }
    // The embedded page has its new token already.
    super.hear(fact.type === 'signed-in' && replaced ? {...fact, replaced: false} : fact);
  }
}
