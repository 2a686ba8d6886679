/**
 * What clients write to streams. A write that is not allowed is no error: nothing happens, as on the
 * real server.
 */
import type {Changes} from '../changes.js';
import type {Method, Session} from './method-call.js';

const ROOM = 'stream-notify-room';

const tell = (changes: Changes, origin: Session, eventName: string, args: unknown[]): void => {
  changes.tell({type: 'stream', stream: ROOM, eventName, args, origin});
};

/** Typing, in the present form and in the one of older clients; each is told in both. */
const writeToRoom: Method = ({workspace, session, params}) => {
  const [eventName, name, activity, extra] = params;
  const [rid = '', event] = String(eventName).split('/');
  const {login} = session;
  if (!login || (event !== 'typing' && event !== 'user-activity')) return;
  const {changes, settings, rooms} = workspace;
  const room = rooms.byId(rid);
  // Nobody types in another's name, or where they may not write.
  const own = settings.get('UI_Use_Real_Name') ? login.user.name : login.user.username;
  if (name !== own || !room || !rooms.readable(login.user, room)) return;
  if (event === 'typing') {
    tell(changes, session, `${rid}/user-activity`, [
      name,
      activity ? ['user-typing'] : [],
      extra ?? {},
    ]);
    tell(changes, session, `${rid}/typing`, [name, !!activity]);
    return;
  }
  if (!Array.isArray(activity)) return;
  const typing = activity.includes('user-typing');
  if (typing || !activity.length) tell(changes, session, `${rid}/typing`, [name, typing]);
  tell(changes, session, `${rid}/user-activity`, [name, activity, extra ?? {}]);
};

/** Clients ring one another about a conference; nothing else may be written to a user's stream. */
const writeToUser: Method = ({workspace, session, params}) => {
  const [eventName, data] = params;
  const [userId = '', event] = String(eventName).split('/');
  if (!session.login || event !== 'video-conference') return;
  if (!workspace.conferences.isRinging(data, session.login.user)) return;
  workspace.changes.tellUser(userId, event, data);
};

/** Methods that write to streams. */
export const STREAM_METHODS: readonly [string, Method][] = [
  [ROOM, writeToRoom],
  ['stream-notify-user', writeToUser],
];
