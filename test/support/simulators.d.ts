declare module 'test-simulators' {
  /** The origins of the simulators that run while the tests do. */
  export const simulators: Readonly<
    Record<
      | 'webApp3'
      | 'sameOriginSandbox'
      | 'withoutOrigins'
      | 'otherOrigins'
      | 'withoutPlugin'
      | 'heldWebApp3'
      | 'puppetNode'
      | 'evil'
      | 'rocketChat'
      | 'freshRocketChat'
      | 'factoryRocketChat',
      string
    >
  >;
}
