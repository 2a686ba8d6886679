/** What the bench uses of simpleddp 2.2.4, which has no types. */
declare module 'simpleddp' {
  interface Options {
    readonly endpoint: string;
    readonly SocketConstructor: typeof WebSocket;
    readonly autoReconnect: boolean;
    /** ms between attempts, always the same. */
    readonly reconnectInterval: number;
  }

  class SimpleDdp {
    constructor(options: Options);
    readonly ddpConnection: {pauseQueue(): void; continueQueue(): void};
    connect(): Promise<void>;
    apply(method: string, args: readonly unknown[], atBeginning?: boolean): Promise<unknown>;
    subscribe(publication: string, ...args: readonly unknown[]): {ready(): Promise<void>};
    on(event: string, hear: (frame: unknown) => void): {stop(): void};
  }

  export {SimpleDdp as default};
}
