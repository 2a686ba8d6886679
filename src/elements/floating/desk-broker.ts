import {PexipChatError} from '../../errors.js';
import {loadPart} from '../../parts/load-part.js';
import type {BrokerConfig} from '../../protocol/broker-api.js';
import type {UserQuestion} from '../../protocol/user-list.js';
import type {AccessToken, BrokerClient} from '../../transport/broker-client.js';
import {workspaceAddress} from '../workspace-address.js';

/** What a widget asks the broker itself, in the name of its user. */
export class DeskBroker {
  /** Its address with a slash at its end. */
  readonly base: string;
  #accessToken: AccessToken | undefined;
  #client: BrokerClient | undefined;
  #config: BrokerConfig = {};

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

  /** What asks the broker. @throws {PexipChatError} `part-failed` */
  async client(): Promise<BrokerClient> {
    const {brokerClient} = await loadPart('broker');
    return (this.#client ??= brokerClient({base: this.base, accessToken: this.#accessToken}));
  }

  /**
   * Asks what there is. @returns the address of the workspace
   *
   * @throws {PexipChatError} `broker-failed`, `part-failed`; `insecure-url`, `invalid-attribute`: the
   * workspace has no address that can be used
   */
  async workspace(): Promise<string> {
    const client = await this.client();
    const {brokerFailed} = await loadPart('broker');
    this.#config = await client.config().catch((cause: unknown) => {
      throw brokerFailed(cause, 'did not name the workspace');
    });
    const {server} = this.#config;
    if (server) return workspaceAddress(server);
    throw new PexipChatError(
      'broker-failed',
      'The broker names no Rocket.Chat workspace. Give the broker its address.',
    );
  }

  /** Whether the broker can do this. */
  can(feature: string): boolean {
    return !!this.#config.features?.includes(feature);
  }

  /** Asks who is who. @throws {HttpFailure} */
  async users(question: UserQuestion): Promise<unknown> {
    return (await this.client()).users(question);
  }
}
