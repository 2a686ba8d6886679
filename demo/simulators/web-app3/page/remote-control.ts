import {field} from '../../../../src/protocol/guards.js';
import {SIMULATOR, type RemoteCommand, type SimulatorState} from '../remote-protocol.js';

/** What the remote control does by the name of its commands. */
export type RemoteActions = {
  readonly [Name in RemoteCommand['command']]: (
    command: Extract<RemoteCommand, {command: Name}>,
  ) => void;
};

/** Tells the embedding page the state. */
export type PublishState = () => void;

/**
 * Lets the page that embeds the simulator drive it, if the server allows it by a meta element.
 * Only the direct parent is heard. Its origin is not known before it speaks, and the state holds no
 * secret, so it is posted to any.
 */
export const acceptRemoteControl = (
  actions: RemoteActions,
  state: () => SimulatorState,
  signal: AbortSignal,
): PublishState => {
  if (parent === window || !document.querySelector('meta[name="remote-control"]')) {
    return () => undefined;
  }
  const publish = (fields: Record<string, unknown>): void =>
    parent.postMessage({simulator: SIMULATOR, ...fields, state: state()}, '*');

  const receive = ({source, data}: MessageEvent<unknown>): void => {
    if (source !== parent || field(data, 'simulator') !== SIMULATOR) return;
    const name = field(data, 'command');
    if (typeof name !== 'string' || !Object.hasOwn(actions, name)) return;
    const action = actions[name as RemoteCommand['command']] as (command: unknown) => void;
    action(data);
    publish({replyTo: field(data, 'id')});
  };
  addEventListener('message', receive, {signal});
  publish({started: true});

  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(() => {
      scheduled = false;
      publish({});
    });
  };
};
