import type {Dialect} from '../../../src/protocol/dialects.js';
import {
  parsePluginMessage,
  toWire,
  type ReceivedPluginMessage,
} from '../../../src/protocol/external-chat.js';
import {FrameChannel} from '../../../src/transport/frame-channel.js';
import {Circle, type Contender} from './contender.js';

const namesIn = (dialect: Dialect): {ready: unknown; toggle: unknown; buttonState: unknown} => ({
  ready: toWire({type: 'ready'}, dialect)['action'],
  toggle: toWire({type: 'toggle-chat', active: true}, dialect)['action'],
  buttonState: toWire({type: 'toggle-chat-button-state', active: true}, dialect)['action'],
});

/** The far end of both: answers each button state with a click, as fast as it can. */
const answerIn = (dialect: Dialect): Contender['answer'] => {
  const {ready, toggle, buttonState} = namesIn(dialect);
  return ({page, pageOrigin}, signal) => {
    addEventListener(
      'message',
      ({data: {action, active}}) => {
        if (action === buttonState) page.postMessage({action: toggle, active}, pageOrigin);
      },
      {signal},
    );
    page.postMessage({action: ready}, pageOrigin);
  };
};

/** What the product does: window, origin and shape are checked, and the answer goes where it must. */
export const checkedIn = (dialect: Dialect): Contender => ({
  answer: answerIn(dialect),
  open: ({frame, nodeOrigin}, signal) =>
    new Promise((resolve) => {
      const circle = new Circle((active) =>
        channel.send(toWire({type: 'toggle-chat-button-state', active}, dialect)),
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
});

/** The same messages with no check at all. */
export const bareIn = (dialect: Dialect): Contender => {
  const {ready, buttonState} = namesIn(dialect);
  return {
    answer: answerIn(dialect),
    open: ({plugin}, signal) =>
      new Promise((resolve) => {
        const circle = new Circle((active) =>
          plugin.postMessage({action: buttonState, active}, '*'),
        );
        addEventListener(
          'message',
          ({data}) => {
            if (data.action === ready) resolve(circle);
            else circle.heard();
          },
          {signal},
        );
      }),
  };
};
