import {expose, releaseProxy, windowEndpoint, wrap} from 'comlink';
import {connect, WindowMessenger} from 'penpal';

import {Circle, timeCalls, type Contender} from './contender.js';

interface Message {
  action: string;
  active: boolean;
}
const message = (active: boolean): Message => ({action: 'toggle-chat-button-state', active});
const methods = {echo: ({active}: Message): Message => ({action: 'toggle-chat', active})};

const nextMessage = (signal: AbortSignal): Promise<MessageEvent> =>
  new Promise((resolve) => addEventListener('message', resolve, {once: true, signal}));

/** A message port and nothing else. */
export const port: Contender = {
  answer({page, pageOrigin}, signal) {
    const {port1, port2} = new MessageChannel();
    port1.onmessage = ({data}) => port1.postMessage(methods.echo(data));
    signal.addEventListener('abort', () => port1.close());
    page.postMessage('port', pageOrigin, [port2]);
  },
  async open(_, signal) {
    const {ports} = await nextMessage(signal);
    const near = ports[0]!;
    const circle = new Circle((active) => near.postMessage(message(active)));
    near.onmessage = () => circle.heard();
    signal.addEventListener('abort', () => near.close());
    return circle;
  },
};

/** A call of penpal, which talks by a port after its handshake. */
export const penpal: Contender = {
  answer({page, pageOrigin}, signal) {
    const messenger = new WindowMessenger({remoteWindow: page, allowedOrigins: [pageOrigin]});
    const connection = connect({messenger, methods});
    signal.addEventListener('abort', () => connection.destroy());
  },
  async open({plugin}, signal) {
    // An opaque origin has no name.
    const messenger = new WindowMessenger({remoteWindow: plugin, allowedOrigins: ['*']});
    const connection = connect<typeof methods>({messenger});
    signal.addEventListener('abort', () => connection.destroy());
    const far = await connection.promise;
    return {run: timeCalls((active) => far.echo(message(active)))};
  },
};

/** A call of comlink on window messages, with the source checked and the origin not. */
export const comlink: Contender = {
  answer({page, pageOrigin}) {
    expose(methods, windowEndpoint(page, self, pageOrigin));
    page.postMessage('exposed', pageOrigin);
  },
  async open({plugin}, signal) {
    await nextMessage(signal);
    const far = wrap<typeof methods>(windowEndpoint(plugin));
    return {
      run: timeCalls((active) => far.echo(message(active))),
      async close() {
        // Ends the listener of the other side, which answers that it has.
        far[releaseProxy]();
        await nextMessage(signal);
      },
    };
  },
};
