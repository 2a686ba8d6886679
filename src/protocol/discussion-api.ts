import type {RoomType} from './chat-room.js';

/** The answer of `POST /v1/meetings/<alias>/discussion`; the fields of the event `rc-room-opened`. */
export interface MeetingDiscussion {
  readonly roomId: string;
  /** What people read, such as `Conference Call Chat History - 2026-11-23 07:50`. */
  readonly name: string;
  readonly type: Extract<RoomType, 'discussion'>;
}
