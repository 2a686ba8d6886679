// Checked as test/types/elements.ts is. Nothing here is ever run.
import {
  create,
  type Client,
  type ClientPromise,
  type PexipChatRoomElement,
  type PexipChatWidgetElement,
  type RcChatPaneElement,
  type WidgetMessageReceivedEvent,
  type WidgetUserDetail,
} from 'pexip-chat-room';

import {exactly} from './expect.js';

/** An event of the widget, heard at any element of ours, at any other, and at the document. */
export const heard = (
  widget: PexipChatWidgetElement,
  room: PexipChatRoomElement,
  pane: RcChatPaneElement,
  element: HTMLElement,
): void => {
  const hear = (event: WidgetMessageReceivedEvent): string => event.detail.sender;
  element.addEventListener('widget-message-received', hear);
  widget.addEventListener('widget-message-received', ({detail}) =>
    exactly<string>()(detail.sender),
  );
  room.addEventListener('widget-message-received', ({detail}) => exactly<string>()(detail.sender));
  pane.addEventListener('widget-message-received', ({detail}) => exactly<string>()(detail.sender));
  document.addEventListener('widget-message-received', ({detail}) =>
    exactly<Date>()(detail.timestamp),
  );
  // @ts-expect-error: the message has no such field
  widget.addEventListener('widget-message-received', ({detail}) => detail.author);
  // @ts-expect-error: another event's handler
  widget.addEventListener('widget-error', hear);
  widget.addEventListener(
    'widget-message-received',
    (event) => exactly<WidgetMessageReceivedEvent>()(event),
    {once: true},
  );
  widget.removeEventListener('widget-error', ({detail}) => detail.error.code);
  // @ts-expect-error: an event of no detail known
  widget.addEventListener('widget-ring', ({detail}) => detail);
};

export const tags = (): void => {
  exactly<PexipChatWidgetElement>()(document.createElement('pexip-chat-widget'));
  exactly<PexipChatWidgetElement | null>()(document.querySelector('pexip-chat-widget'));
};

export const properties = (widget: PexipChatWidgetElement): void => {
  widget.accessToken = 'eyJhbGciOi…';
  widget.accessToken = async () => 'eyJhbGciOi…';
  widget.layout = {header: {background: 'navy', color: 'white'}, fontFamily: 'Inter'};
  widget.tools = {chat: true, whiteboard: {wb_pen: true}};
  widget.userDetailsProvider = async (aliases) => aliases.map((userAlias) => ({userAlias}));
  widget.userDetailsFormatter = ({userAlias, firstName}) =>
    typeof firstName === 'string' ? firstName : userAlias;
  // @ts-expect-error: no layout has a footer
  widget.layout = {footer: {color: 'white'}};
  // @ts-expect-error: on or off
  widget.tools = {chat: 'on'};
  // @ts-expect-error: a user has an alias
  widget.userDetailsProvider = () => [{firstName: 'Anna'}];
  // @ts-expect-error: text
  widget.userDetailsFormatter = () => 7;
};

export const byClient = async (client: Client): Promise<void> => {
  client.on('message_received', (message) => {
    exactly<string>()(message.text);
    exactly<string>()(message.sender);
    // @ts-expect-error: the message has no such field
    return message.author;
  });
  client.once('access_token_is_about_to_expire', ({expiresAt}) => exactly<string>()(expiresAt));
  client.off('chat_loaded', ({lastMessage}) => exactly<string | undefined>()(lastMessage?.author));
  client.on('incoming_call', ({callDirection, callParticipants, callOptions}) => {
    exactly<'incoming' | 'outgoing'>()(callDirection);
    exactly<readonly string[]>()(callParticipants);
    exactly<Date>()(callOptions.creationDate);
  });
  for (const type of ['call_dial_answered', 'call_dial_stopped', 'call_ended'] as const)
    client.on(type, ({executor}) => exactly<string>()(executor));
  client.on('call_dial_declined', ({reason}) =>
    exactly<'answered_another_call' | 'do_not_disturb' | 'error' | 'no_answer' | 'none'>()(reason),
  );
  // @ts-expect-error: nobody has done it
  client.once('call_started', ({executor}) => executor);
  client.off('force_disconnect', ({reason}) => exactly<'user_deleted' | 'user_disabled'>()(reason));
  // @ts-expect-error: not an event
  client.on('call_dialed', () => {});
  // @ts-expect-error: an event of the element, by another name here
  client.on('widget-message-received', () => {});
  exactly<WidgetUserDetail>()(await client.getUser('anna'));
  exactly<'busy' | 'offline' | 'online'>()(client.getUser('anna').status);
  exactly<string | undefined>()(client.getLastMessageReceived()?.text);
  exactly<Promise<void>>()(client.composeMessage('anna', 'Hello', true));
  exactly<boolean>()(client.openWidget());
  // @ts-expect-error: somebody
  await client.addChat();
};

export const created = async (): Promise<void> => {
  const promise = create({accessToken: 'eyJhbGciOi…', broker: 'https://broker.example.com'});
  exactly<ClientPromise>()(promise);
  promise.on('error', ({error}) => error.code);
  exactly<Client>()(await promise);
  await window.PexipChatRoom?.create({callType: 'audio_only', environment: 'sandbox'});
  window.PexipChatRoom?.compat('bandyer', {environments: {sandbox: 'https://broker.example.com'}});
  window.BandyerChat?.on('typing_started', ({userAlias}) => exactly<string>()(userAlias));
  // @ts-expect-error: not an environment
  await create({environment: 'staging'});
  // @ts-expect-error: not an option
  await create({colour: 'red'});
};
