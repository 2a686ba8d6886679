import {isParticipantID, registerPlugin, setLogger} from '@pexip/plugin-api';

import {PLUGIN_ID} from '../../src/protocol/external-chat.js';
import {answerPage} from './answer-page.js';
import {addChatButton} from './chat-button.js';
import {controlMeeting} from './controls.js';
import {readDialect} from './dialect.js';
import {DialOut} from './dial-out.js';
import {openHostChannel} from './host-channel.js';
import {info, pluginApiLogger, warn} from './log.js';
import {forwardMeetingEvents} from './meeting-events.js';
import {readOrigins} from './origins.js';
import {embeddingPage, PageChannel} from './page-channel.js';
import {ParticipantsButton} from './participants-button.js';
import {PeopleTeller} from './people-teller.js';
import {People} from './people.js';

declare const __VERSION__: string;

const run = async (): Promise<void> => {
  const {signal} = new AbortController();
  const page = embeddingPage(window);
  const origins = readOrigins(document);
  const dialect = readDialect(document);
  // Before the first await: a page may say hello while Web App 3 still registers the plugin.
  const channel = page && new PageChannel({self: window, page, origins, dialect, signal});
  const hostChannel = openHostChannel(window, signal);
  setLogger(pluginApiLogger);

  const plugin = await registerPlugin({id: PLUGIN_ID, version: 0});
  info(`loaded v${__VERSION__}`);
  if (!channel) {
    info('adds no Chat button: no page embeds this meeting');
    return;
  }

  // Before the next await: plugin-api drops what it emits while nobody listens.
  forwardMeetingEvents(plugin.events, (message) => channel.send(message), signal);
  const dialOut = new DialOut({
    events: plugin.events,
    dial: async (request) => (await hostChannel).callRPC('conference:dialOut', request),
    hangUp: (participantUuid) => {
      if (isParticipantID(participantUuid)) void plugin.conference.disconnect({participantUuid});
    },
    answer: (message) => channel.send(message),
    signal,
  });
  const people = new People({
    events: plugin.events,
    request: () => plugin.conference.requestParticipants({}),
    signal,
  });
  const teller = new PeopleTeller(people, (message) => channel.send(message));
  const ask = (type: 'toggle-chat' | 'toggle-participants') => (active: boolean) =>
    channel.send({type, active});
  const participantsButton = new ParticipantsButton(plugin.ui, ask('toggle-participants'), signal);
  const chatButton = await addChatButton(plugin.ui, ask('toggle-chat'), signal);

  const hasOrigins = origins.length > 0;
  const control = controlMeeting(plugin.conference, people);
  channel.announce(
    answerPage({hasOrigins, channel, chatButton, participantsButton, dialOut, control}),
    () => {
      people.follow(teller);
      teller.start();
      // A page of this dialect has the panel; any other says so.
      if (channel.dialect === 'videoconf') void participantsButton.add();
    },
  );
};

run().catch((error: unknown) => {
  const {reason, message} = Object(error) as {reason?: unknown; message?: unknown};
  warn(`could not start: ${String(reason ?? message)}`);
});
