/** Who may subscribe to which stream. */
import {MeteorError} from '../meteor-error.js';
import type {User} from '../users.js';
import type {Workspace} from '../workspace.js';

/** One subscription of a connection. */
export interface StreamSubscription {
  readonly id: string;
  readonly stream: string;
  readonly eventName: string;
}

type MayRead = (workspace: Workspace, user: User | undefined, eventName: string) => boolean;

/** Every message of the rooms that the user may read. */
export const MY_MESSAGES = '__my_messages__';

const isMember: MayRead = ({rooms}, user, eventName) => {
  const room = rooms.byId(eventName.split('/')[0]);
  return !!user && !!room && rooms.isMember(user, room);
};

const RULES: ReadonlyMap<string, MayRead> = new Map<string, MayRead>([
  [
    'stream-room-messages',
    ({rooms}, user, eventName) => {
      // Anybody may ask for this one; who is signed in decides about each message.
      if (eventName === MY_MESSAGES) return true;
      const room = rooms.byId(eventName);
      return !!user && !!room && rooms.readable(user, room);
    },
  ],
  ['stream-notify-room', isMember],
  ['stream-room-data', isMember],
  ['stream-notify-user', (_, user, eventName) => !!user && eventName.split('/')[0] === user._id],
  ['stream-notify-logged', (_, user) => !!user],
  ['stream-roles', (_, user) => !!user],
  ['stream-notify-all', () => true],
]);

// What Meteor clients ask for at the start; they hold nothing here.
const WITHOUT_CONTENT: readonly string[] = [
  'meteor.loginServiceConfiguration',
  'meteor_autoupdate_clientVersions',
  'roles',
  'activeUsers',
  'userData',
];

/** Throws if the user may not have what they subscribe to; undefined if there is nothing to hear. */
export const subscriptionFor = (
  workspace: Workspace,
  user: User | undefined,
  {id, name, params}: {id: string; name: string; params: readonly unknown[]},
): StreamSubscription | undefined => {
  if (WITHOUT_CONTENT.includes(name)) return;
  const rule = RULES.get(name);
  if (!rule) throw new MeteorError(404, `Subscription '${name}' not found`);
  const [eventName] = params;
  if (typeof eventName !== 'string' || !eventName) throw new MeteorError('invalid-event-name');
  if (!rule(workspace, user, eventName)) throw new MeteorError('not-allowed');
  return {id, stream: name, eventName};
};
