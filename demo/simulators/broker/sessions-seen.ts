import {parseChatSession} from '../../../src/protocol/broker-api.js';
import type {Surface} from '../../../src/protocol/credentials.js';

/** A token that a user was lent. */
export interface Lent {
  readonly username: string;
  readonly surface: Surface;
  readonly authToken: string;
}

const SURFACES: readonly Surface[] = ['embed', 'live'];

/** What the broker has answered to those who asked for sessions. */
export class SessionsSeen {
  /** Each token that was lent, once, in order. */
  readonly lent: Lent[] = [];
  asked = 0;

  /** Takes notice of an answer's body. */
  note(payload: unknown): void {
    let data: unknown;
    try {
      data = JSON.parse(String(payload));
    } catch {
      return;
    }
    const session = parseChatSession(data);
    if (!session) return;
    for (const surface of SURFACES) {
      const authToken = session.surfaces[surface]?.authToken;
      if (!authToken || this.lent.some((each) => each.authToken === authToken)) continue;
      this.lent.push({username: session.username, surface, authToken});
    }
  }
}
