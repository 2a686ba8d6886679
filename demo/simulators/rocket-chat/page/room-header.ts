import type {Chat} from './chat.js';
import {avatar} from './avatar.js';
import {element, icon, type IconName} from './dom.js';
import {roomLink} from './room-link.js';
import {titleOf} from './store.js';
import type {Room, RoomKind} from '../model.js';

const KINDS: Readonly<Record<RoomKind, {icon: IconName; label: string}>> = {
  c: {icon: 'channel', label: 'Channel'},
  p: {icon: 'group', label: 'Private group'},
  d: {icon: 'direct', label: 'Direct message'},
};

/** The drawing of a room's kind. */
export const kindIcon = ({t, prid}: {t: RoomKind; prid?: string}): SVGElement =>
  icon(prid ? 'discussion' : KINDS[t].icon);

/** The name, topic and members of the opened room. */
export const roomHeader = (chat: Chat): HTMLElement => {
  const names = element('div', {class: 'names'});
  const members = element('ul', {
    class: 'members',
    id: 'members',
    'aria-label': 'Members',
    hidden: '',
  });
  const toggle = element(
    'button',
    {
      type: 'button',
      class: 'tool',
      'aria-label': 'Members',
      title: 'Members',
      'aria-controls': 'members',
      'aria-expanded': 'false',
      'data-action': 'members-list',
    },
    icon('members'),
  );
  const show = (shown: boolean): void => {
    members.hidden = !shown;
    toggle.setAttribute('aria-expanded', String(shown));
  };
  toggle.addEventListener('click', () => {
    show(members.hasAttribute('hidden'));
  });
  const back = roomLink(
    '/home',
    chat,
    {class: 'tool back', 'aria-label': 'All rooms'},
    icon('back'),
  );
  let opened: Room | undefined;
  chat.store.listen(({room, subscriptions, hiddenActions}) => {
    toggle.hidden = hiddenActions.includes('members-list');
    if (toggle.hidden) show(false);
    if (!room || room === opened) return;
    opened = room;
    show(false);
    const title = titleOf(room, subscriptions);
    const detail = room.topic ?? (room.prid ? 'Discussion' : KINDS[room.t].label);
    names.replaceChildren(element('h1', {}, kindIcon(room), title), element('p', {}, detail));
    members.replaceChildren(
      ...room.usernames.map((name) => element('li', {}, avatar(name, name), `@${name}`)),
    );
  });
  return element('header', {class: 'room-header'}, back, names, toggle, members);
};
