import type {Message, Room} from './model.js';

/** What a message may have beside its text. A known `_id` posts nothing again. */
export interface PostOptions extends Partial<Omit<Message, 'msg' | 'rid' | 'ts'>> {
  /** Default: now. */
  readonly at?: Date;
  /** The discussion that the message announces. */
  readonly discussion?: Room;
}
