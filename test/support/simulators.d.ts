declare module 'test-simulators' {
  import type {BrokerOptions} from '../../demo/simulators/broker/server.js';
  import type {RocketChatOptions} from '../../demo/simulators/rocket-chat/server.js';
  import type {Settings} from '../../demo/simulators/rocket-chat/settings.js';

  /** The origins of the simulators that run while the tests do. */
  export const simulators: Readonly<
    Record<
      | 'webApp3'
      | 'sameOriginSandbox'
      | 'videoconf'
      | 'withoutOrigins'
      | 'otherOrigins'
      | 'withoutPlugin'
      | 'heldWebApp3'
      | 'probeWebApp3'
      | 'puppetNode'
      | 'faultyNode'
      | 'evil'
      | 'rocketChat'
      | 'freshRocketChat'
      | 'factoryRocketChat',
      string
    >
  >;

  /**
   * Starts a Rocket.Chat workspace that may be embedded, but for `settings`, and resolves with its
   * origin. It ends with the tests.
   */
  export const startWorkspace: (settings?: Partial<Settings>) => Promise<string>;

  /** The faults of the proxy (test/support/fault-proxy.mjs) and their parameters. */
  export interface ProxyFaults {
    /** Ends all connections in good order. */
    drop: object;
    /** Resets all connections. */
    reset: object;
    /** Nothing goes through, but all stays open; both ways by default. */
    stall: {direction?: 'both' | 'up' | 'down'};
    /** Closes the port. */
    refuse: object;
    listenAgain: object;
    /** ms each way; bytes a second of each connection and direction. */
    slow: {latency?: number; bytesPerSecond?: number};
    /** Bytes of a packet, 1 by default. */
    chop: {size?: number};
    /** Resets a connection when so many bytes have come down; only `times` of them if given. */
    cutAfter: {bytes: number; times?: number};
    /** Answers are thrown away; turned off, what was open is reset. */
    loseReplies: {on?: boolean};
    /** Ends all faults but a closed port. */
    flow: object;
  }

  /** A workspace behind a proxy that breaks things. */
  export interface Proxied {
    /** Where a page finds the workspace. */
    readonly origin: string;
    /** The workspace itself, for `RocketChatRemote`: what goes here is not broken. */
    readonly direct: string;
    /** Resolves when the fault holds. */
    fault<Name extends keyof ProxyFaults>(name: Name, params?: ProxyFaults[Name]): Promise<void>;
    /** Connections that are open, connections there ever were, and bytes handed on. */
    counters(): Promise<{now: number; ever: number; bytes: number}>;
  }

  /** Starts a workspace as `startWorkspace` does, behind a proxy of its own. Both end with the tests. */
  export const startProxied: (
    settings?: Partial<Settings>,
    options?: Omit<RocketChatOptions, 'settings'>,
  ) => Promise<Proxied>;

  /**
   * Starts a broker, whose pages are the tests, for a workspace of this module or one that
   * it has started, and resolves with its origin, for `BrokerRemote`. It ends with the tests.
   */
  export const startBrokerFor: (
    workspaceOrigin: string,
    options?: Partial<Omit<BrokerOptions, 'workspace'>>,
  ) => Promise<string>;

  /**
   * The host application, which is where the page is, signs a user in for a broker of
   * `startBrokerFor`: by a cookie that no script reads. `null`: nobody.
   */
  export const hostSignIn: (broker: string, username: string | null) => Promise<void>;
}
