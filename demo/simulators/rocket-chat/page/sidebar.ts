import type {Subscription} from '../model.js';
import {avatar} from './avatar.js';
import type {Chat} from './chat.js';
import {element} from './dom.js';
import {kindIcon} from './room-header.js';
import {pathOf, roomLink} from './room-link.js';

const count = new Intl.NumberFormat();

const byName = (one: Subscription, other: Subscription): number =>
  one.t.localeCompare(other.t) || one.fname.localeCompare(other.fname);

const entry = (subscription: Subscription, chat: Chat, current: boolean): HTMLElement => {
  const {fname, unread, alert} = subscription;
  const link = roomLink(
    pathOf(subscription),
    chat,
    {...(current && {'aria-current': 'page'}), ...(alert && {'data-alert': ''})},
    kindIcon(subscription),
    element('span', {class: 'room-name'}, fname),
  );
  if (unread) {
    const label = `${count.format(unread)} unread`;
    link.append(
      element('span', {class: 'badge', 'aria-label': label, role: 'img'}, count.format(unread)),
    );
  } else if (alert) {
    link.append(element('span', {class: 'dot', 'aria-label': 'unread', role: 'img'}));
  }
  return element('li', {}, link);
};

/** All rooms of the user with what is unread; only where the page is not embedded. */
export const sidebar = (chat: Chat): HTMLElement => {
  const list = element('ul');
  const who = element('div', {class: 'who'});
  const logout = element('button', {type: 'button', class: 'quiet'}, 'Logout');
  logout.addEventListener('click', () => void chat.logout());
  chat.store.listen(({subscriptions, room, user, hiddenActions}) => {
    logout.hidden = hiddenActions.includes('logout');
    // The focus must survive a message elsewhere.
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const address = focused?.getAttribute('href');
    const rooms = subscriptions.filter(({open}) => open).sort(byName);
    list.replaceChildren(...rooms.map((each) => entry(each, chat, each.rid === room?._id)));
    if (address) list.querySelector<HTMLElement>(`[href="${CSS.escape(address)}"]`)?.focus();
    const name = user ? [avatar(user.username, user.name), element('span', {}, user.name)] : [];
    who.replaceChildren(...name);
  });
  return element(
    'nav',
    {class: 'sidebar', 'aria-label': 'Rooms'},
    element('div', {class: 'account'}, who, logout),
    element('h2', {}, 'Rooms'),
    list,
  );
};
