import {field} from '../../../../src/protocol/guards.js';
import type {Message, Subscription} from '../model.js';
import {avatar} from './avatar.js';
import type {Chat} from './chat.js';
import {element, icon} from './dom.js';
import {pathOf, roomLink} from './room-link.js';

const TOGETHER = 5 * 60_000;
const NEAR_END = 80;
const DAY = 86_400_000;

const time = new Intl.DateTimeFormat(undefined, {timeStyle: 'short'});
const date = new Intl.DateTimeFormat(undefined, {dateStyle: 'full'});
const relative = new Intl.RelativeTimeFormat(undefined, {numeric: 'auto'});

const dayOf = (ts: string): number => new Date(ts).setHours(0, 0, 0, 0);

const dayName = (ts: string): string => {
  // Rounded, because a day with a change of the clock is an hour longer or shorter.
  const days = Math.round((dayOf(ts) - new Date().setHours(0, 0, 0, 0)) / DAY);
  return days === 0 || days === -1 ? relative.format(days, 'day') : date.format(new Date(ts));
};

const discussionLink = (
  {drid, msg}: Message,
  subscriptions: readonly Subscription[],
  chat: Chat,
): Node | string => {
  const subscription = subscriptions.find(({rid}) => rid === drid);
  return subscription ? roomLink(pathOf(subscription), chat, {}, msg) : msg;
};

/** What a message quotes, as the one that a discussion is about. */
const quotesOf = ({attachments = []}: Message): HTMLElement[] =>
  attachments
    .map((attachment) => field(attachment, 'message_link') && field(attachment, 'text'))
    .filter((text) => typeof text === 'string')
    .map((text) => element('blockquote', {class: 'text', dir: 'auto'}, text));

const row = (
  message: Message,
  previous: Message | undefined,
  content: Node | string,
): HTMLElement => {
  const {u, ts, t} = message;
  const together =
    !t &&
    !previous?.t &&
    previous?.u._id === u._id &&
    Date.parse(ts) - Date.parse(previous.ts) < TOGETHER;
  const system = t === 'discussion-created';
  return element(
    'div',
    {class: 'message', 'data-id': message._id, ...(together && {'data-together': ''})},
    avatar(u.username, u.name),
    element(
      'p',
      {class: 'byline'},
      element('strong', {}, u.name),
      ' ',
      element('time', {datetime: ts}, time.format(new Date(ts))),
    ),
    system
      ? element('p', {class: 'text system'}, icon('discussion'), 'Discussion: ', content)
      : element('p', {class: 'text', dir: 'auto'}, content),
    ...(system ? [] : quotesOf(message)),
  );
};

/** The messages of the opened room, as text, the newest at the end and in view. */
export const messageList = (chat: Chat): HTMLElement => {
  const log = element('div', {class: 'log', role: 'log', 'aria-label': 'Messages', tabindex: '0'});
  let shown: readonly Message[] = [];
  chat.store.listen(({messages, subscriptions, user, screen}) => {
    if (screen !== 'room' || messages === shown) return;
    const goesOn = shown.length > 0 && shown.every(({_id}, index) => messages[index]?._id === _id);
    const added = goesOn ? messages.slice(shown.length) : messages;
    const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
    if (!goesOn) log.replaceChildren();
    let previous = goesOn ? shown.at(-1) : undefined;
    for (const message of added) {
      if (!previous || dayOf(previous.ts) !== dayOf(message.ts)) {
        log.append(element('p', {class: 'day'}, element('span', {}, dayName(message.ts))));
        previous = undefined;
      }
      const content = message.drid ? discussionLink(message, subscriptions, chat) : message.msg;
      log.append(row(message, previous, content));
      previous = message;
    }
    if (!messages.length) {
      log.replaceChildren(element('p', {class: 'empty'}, 'No messages yet. Say hello!'));
    }
    shown = messages;
    // Whoever reads older messages keeps their place, but sees what they have written themselves.
    const own = added.at(-1)?.u._id === user?._id;
    if (!goesOn || atEnd || own) log.scrollTop = log.scrollHeight;
  });
  // A pane that changes its size would otherwise hide the newest message.
  let end = true;
  log.addEventListener('scroll', () => {
    end = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
  });
  new ResizeObserver(() => {
    if (end) log.scrollTop = log.scrollHeight;
  }).observe(log);
  return log;
};
