import type {AccessToken} from '../../transport/broker-client.js';

/** Where the calls of the user are told. */
export interface DeskCallsOptions {
  /** The broker's address with a slash at its end. */
  readonly broker: string;
  /** What the page signs in by now; undefined is its cookie. */
  readonly accessToken: () => AccessToken | undefined;
}

/** What hears of the calls of a user who is signed in. */
export interface DeskCalls {
  start(): void;
  stop(): void;
}

/** Where the call stream is joined on; nothing hears of calls until then. */
export const callsOf = (_: DeskCallsOptions): DeskCalls => ({
  start: () => undefined,
  stop: () => undefined,
});
