// Checked by test/node/framework-types.test.mjs: what Vue's own checker of templates makes of them.
// Nothing here is ever run.
import 'pexip-chat-room/vue';

import type {PexipChatRoomElement, PexipReadyEvent} from 'pexip-chat-room';
import type {GlobalComponents} from 'vue';

import {exactly} from './expect.js';

type Template<Tag extends keyof GlobalComponents> = InstanceType<GlobalComponents[Tag]>;
declare const room: Template<'pexip-chat-room'>;
declare const props: <Tag extends 'pexip-chat-room' | 'pexip-chat-widget' | 'rc-chat-pane'>(
  tag: Tag,
  props: Template<Tag>['$props'],
) => void;

export const right = (): void => {
  const element: PexipChatRoomElement = room;
  void element.dialOut;
  props('pexip-chat-room', {
    class: ['wide'],
    node: 'https://pexip.example.com',
    muteMicrophone: false,
    'mute-camera': '',
    pluginTimeout: '10000',
    accessToken: async () => 'token',
  });
  props('rc-chat-pane', {slot: 'chat', room: '#consultation', active: false});
  props('pexip-chat-widget', {'use-cookie': '', view: 'native', tools: {chat: true}});
  room.$emit('pexip-ready', {} as PexipReadyEvent);
};

export const wrong = (): void => {
  // @ts-expect-error: an attribute that is there is on, whatever it says
  props('pexip-chat-room', {'mute-microphone': false});
  // @ts-expect-error: would stand in the HTML that a server sends
  props('pexip-chat-room', {accessToken: 'eyJhbGciOi…'});
  // @ts-expect-error: a boolean
  props('pexip-chat-room', {guest: 'yes'});
  // @ts-expect-error: not a property
  props('pexip-chat-room', {ring: 'loud'});
  // @ts-expect-error: no token
  props('rc-chat-pane', {auth: {userId: 'u'}});
  // @ts-expect-error: not a view
  props('pexip-chat-widget', {view: 'list'});
  // @ts-expect-error: not a kind of call, and how the checker reads call-type="video"
  props('pexip-chat-widget', {callType: 'video'});
  // @ts-expect-error: not an event
  room.$emit('pexip-joined', {} as PexipReadyEvent);
  // @ts-expect-error: another event
  room.$emit('pexip-connected', {} as PexipReadyEvent);
  exactly<PexipChatRoomElement['state']>()(room.state);
};
