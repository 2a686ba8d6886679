import type {ChatRoom} from '../../session/chat-state.js';
import {fold} from '../around/fold.js';
import type {RoomCandidate} from './composer-types.js';

const CHANNEL = 'channel/';

/** The channels among these rooms whose name, or what people call them, has the query in it. */
export const roomCandidates = (rooms: readonly ChatRoom[], query: string): RoomCandidate[] =>
  rooms
    // One whose path has an id has a name that nothing can be written by.
    .filter(({type, path, roomId}) => type === 'c' && path !== CHANNEL + roomId)
    .map(({path, name: title}) => ({name: path.slice(CHANNEL.length), title}))
    .filter(({name, title}) => fold(`${name}\n${title}`).includes(fold(query)))
    .map(({name, title}) => (title === name ? {name} : {name, title}));
