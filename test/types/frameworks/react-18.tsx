// Checked by test/node/framework-types.test.mjs with the types of React 18. Nothing here is ever run.
import 'pexip-chat-room/react';

import type {PexipChatRoomElement, PexipChatWidgetElement} from 'pexip-chat-room';
import {createRef, type ReactNode} from 'react';

import {exactly} from './expect.js';

export const right = (children: ReactNode): ReactNode => [
  <pexip-chat-room
    key="room"
    class="wide"
    style={{blockSize: '30rem'}}
    ref={createRef<PexipChatRoomElement>()}
    node="https://pexip.example.com"
    guest
    mute-microphone={Math.random() > 0.5 || undefined}
    plugin-timeout={10_000}
    onClick={({currentTarget}) => currentTarget.setChatActive(true)}
  >
    <rc-chat-pane slot="chat" room="#consultation" for="meeting" />
    {children}
  </pexip-chat-room>,
  <pexip-chat-widget
    key="widget"
    use-cookie
    hidden
    view="native"
    ref={(widget) => exactly<PexipChatWidgetElement | null>()(widget)}
  />,
];

export const wrong = (): ReactNode => [
  // @ts-expect-error: React 18 makes the attribute "classname" of it
  <pexip-chat-room className="wide" />,
  // @ts-expect-error: it sets no properties
  <pexip-chat-room muteMicrophone />,
  // @ts-expect-error: it writes guest="false", which is on
  <pexip-chat-room guest={false} />,
  // @ts-expect-error: it writes hidden="false", which is on
  <pexip-chat-widget hidden={false} />,
  // @ts-expect-error: a function is left out
  <pexip-chat-widget accessToken={async () => 'token'} />,
  // @ts-expect-error: so is a handler
  <pexip-chat-room onpexip-ready={() => {}} />,
  // @ts-expect-error: not an attribute
  <pexip-chat-room ring="loud" />,
  // @ts-expect-error: another element's
  <rc-chat-pane ref={createRef<PexipChatRoomElement>()} />,
];
