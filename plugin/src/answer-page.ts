import type {ReceivedPageMessage} from '../../src/protocol/external-chat.js';
import type {ChatButton} from './chat-button.js';
import type {DialOut} from './dial-out.js';
import {warn} from './log.js';
import type {PageChannel} from './page-channel.js';

/** What a plugin says that was packaged without origins, and so may be embedded by anybody. */
const ORIGINS_MISSING =
  'The external-chat plugin was packaged without the origins of the pages that may dial out. ' +
  'Package it again: make package ORIGINS="https://app.example.com"';

export interface PageAnswers {
  /** Whether the plugin was packaged with the origins of its pages. */
  readonly hasOrigins: boolean;
  readonly channel: PageChannel;
  readonly button: ChatButton;
  readonly dialOut: DialOut;
}

/**
 * Makes the handler of the page's messages. A plugin packaged without origins takes only the state of
 * the button and of its badge, as any site may embed Web App 3 and would else dial at the operator's
 * cost.
 */
export const answerPage = ({hasOrigins, channel, button, dialOut}: PageAnswers) => {
  let warned = false;
  const drop = (type: string): void => {
    if (!warned) warn(`ignores ${type}. ${ORIGINS_MISSING}`);
    warned = true;
  };
  return (message: ReceivedPageMessage): void => {
    switch (message.type) {
      case 'toggle-chat-button-state':
        return button.show({active: message.active});
      case 'toggle-chat-badge':
        return button.show({badge: message.visible});
      case 'dial-out':
        if (hasOrigins) return dialOut.start(message);
        return channel.send({
          type: 'dial-out-error',
          message: ORIGINS_MISSING,
          code: 'origins-missing',
        });
      case 'dial-out-cancel':
        return hasOrigins ? dialOut.cancel(message.requestId) : drop(message.type);
      case 'hello':
        return hasOrigins ? channel.greet() : drop(message.type);
    }
  };
};
