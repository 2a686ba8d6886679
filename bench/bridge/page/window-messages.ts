import {
  ACTION_PREFIX,
  parsePluginMessage,
  toWire,
  type ReceivedPluginMessage,
} from '../../../src/protocol/external-chat.js';
import {FrameChannel} from '../../../src/transport/frame-channel.js';
import {Circle, type Contender} from './contender.js';

const READY = `${ACTION_PREFIX}ready`;
const TOGGLE = `${ACTION_PREFIX}toggle-chat`;
const BUTTON_STATE = `${ACTION_PREFIX}toggle-chat-button-state`;

/** The far end of both: answers each button state with a click, as fast as it can. */
const answer: Contender['answer'] = ({page, pageOrigin}, signal) => {
  addEventListener(
    'message',
    ({data: {action, active}}) => {
      if (action === BUTTON_STATE) page.postMessage({action: TOGGLE, active}, pageOrigin);
    },
    {signal},
  );
  page.postMessage({action: READY}, pageOrigin);
};

/** What the product does: window, origin and shape are checked, and the answer goes where it must. */
export const checked: Contender = {
  answer,
  open: ({frame, nodeOrigin}, signal) =>
    new Promise((resolve) => {
      const circle = new Circle((active) =>
        channel.send(toWire({type: 'toggle-chat-button-state', active})),
      );
      const channel = new FrameChannel<ReceivedPluginMessage>({
        frame: () => frame.contentWindow,
        origin: nodeOrigin,
        nested: true,
        parse: parsePluginMessage,
        binds: (message) => message.type === 'ready' && message.version === undefined,
        receive: (message) => {
          if (message.type === 'ready') resolve(circle);
          else circle.heard();
        },
        signal,
      });
    }),
};

/** The same messages with no check at all. */
export const bare: Contender = {
  answer,
  open: ({plugin}, signal) =>
    new Promise((resolve) => {
      const circle = new Circle((active) =>
        plugin.postMessage({action: BUTTON_STATE, active}, '*'),
      );
      addEventListener(
        'message',
        ({data}) => {
          if (data.action === READY) resolve(circle);
          else circle.heard();
        },
        {signal},
      );
    }),
};
