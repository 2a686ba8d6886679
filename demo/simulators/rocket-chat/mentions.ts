import type {Message} from './model.js';
import type {Users} from './users.js';

/** Whom a text names; `all` and `here` are everybody's. A name within an address is no mention. */
export const mentionsIn = (msg: string, users: Users): Message['mentions'] => {
  const names = new Set(Array.from(msg.matchAll(/(?<![\w.])@([\w.-]*\w)/g), ([, name]) => name));
  return [...names].flatMap((name = '') => {
    if (name === 'all' || name === 'here') return [{_id: name, username: name}];
    const user = users.find(name);
    return user ? [{_id: user._id, username: user.username}] : [];
  });
};
