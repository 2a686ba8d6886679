// Checked by test/node/framework-types.test.mjs: the props that Svelte's own checker demands of an
// element. Nothing here is ever run.
import 'pexip-chat-room/svelte';

import type {SvelteHTMLElements} from 'svelte/elements';

import {exactly} from './expect.js';

declare const props: <Tag extends keyof SvelteHTMLElements>(
  tag: Tag,
  props: SvelteHTMLElements[Tag],
) => void;

export const right = (): void => {
  props('pexip-chat-room', {
    class: ['wide'],
    node: 'https://pexip.example.com',
    muteMicrophone: false,
    'mute-camera': true,
    'plugin-timeout': '10000',
    accessToken: async () => 'token',
    'onpexip-ready': ({detail}) => exactly<readonly string[]>()(detail.features),
    'on:pexip-ready': ({detail}) => exactly<readonly string[]>()(detail.features),
  });
  props('rc-chat-pane', {slot: 'chat', room: '#consultation', active: false});
  props('pexip-chat-widget', {
    hidden: false,
    'use-cookie': true,
    view: 'native',
    tools: {chat: true},
    'onwidget-message-received': ({detail}) => exactly<string>()(detail.sender),
  });
};

export const wrong = (): void => {
  // @ts-expect-error: an attribute that is there is on, whatever it says
  props('pexip-chat-room', {'mute-microphone': false});
  // @ts-expect-error: would stand in the HTML that a server sends
  props('pexip-chat-room', {accessToken: 'eyJhbGciOi…'});
  // @ts-expect-error: the same
  props('pexip-chat-room', {pin: '1234'});
  // @ts-expect-error: not a property
  props('pexip-chat-room', {ring: 'loud'});
  // @ts-expect-error: not an event
  props('pexip-chat-room', {'onpexip-joined': () => {}});
  // @ts-expect-error: the message has no such field
  props('pexip-chat-widget', {'onwidget-message-received': ({detail}) => detail.author});
  // @ts-expect-error: not a view
  props('pexip-chat-widget', {view: 'list'});
};
