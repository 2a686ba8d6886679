import type {RoomMessage} from '../../protocol/room-message.js';
import {visibleName} from '../../protocol/visible-text.js';
import type {Surroundings} from './surroundings.js';

/** What the person is called whom the workspace names by this username. */
export const personName = (username: string, person: Surroundings['person']): string =>
  person(username).name ?? visibleName(username, username);

/** What the person is called who wrote a message. An alias, which a program writes under, counts first. */
export const senderName = (
  {alias, sender: {name, username}}: RoomMessage,
  person: Surroundings['person'],
): string => visibleName(alias ?? person(username).name ?? name, username);
