// Checked by test/node/framework-types.test.mjs. Nothing here is ever run.
import 'pexip-chat-room/solid';

import type {PexipChatRoomElement} from 'pexip-chat-room';
import type {JSX} from 'solid-js';

import {exactly} from './expect.js';

export const right = (children: JSX.Element): JSX.Element => (
  <>
    <pexip-chat-room
      class="wide"
      style={{'block-size': '30rem'}}
      ref={(room) => exactly<PexipChatRoomElement>()(room)}
      attr:node="https://pexip.example.com"
      attr:plugin-timeout="10000"
      bool:mute-microphone={false}
      prop:muteCamera={true}
      prop:pin="1234"
      prop:accessToken={async () => 'token'}
      on:pexip-ready={({detail, currentTarget}) => {
        exactly<readonly string[]>()(detail.features);
        currentTarget.setChatActive(detail.features.length > 0);
      }}
      on:pexip-error={{handleEvent: ({detail}) => detail.error.code, once: true}}
    >
      <rc-chat-pane slot="chat" attr:room="#consultation" prop:active={false} />
      {children}
    </pexip-chat-room>
    <pexip-chat-widget
      bool:use-cookie={true}
      attr:view="native"
      prop:tools={{chat: true}}
      on:widget-message-received={({detail}) => exactly<string>()(detail.sender)}
    />
  </>
);

export const wrong = (): JSX.Element => (
  <>
    {/* @ts-expect-error: not an attribute */}
    <pexip-chat-room attr:ring="loud" />
    {/* @ts-expect-error: an attribute that is there is on, whatever it says */}
    <pexip-chat-room attr:guest="false" />
    {/* @ts-expect-error: a secret is no attribute */}
    <pexip-chat-room attr:pin="1234" />
    {/* @ts-expect-error: not there or not there, as it has a text */}
    <pexip-chat-room bool:node={true} />
    {/* @ts-expect-error: Solid has to be told whether it is an attribute */}
    <pexip-chat-widget view="native" />
    {/* @ts-expect-error: read-only */}
    <rc-chat-pane prop:state="ready" />
    {/* @ts-expect-error: no token */}
    <rc-chat-pane prop:auth={{userId: 'u'}} />
    {/* @ts-expect-error: the message has no such field */}
    <pexip-chat-widget on:widget-message-received={({detail}) => detail.author} />
    {/* @ts-expect-error: not a view */}
    <pexip-chat-widget attr:view="list" />
    {/* @ts-expect-error: no such element */}
    <pexip-chat-button />
  </>
);
