import {isParticipantID, registerPlugin, setLogger} from '@pexip/plugin-api';

import {PLUGIN_ID} from '../../src/protocol/external-chat.js';
import {answerPage} from './answer-page.js';
import {ChatButton} from './chat-button.js';
import {DialOut} from './dial-out.js';
import {openHostChannel} from './host-channel.js';
import {info, pluginApiLogger, warn} from './log.js';
import {forwardMeetingEvents} from './meeting-events.js';
import {readOrigins} from './origins.js';
import {embeddingPage, PageChannel} from './page-channel.js';

declare const __VERSION__: string;

const run = async (): Promise<void> => {
  const {signal} = new AbortController();
  const page = embeddingPage(window);
  const origins = readOrigins(document);
  // Before the first await: a page may say hello while Web App 3 still registers the plugin.
  const channel = page && new PageChannel({self: window, page, origins, signal});
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
  const ask = (active: boolean): void => channel.send({type: 'toggle-chat', active});
  const button = await ChatButton.add(plugin.ui, ask, signal);
  channel.announce(answerPage({hasOrigins: origins.length > 0, channel, button, dialOut}));
};

run().catch((error: unknown) => {
  const {reason, message} = Object(error) as {reason?: unknown; message?: unknown};
  warn(`could not start: ${String(reason ?? message)}`);
});
