import {loadPart} from '../../parts/load-part.js';
import type {AccessToken, BrokerClient} from '../../transport/broker-client.js';
import {userNotFound} from './desk-errors.js';

/** What a widget asks the broker itself, in the name of its user. */
export class DeskBroker {
  /** Its address with a slash at its end. */
  readonly base: string;
  #accessToken: AccessToken | undefined;
  #client: BrokerClient | undefined;
  #features: Promise<readonly string[]> | undefined;

  /** @param accessToken undefined: the application's cookie says who asks */
  constructor(base: string, accessToken: AccessToken | undefined) {
    this.base = base;
    this.#accessToken = accessToken;
  }

  get accessToken(): AccessToken | undefined {
    return this.#accessToken;
  }

  /** The application has another token of the same user. */
  use(accessToken: AccessToken | undefined): void {
    this.#accessToken = accessToken;
    this.#client?.use(accessToken);
  }

  /**
   * Asks for what stands at a path, and is still to be parsed.
   *
   * @throws {PexipChatError} `user-not-found`, `broker-failed`, `sign-in-required`, `part-failed`
   */
  ask(path: string): Promise<unknown> {
    return this.#try((client) => client.ask(path), 'did not say who somebody is');
  }

  /** Whether the broker can do this. @throws {PexipChatError} `broker-failed`, `part-failed` */
  async can(feature: string): Promise<boolean> {
    this.#features ??= this.#try(
      async (client) => (await client.config()).features ?? [],
      'did not say what it can do',
    );
    // One that was away for a moment is asked again.
    this.#features.catch(() => (this.#features = undefined));
    return (await this.#features).includes(feature);
  }

  async #try<Answer>(
    deed: (client: BrokerClient) => Promise<Answer>,
    what: string,
  ): Promise<Answer> {
    const {brokerClient, brokerFailed} = await loadPart('broker');
    this.#client ??= brokerClient({base: this.base, accessToken: this.#accessToken});
    try {
      return await deed(this.#client);
    } catch (cause) {
      // By its field, as its class is of another file.
      throw (cause as {status?: number}).status === 404
        ? userNotFound()
        : brokerFailed(cause, what);
    }
  }
}
