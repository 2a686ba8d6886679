import {oneEvent} from '@open-wc/testing';

import type {Credentials} from '../../src/protocol/credentials.js';
import {resume} from '../../src/session/live-login.js';
import {socketUrl} from '../../src/session/live-session.js';
import {overBriefConnection} from '../../src/transport/brief-connection.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from './conversation.js';
import {place, setAttributes} from './mount.js';

type Conversation = Awaited<ReturnType<typeof setupConversation>>;

/** Whether the workspace still takes a token. */
export const tokenWorks = (server: string, credentials: Credentials): Promise<boolean> =>
  overBriefConnection(socketUrl(`${server}/`), (connection) =>
    resume(connection, credentials).then(
      () => true,
      () => false,
    ),
  );

/** A pane for a conversation, not yet in the page. */
export const makeLivePane = (
  {server, name, auth}: Pick<Conversation, 'server' | 'name' | 'auth'>,
  attributes: Readonly<Record<string, string | boolean>> = {},
): RcChatPaneElement => {
  const pane = document.createElement('rc-chat-pane');
  setAttributes(pane, {server, room: `#${name}`, ...attributes});
  pane.auth = auth;
  return pane;
};

/** Resolves when the pane has a live connection. One listener for all: two events may come at once. */
export const isLive = (pane: RcChatPaneElement): Promise<void> =>
  new Promise((resolve) => {
    const heard = new AbortController();
    pane.addEventListener(
      'rc-connection-changed',
      ({detail}) => {
        if (detail.status !== 'live') return;
        heard.abort();
        resolve();
      },
      {signal: heard.signal},
    );
  });

/** Puts a pane into the page, and resolves when it shows its room and has a live connection. */
export const showLive = async (pane: RcChatPaneElement): Promise<RcChatPaneElement> => {
  const both = [oneEvent(pane, 'rc-ready'), isLive(pane)];
  place(pane);
  await Promise.all(both);
  return pane;
};

/** Two people, their room, and the pane of one of them, connected. */
export const setupLive = async (
  attributes: Readonly<Record<string, string | boolean>> = {},
  type?: Parameters<typeof setupConversation>[0],
  server?: string,
): Promise<Conversation & {pane: RcChatPaneElement}> => {
  const conversation = await setupConversation(type, server);
  const {_id} = conversation.room;
  const room = type === 'd' ? {room: `direct/${_id}`} : undefined;
  const pane = await showLive(makeLivePane(conversation, {...room, ...attributes}));
  return {...conversation, pane};
};

/** Resolves with the first unread state, the present one included, that satisfies `predicate`. */
export const untilUnread = async (
  pane: RcChatPaneElement,
  predicate: (unread: RcChatPaneElement['unread']) => boolean,
): Promise<RcChatPaneElement['unread']> => {
  while (!predicate(pane.unread)) await oneEvent(pane, 'rc-unread-changed');
  return pane.unread;
};
