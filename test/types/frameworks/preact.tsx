// Checked by test/node/framework-types.test.mjs. Nothing here is ever run.
import 'pexip-chat-room/preact';

import type {PexipChatRoomElement} from 'pexip-chat-room';
import {createRef, type ComponentChildren, type VNode} from 'preact';

import {exactly} from './expect.js';

export const right = (children: ComponentChildren): VNode => (
  <>
    <pexip-chat-room
      key="room"
      class="wide"
      style={{blockSize: '30rem'}}
      ref={createRef<PexipChatRoomElement>()}
      node="https://pexip.example.com"
      muteMicrophone={false}
      mute-camera
      plugin-timeout="10000"
      accessToken={async () => 'token'}
      onpexip-ready={({detail}) => exactly<readonly string[]>()(detail.features)}
    >
      <rc-chat-pane slot="chat" room="#consultation" active={false} />
      {children}
    </pexip-chat-room>
    <pexip-chat-widget
      hidden={false}
      use-cookie
      view="native"
      tools={{chat: true}}
      onwidget-message-received={({detail}) => exactly<string>()(detail.sender)}
    />
  </>
);

export const wrong = (): VNode => (
  <>
    {/* @ts-expect-error: not a property */}
    <pexip-chat-room ring="loud" />
    {/* @ts-expect-error: an attribute that is there is on, whatever it says */}
    <pexip-chat-room mute-microphone={false} />
    {/* @ts-expect-error: would stand in the HTML that a server sends */}
    <pexip-chat-room accessToken="eyJhbGciOi…" />
    {/* @ts-expect-error: the same */}
    <pexip-chat-room pin="1234" />
    {/* @ts-expect-error: read-only */}
    <rc-chat-pane state="ready" />
    {/* @ts-expect-error: the message has no such field */}
    <pexip-chat-widget onwidget-message-received={({detail}) => detail.author} />
    {/* @ts-expect-error: another element's */}
    <rc-chat-pane ref={createRef<PexipChatRoomElement>()} />
    {/* @ts-expect-error: not a view */}
    <pexip-chat-widget view="list" />
    {/* @ts-expect-error: no such element */}
    <pexip-chat-button />
  </>
);
