/** What becomes of messages and members when somebody has read. */
import type {Message, Room} from './model.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

/** Tells that messages have been read by everybody, if there is anything to tell. */
const tell = (
  {changes, timeline}: Workspace,
  room: Room,
  messages: readonly Message[],
  until: string,
  tmid?: string,
): void => {
  const read = timeline.markRead(messages);
  if (read) changes.tellRoom(room._id, 'messagesRead', {until, ...(tmid && {tmid})});
};

/**
 * Marks a room as read by one of its members. With `Message_Read_Receipt_Enabled` the messages that
 * now all members have read lose their `unread`, and the room is told until when; without it, as on
 * Community, nobody hears of who has read what.
 */
export const readRoom = (
  workspace: Workspace,
  user: User,
  rid: string,
  {threads = false}: {threads?: boolean} = {},
): void => {
  const {subscriptions, rooms, timeline, settings} = workspace;
  subscriptions.read(user, rid, threads);
  const room = rooms.byId(rid);
  if (!room || !settings.get('Message_Read_Receipt_Enabled')) return;
  const [until] = subscriptions
    .to(room)
    .map(({ls}) => ls)
    .sort();
  if (!until) return;
  const seen = timeline.history(room, {latest: until, inclusive: true, count: 0, threads: false});
  tell(workspace, room, seen, until);
};

/** Marks a thread as read by a member; its answers are, when nobody is left who has not. */
export const readThread = (workspace: Workspace, user: User, first: Message): void => {
  const {subscriptions, rooms, timeline, settings} = workspace;
  const {_id: tmid, rid} = first;
  subscriptions.readThread(user, rid, tmid);
  const room = rooms.byId(rid);
  if (!room || !settings.get('Message_Read_Receipt_Enabled')) return;
  if (subscriptions.to(room).some(({tunread = []}) => tunread.includes(tmid))) return;
  tell(workspace, room, timeline.thread(first), new Date().toISOString(), tmid);
};
