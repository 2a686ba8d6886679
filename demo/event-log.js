const TYPES = [
  'pexip-ready',
  'pexip-features-changed',
  'pexip-connected',
  'pexip-disconnected',
  'pexip-chat-toggle-request',
  'pexip-chat-toggled',
  'pexip-dial-out-succeeded',
  'pexip-dial-out-failed',
  'pexip-roster-changed',
  'pexip-self-changed',
  'pexip-participants-toggle-request',
  'pexip-error',
  'rc-ready',
  'rc-logged-in',
  'rc-logged-out',
  'rc-room-opened',
  'rc-unread-changed',
  'rc-message-received',
  'rc-message-sent',
  'rc-message-changed',
  'rc-connection-changed',
  'rc-token-expiring',
  'rc-token-expired',
  'rc-error',
  'widget-typing-started',
  'widget-message-sent',
  'widget-message-received',
  'widget-message-read',
  'widget-chat-loaded',
  'widget-user-connected',
  'widget-user-disconnected',
  'widget-access-token-is-about-to-expire',
  'widget-access-token-expired',
  'widget-logged-out',
  'widget-error',
];
const MOST = 100;

const textOf = (detail) => {
  if (detail?.error) return `${detail.error.code}: ${detail.error.message}`;
  const people = detail?.participants?.filter(({displayName}) => displayName);
  if (people?.length) return people.map(({displayName}) => displayName).join(', ');
  return detail ? JSON.stringify(detail) : '';
};

/** Lists every event of the elements as it comes, the newest first. */
export const eventLog = (list) => {
  const add = ({type, detail}) => {
    const item = document.createElement('p');
    const name = document.createElement('b');
    name.textContent = type;
    item.append(name, ' ', textOf(detail));
    list.prepend(item);
    if (list.children.length > MOST) list.lastChild.remove();
  };
  for (const type of TYPES) document.addEventListener(type, add);
};
