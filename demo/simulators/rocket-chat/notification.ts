import type {Message, Room} from './model.js';

/** Rocket.Chat's INotificationDesktop: what a member's desktop says of a message. */
export const notificationOf = (message: Message, room: Room): object => {
  const {_id, rid, tmid, u, t} = message;
  const msg = t === 'e2e' ? 'Encrypted message' : message.msg;
  const direct = room.t === 'd';
  const name = room.fname ?? room.name ?? u.name;
  return {
    title: direct ? u.name : `#${name}`,
    text: direct ? msg : `${u.username}: ${msg}`,
    name,
    payload: {
      _id,
      rid,
      ...(tmid && {tmid}),
      sender: u,
      type: room.t,
      ...(room.name && {name: room.name}),
      message: {msg, ...(t && {t})},
    },
  };
};
