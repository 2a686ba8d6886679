import {field} from '../../../src/protocol/guards.js';
import type {User} from './users.js';

/** The video conferences of a workspace. Without a provider there are none. */
export class Conferences {
  /** Whether `data` is what `user` may ring others about: a conference that there is. */
  isRinging(data: unknown, user: User): boolean {
    const callId = field(field(data, 'params'), 'callId');
    return typeof callId === 'string' && !!user && false;
  }
}
