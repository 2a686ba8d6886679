import type {RoomTraits} from '../../protocol/room-traits.js';
import type {RoomScene} from '../../session/room-scene.js';
import type {Language} from '../strings/strings.js';
import type {Surroundings} from './surroundings.js';

/** What a conversation shows. */
export interface ConversationContent {
  readonly language: Language;
  /** The room; undefined until it is known. */
  readonly scene: RoomScene | undefined;
  readonly traits: RoomTraits | undefined;
  /** The workspace's address with a slash at its end. */
  readonly base: string;
  /** The user is signed in by a broker, which passes files on. */
  readonly byBroker: boolean;
  /** Opens another room, by Rocket.Chat's own path. Rejects if that is not shown. */
  readonly openRoom: (path: string) => Promise<unknown>;
  /** What the page around it has told. */
  readonly around: Surroundings;
  /** Where the room is in Rocket.Chat itself. */
  readonly link: string | undefined;
}
