import type {ReceivedPageMessage} from '../../src/protocol/external-chat.js';
import type {MeetingControl} from './controls.js';
import type {DialOut} from './dial-out.js';
import {warn} from './log.js';
import type {PageChannel} from './page-channel.js';
import type {ParticipantsButton} from './participants-button.js';
import type {ToolbarButton} from './toolbar-button.js';

/** What a plugin says that was packaged without origins, and so may be embedded by anybody. */
const ORIGINS_MISSING =
  'The external-chat plugin was packaged without the origins of the pages that may dial out. ' +
  'Package it again: make package ORIGINS="https://app.example.com"';

export interface PageAnswers {
  /** Whether the plugin was packaged with the origins of its pages. */
  readonly hasOrigins: boolean;
  readonly channel: PageChannel;
  readonly chatButton: ToolbarButton;
  readonly participantsButton: ParticipantsButton;
  readonly dialOut: DialOut;
  /** Carries out what the page asks of the meeting. */
  readonly control: (control: MeetingControl) => void;
}

/**
 * Makes the handler of the page's messages. A plugin packaged without origins takes only the state of
 * the button and of its badge, as any site may embed Web App 3 and would else dial at the operator's
 * cost.
 */
export const answerPage = (answers: PageAnswers) => {
  const {hasOrigins, channel, chatButton, participantsButton, dialOut, control} = answers;
  let warned = false;
  const drop = (type: string): void => {
    if (!warned) warn(`ignores ${type}. ${ORIGINS_MISSING}`);
    warned = true;
  };
  return (message: ReceivedPageMessage): void => {
    switch (message.type) {
      case 'toggle-chat-button-state':
        return chatButton.show({active: message.active});
      case 'toggle-chat-badge':
        return chatButton.show({badge: message.visible});
      case 'dial-out':
        if (hasOrigins) return dialOut.start(message);
        return channel.send({
          type: 'dial-out-error',
          message: ORIGINS_MISSING,
          code: 'origins-missing',
        });
    }
    if (!hasOrigins) return drop(message.type);
    switch (message.type) {
      case 'dial-out-cancel':
        return dialOut.cancel(message.requestId);
      case 'hello':
        return channel.greet();
      case 'participants-state':
        return participantsButton.show(message.active);
      default:
        return control(message);
    }
  };
};
