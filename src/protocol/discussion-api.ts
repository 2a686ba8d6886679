import type {RoomType} from './chat-room.js';

/** The answer of `POST /v1/meetings/<alias>/discussion`: the fields of `rc-room-opened`, and one more. */
export interface DiscussionInfo {
  readonly roomId: string;
  /** What people read, such as `Conference Call Chat History - 2026-11-23 07:50`. */
  readonly name: string;
  readonly type: Extract<RoomType, 'discussion'>;
  /** Of a channel, or of anything else: by this Rocket.Chat's page has it below `/channel` or `/group`. */
  readonly kind: Extract<RoomType, 'c' | 'p'>;
}
