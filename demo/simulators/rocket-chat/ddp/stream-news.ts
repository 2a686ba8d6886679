/** Which streams carry a change of the workspace, and to whom. */
import type {Change} from '../changes.js';
import {type Message, STATUSES} from '../model.js';
import type {User} from '../users.js';
import type {Workspace} from '../workspace.js';
import {MY_MESSAGES} from './publications.js';

/** News of one stream as one user hears it. */
export interface News {
  readonly stream: string;
  readonly eventName: string;
  readonly args: readonly unknown[];
}

const USER = 'stream-notify-user';
const MESSAGES = 'stream-room-messages';

const messageNews = ({rooms}: Workspace, user: User | undefined, message: Message): News[] => {
  const room = rooms.byId(message.rid);
  if (!room || !user || !rooms.readable(user, room)) return [];
  const participation = {
    roomParticipant: rooms.isMember(user, room),
    roomType: room.t,
    roomName: room.name,
  };
  return [
    {stream: MESSAGES, eventName: room._id, args: [message]},
    {stream: MESSAGES, eventName: MY_MESSAGES, args: [message, participation]},
  ];
};

/** What `user` hears of a change. */
export const newsOf = (change: Change, workspace: Workspace, user: User | undefined): News[] => {
  switch (change.type) {
    case 'message':
    case 'message-changed':
      return messageNews(workspace, user, change.message);
    case 'message-removed': {
      const {_id, rid} = change.message;
      return [{stream: 'stream-notify-room', eventName: `${rid}/deleteMessage`, args: [{_id}]}];
    }
    case 'subscription': {
      const {subscription, begun} = change;
      const {_id} = subscription.u;
      const action = begun ? 'inserted' : 'updated';
      const args = [action, {...subscription}];
      return [
        {stream: USER, eventName: `${_id}/subscriptions-changed`, args},
        ...(begun
          ? [{stream: USER, eventName: `${_id}/rooms-changed`, args: ['inserted', begun]}]
          : []),
      ];
    }
    case 'subscription-removed': {
      const {_id, rid, u, t} = change.subscription;
      const args = ['removed', {_id, rid, u, t}];
      return [{stream: USER, eventName: `${u._id}/subscriptions-changed`, args}];
    }
    case 'room': {
      const {room} = change;
      if (!user || !workspace.rooms.isMember(user, room)) return [];
      return [{stream: USER, eventName: `${user._id}/rooms-changed`, args: ['updated', room]}];
    }
    case 'user-status': {
      const {_id, username, status, statusText, name, roles} = change.user;
      const told = [_id, username, STATUSES.indexOf(status), statusText, name, roles];
      return [{stream: 'stream-notify-logged', eventName: 'user-status', args: [told]}];
    }
    case 'stream': {
      const {stream, eventName, args} = change;
      return [{stream, eventName, args}];
    }
    case 'accounts':
    case 'settings':
    case 'tokens-ended':
      return [];
  }
};
