/** Links to messages, which the real server turns into quotes (its `BeforeSaveJumpToMessage`). */
import {field} from '../../../src/protocol/guards.js';
import type {Message} from './model.js';
import type {User} from './users.js';
import type {Workspace} from './workspace.js';

const LINK = /https?:\/\/[^\s()<>[\]]+/g;

const isQuote = (attachment: unknown): boolean => field(attachment, 'message_link') !== undefined;

/** `Message_QuoteChainLimit` of the factory, 2: a quote within a quote has none itself. */
const shortened = (attachment: unknown): unknown =>
  isQuote(attachment) ? {...(attachment as object), attachments: []} : attachment;

const quotedBy = (
  {timeline, rooms, settings}: Workspace,
  user: User,
  link: string,
): Message | undefined => {
  if (!link.startsWith(settings.get('Site_Url')) || !URL.canParse(link)) return;
  const message = timeline.byId(new URL(link).searchParams.get('msg'));
  const room = rooms.byId(message?.rid);
  return room && rooms.readable(user, room) && message?.t !== 'e2e' ? message : undefined;
};

/** The attachments that a text's links to messages make, of those that `user` may read. */
const quotesIn = (workspace: Workspace, user: User, msg: string): readonly object[] =>
  [...new Set(msg.match(LINK))].flatMap((link) => {
    const message = quotedBy(workspace, user, link);
    if (!message) return [];
    const {u, ts, md, attachments = []} = message;
    return {
      message_link: link,
      author_name: message.alias ?? u.username,
      author_icon: `/avatar/${encodeURIComponent(u.username)}`,
      text: message.msg,
      ...(md && {md}),
      ts,
      attachments: attachments.map(shortened),
    };
  });

/** A message's attachments with those that its text quotes, in place of the quotes of before. */
export const withQuotes = (
  workspace: Workspace,
  user: User,
  msg: string,
  attachments: readonly unknown[] = [],
): Pick<Message, 'attachments'> => {
  const quotes = quotesIn(workspace, user, msg);
  const others = attachments.filter((each) => !isQuote(each));
  // A message that has none keeps none.
  return quotes.length || attachments.length ? {attachments: [...others, ...quotes]} : {};
};
