import {isDdpRefusal} from '../transport/ddp-connection.js';
import {isHttpFailure} from '../transport/http-failure.js';

/** What Rocket.Chat answers where it has stumbled over something itself. */
const STUMBLED = '500';
/** Of a token that is being replaced, of a time that is over, of too many at once. */
const PASSING: readonly number[] = [401, 408, 429];

/**
 * What the server said, if it has refused for good; any other failure may be over in a moment, or have
 * come after the server did what it was asked.
 */
export const refusalOf = (error: unknown): string | undefined => {
  if (isDdpRefusal(error)) return error.code === STUMBLED ? undefined : error.code;
  const status = isHttpFailure(error) ? error.status : 0;
  const refused = status >= 400 && status < 500 && !PASSING.includes(status);
  return refused ? `HTTP ${status}` : undefined;
};
