import type {Subscription} from '../model.js';
import {KIND_PATHS} from '../room-paths.js';
import type {Chat} from './chat.js';
import {element} from './dom.js';

/** The path of a subscription's room; a direct message is named by its id. */
export const pathOf = ({t, name, rid}: Subscription): string =>
  `/${KIND_PATHS[t]}/${encodeURIComponent(t === 'd' ? rid : name)}`;

/** A link within the page. Opened in another tab it is an ordinary address. */
export const roomLink = (
  path: string,
  chat: Chat,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLAnchorElement => {
  const link = element('a', {href: path, ...attributes}, ...children);
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    chat.go(path);
  });
  return link;
};
