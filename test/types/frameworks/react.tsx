// Checked by test/node/framework-types.test.mjs with the types of React 19. Nothing here is ever run.
import 'pexip-chat-room/react';

import type {
  PexipChatRoomElement,
  PexipChatWidgetElement,
  PexipReadyEvent,
  WidgetLayout,
} from 'pexip-chat-room';
import {createRef, type ReactNode} from 'react';

import {exactly} from './expect.js';

const accessToken = async (): Promise<string> => 'token';
const layout: WidgetLayout = {header: {background: 'navy'}};

export const right = (children: ReactNode): ReactNode => [
  <pexip-chat-room
    key="room"
    id="meeting"
    className="wide"
    style={{blockSize: '30rem'}}
    ref={createRef<PexipChatRoomElement>()}
    node="https://pexip.example.com"
    room="consultation"
    muteMicrophone={false}
    mute-camera
    pluginTimeout={10_000}
    plugin-timeout="10000"
    displayName={null}
    dialOutLimits={{perMinute: 5}}
    accessToken={accessToken}
    onClick={({currentTarget}) => currentTarget.setChatActive(true)}
    onpexip-ready={(event) => {
      exactly<PexipReadyEvent>()(event);
      exactly<readonly string[]>()(event.detail.features);
    }}
  >
    <rc-chat-pane
      slot="chat"
      room="#consultation"
      active={false}
      roomList
      for="meeting"
      auth={async ({surface}) => ({userId: surface, authToken: 't'})}
      onrc-unread-changed={({detail}) => exactly<number>()(detail.count)}
    />
    {children}
  </pexip-chat-room>,
  <pexip-chat-widget
    key="widget"
    class="quiet"
    hidden={false}
    ref={(widget) => exactly<PexipChatWidgetElement | null>()(widget)}
    broker="https://broker.example.com"
    use-cookie
    call-type="audio_only"
    screen-sharing-extension-id="abc"
    screen-sharing-extension-url="https://chrome.google.com/webstore/detail/abc"
    chat="false"
    layout={layout}
    tools={{chat: true}}
    accessToken={accessToken}
    userDetailsFormatter={({userAlias}) => userAlias}
    onwidget-message-received={({detail}) => exactly<string>()(detail.sender)}
    onwidget-error={({detail: {error}}) => error.code}
  />,
];

export const wrong = (): ReactNode => [
  // @ts-expect-error: not a property
  <pexip-chat-room ring="loud" />,
  // @ts-expect-error: a boolean
  <pexip-chat-room guest="yes" />,
  // @ts-expect-error: an attribute that is there is on, whatever it says
  <pexip-chat-room mute-microphone="false" />,
  // @ts-expect-error: milliseconds
  <pexip-chat-room plugin-timeout="10s" />,
  // @ts-expect-error: read-only
  <pexip-chat-room state="connected" />,
  // @ts-expect-error: would stand in the HTML that a server sends
  <pexip-chat-room accessToken="eyJhbGciOi…" />,
  // @ts-expect-error: the same
  <pexip-chat-room pin="1234" />,
  // @ts-expect-error: the request has no such field
  <pexip-chat-room onpexip-chat-toggle-request={({detail}) => detail.by} />,
  // @ts-expect-error: another element's
  <rc-chat-pane ref={createRef<PexipChatRoomElement>()} />,
  // @ts-expect-error: no token
  <rc-chat-pane auth={{userId: 'u'}} />,
  // @ts-expect-error: not a kind of call
  <pexip-chat-widget call-type="video" />,
  // @ts-expect-error: the widget's attributes are no properties
  <pexip-chat-widget callType="audio_only" />,
  // @ts-expect-error: a key that no layout has
  <pexip-chat-widget layout={{footer: {}}} />,
  // @ts-expect-error: a formatter gives text
  <pexip-chat-widget userDetailsFormatter={() => 1} />,
  // @ts-expect-error: no such element
  <pexip-chat-button />,
];
