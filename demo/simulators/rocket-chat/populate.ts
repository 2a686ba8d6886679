import type {RoomWithHistory} from './default-data.js';
import type {Workspace} from './workspace.js';

/** Fills a workspace with rooms and what was said in them, all of it read by everybody. */
export const populate = (workspace: Workspace, rooms: readonly RoomWithHistory[]): void => {
  const start = Date.now();
  for (const {messages = [], ...each} of rooms) {
    const room = workspace.rooms.create(each);
    for (const {username, text, age} of messages) {
      workspace.timeline.post(workspace.users.named(username), room, text, {
        at: new Date(start - age),
      });
    }
    if (room.prid) {
      const parent = workspace.rooms.named(room.prid);
      const author = workspace.users.named(room.u.username);
      const at = new Date(start - Math.max(0, ...messages.map(({age}) => age)));
      workspace.timeline.post(author, parent, room.fname ?? '', {at, discussion: room});
    }
  }
  // What was said before the start has been read by everybody.
  for (const user of workspace.users.all()) {
    for (const {rid} of workspace.subscriptions.of(user)) workspace.subscriptions.read(user, rid);
  }
  workspace.keep();
};
