declare module 'test-simulators' {
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
}
