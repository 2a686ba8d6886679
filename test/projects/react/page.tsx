import 'pexip-chat-room/define';
import 'pexip-chat-room/react';

import type {PexipChatWidgetElement, WidgetLayout} from 'pexip-chat-room';
import {useRef, useState, type ReactNode} from 'react';

const accessToken = async (): Promise<string> =>
  (await fetch('access-token', {method: 'POST'})).text();

const layout: WidgetLayout = {launcher: {background: 'rebeccapurple'}};

export const Page = ({broker}: {readonly broker: string}): ReactNode => {
  const [shown, setShown] = useState(true);
  const [quiet, setQuiet] = useState(false);
  const [lines, setLines] = useState<readonly string[]>([]);
  const widget = useRef<PexipChatWidgetElement>(null);
  const tell = (line: string): void => setLines((before) => [...before, line]);
  return (
    <main>
      <button onClick={() => setShown(!shown)}>Mount or unmount</button>
      <button onClick={() => setQuiet(!quiet)}>Hide or show</button>
      <button onClick={() => widget.current?.openWidget()}>Open</button>
      <button onClick={() => void widget.current?.logout()}>Sign out of chat</button>
      <ol>
        {lines.map((line, at) => (
          <li key={at}>{line}</li>
        ))}
      </ol>
      {shown && (
        <pexip-chat-widget
          ref={widget}
          className={quiet ? 'quiet' : 'loud'}
          hidden={quiet}
          broker={broker}
          view="native"
          accessToken={accessToken}
          layout={layout}
          userDetailsFormatter={({userAlias}) => `Dr ${userAlias}`}
          onwidget-chat-loaded={({detail}) => tell(`chat of ${detail.participants.join(' and ')}`)}
          onwidget-message-received={({detail}) => tell(`${detail.sender}: ${detail.text}`)}
          onwidget-logged-out={() => tell('logged out')}
          onwidget-error={({detail}) => tell(`error ${detail.error.code}`)}
        />
      )}
    </main>
  );
};
