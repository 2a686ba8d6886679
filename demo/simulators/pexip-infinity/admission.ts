import type {Service} from './service.js';

/** What somebody is in a conference, by Pexip's words. */
export type Role = 'chair' | 'guest';

/** Who is let in as what, or what he is asked for. */
export type Entry =
  | {readonly role: Role}
  | {readonly refused: 'pin-required'; readonly guestPin: boolean}
  | {readonly refused: 'invalid-pin'};

/**
 * Tells hosts from guests: by what a policy server has found out already, else by their PIN. With an
 * empty one, which a policy server may send for somebody whom it knows, nobody is asked.
 *
 * @param pin `none` is what Web App 3 sends for a guest who has none
 */
export const admit = (service: Service, preauthenticated?: Role, pin?: string): Entry => {
  const {pin: hostPin, guestPin, allowGuests} = service;
  if (preauthenticated) return {role: preauthenticated};
  if (!hostPin || pin === hostPin) return {role: 'chair'};
  if (allowGuests && pin === (guestPin ?? 'none')) return {role: 'guest'};
  if (!pin || pin === 'none') return {refused: 'pin-required', guestPin: guestPin !== undefined};
  return {refused: 'invalid-pin'};
};
