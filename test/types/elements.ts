// Checked by `npm run typecheck` against the source, and by test/node/published-types.test.mjs
// against the published types. Nothing here is ever run.
import type {
  Auth,
  Credentials,
  DialOutResult,
  EmbedRoom,
  ErrorCode,
  PexipChatError,
  PexipChatRoomElement,
  RcChatPaneElement,
  Unread,
} from 'pexip-chat-room';

import {exactly} from './expect.js';

export const tags = (): void => {
  const room = document.createElement('pexip-chat-room');
  exactly<PexipChatRoomElement>()(room);
  const pane = document.querySelector('rc-chat-pane');
  exactly<RcChatPaneElement | null>()(pane);
  // @ts-expect-error: no such method
  room.hangUp();
};

export const properties = (room: PexipChatRoomElement, pane: RcChatPaneElement): void => {
  room.node = 'https://pexip.example.com';
  room.node = null;
  room.muteCamera = true;
  room.dialOutTimeout = 30_000;
  room.pin = '1234';
  room.dialOutLimits = {perMinute: 5};
  exactly<'external-chat' | 'videoconf' | null>()(room.dialect);
  exactly<Unread>()(pane.unread);
  if (room.state === 'unbridged') room.reload();
  // @ts-expect-error: not a state
  if (room.state === 'joined') room.reload();
  // @ts-expect-error: read-only
  room.state = 'connected';
  // @ts-expect-error: a boolean
  room.chat = 'open';
  // @ts-expect-error: not a limit
  room.dialOutLimits = {perHour: 5};
  // @ts-expect-error: milliseconds are a number
  room.dialOutTimeout = '60s';
};

export const dialOut = async (room: PexipChatRoomElement): Promise<void> => {
  const {signal} = new AbortController();
  const result = await room.dialOut(
    {role: 'GUEST', destination: 'anna@example.com', protocol: 'sip', call_type: 'audio'},
    {signal, timeout: 10_000},
  );
  exactly<DialOutResult>()(result);
  exactly<string>()(result.uuid);
  exactly<string | undefined>()(result.displayName);
  exactly<string>()(result.requestId);
  // @ts-expect-error: protocol is required
  await room.dialOut({role: 'GUEST', destination: 'anna@example.com'});
  // @ts-expect-error: not a protocol
  await room.dialOut({role: 'GUEST', destination: 'anna@example.com', protocol: 'webrtc'});
  // @ts-expect-error: upper case
  await room.dialOut({role: 'guest', destination: 'anna@example.com', protocol: 'auto'});
};

export const signIn = async (pane: RcChatPaneElement): Promise<void> => {
  const credentials: Credentials = {userId: 'u', authToken: 't'};
  pane.auth = credentials;
  pane.auth = async ({surface, reason, signal}) => {
    exactly<'embed' | 'live'>()(surface);
    exactly<'initial' | 'expiring' | 'rejected'>()(reason);
    exactly<AbortSignal>()(signal);
    return credentials;
  };
  pane.auth = null;
  exactly<Auth | undefined>()(pane.auth);
  await pane.login(credentials);
  exactly<Promise<EmbedRoom>>()(pane.open('#general'));
  // @ts-expect-error: a function answers with a promise
  pane.auth = () => credentials;
  // @ts-expect-error: no token
  pane.auth = {userId: 'u'};
};

export const errors = (error: PexipChatError): string => {
  exactly<ErrorCode>()(error.code);
  // @ts-expect-error: not a code
  if (error.code === 'dial-out-lost') return '';
  return error.code === 'dial-out-refused' ? error.message : error.code;
};
