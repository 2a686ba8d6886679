import {WebApp3Remote} from '../../../demo/simulators/web-app3/remote.js';
import {SIMULATOR} from '../../../demo/simulators/web-app3/remote-protocol.js';
import {field} from '../../../src/protocol/guards.js';
import {Circle} from './contender.js';

const WARM_UP = 20;

/** An element in a meeting whose toolbar shows the plugin's button. */
const enterMeeting = async (
  nodeOrigin: string,
): Promise<HTMLElementTagNameMap['pexip-chat-room']> => {
  const room = document.createElement('pexip-chat-room');
  room.node = nodeOrigin;
  room.room = 'bench';
  const frame = (): Window | null => room.renderRoot.querySelector('iframe')?.contentWindow ?? null;
  const meeting = new WebApp3Remote(frame, nodeOrigin);
  document.body.append(room);
  await room.updateComplete;
  await meeting.join();
  await meeting.until(({button}) => button !== null);
  meeting.close();
  return room;
};

/**
 * From the click on the toolbar to the button that shows the answer: real element from the built
 * script, real plugin on the real plugin-api, simulator. One message from the page to the simulator
 * presses the button, and one back tells how it looks; both are in the figure.
 */
export const measureWholeWay = async (nodeOrigin: string, trips: number): Promise<Float64Array> => {
  const room = await enterMeeting(nodeOrigin);
  const simulator = room.renderRoot.querySelector('iframe')!.contentWindow!;
  let wanted = false;
  const circle = new Circle((active) => {
    wanted = active;
    simulator.postMessage({simulator: SIMULATOR, command: 'click-chat'}, nodeOrigin);
  });
  const life = new AbortController();
  addEventListener(
    'message',
    ({source, data}: MessageEvent<unknown>) => {
      if (source !== simulator || field(data, 'simulator') !== SIMULATOR) return;
      if (field(field(field(data, 'state'), 'button'), 'pressed') === wanted) circle.heard();
    },
    {signal: life.signal},
  );
  await circle.run(WARM_UP);
  const samples = await circle.run(trips);
  life.abort();
  room.remove();
  return samples;
};
