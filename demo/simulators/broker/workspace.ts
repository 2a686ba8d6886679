import type {RocketChatSimulator} from '../rocket-chat/server.js';

/** What the broker needs of a Rocket.Chat workspace. */
export type BrokerWorkspace = Pick<RocketChatSimulator, 'origin' | 'serviceAccount'>;
