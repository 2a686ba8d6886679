import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {wire} from './hand-written-page.js';
import {mountRoom} from './mount.js';
import {nextMessage, puppetSends, puppetSendsAll} from './puppet.js';
import {simulators} from 'test-simulators';

/** A room whose node is a puppet: what it says comes from the window and origin of a plugin. */
export const setupPuppetPlugin = async (
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
) => {
  const frame = (): Window | null | undefined =>
    room.renderRoot.querySelector('iframe')?.contentWindow;
  // Others of the page may still be heard.
  const loaded = nextMessage(
    ({data, source}) => data?.puppet === 'here' && !!source && source === frame(),
  );
  const room: PexipChatRoomElement = mountRoom({
    node: simulators.puppetNode,
    room: 'x',
    ...attributes,
  });
  await loaded;
  const plugin = frame()!;
  return {
    room,
    plugin,
    /** Says a message of the documented dialect. */
    says: (name: string, fields: object = {}): Promise<void> =>
      puppetSends(plugin, wire(name, fields)),
    /** Says anything. */
    saysAll: (messages: readonly unknown[], times = 1): Promise<void> =>
      puppetSendsAll(plugin, messages, {times}),
    /** Resolves when the plugin has got, and passed on, all that it was sent before. */
    caughtUp: (): Promise<void> => puppetSends(plugin, {puppet: 'nothing'}),
  };
};
