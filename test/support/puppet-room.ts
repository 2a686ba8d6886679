import type {PexipChatRoomElement} from '../../src/elements/pexip-chat-room.js';
import {ACTION_PREFIX} from '../../src/protocol/external-chat.js';
import {Recorder} from '../session/recorders.js';
import {wire} from './hand-written-page.js';
import {mountRoom} from './mount.js';
import {puppetSends} from './puppet.js';
import {recordRoom, testSignal} from './room-record.js';
import {simulators} from 'test-simulators';

type Attributes = Readonly<Record<string, string | boolean>>;

const frameOf = (room: PexipChatRoomElement): HTMLIFrameElement | null =>
  room.renderRoot.querySelector('iframe');

/** A message to a plugin without the prefix of its action: `['toggle-chat-badge', {visible: true}]`. */
const shortened = ({action, ...fields}: Record<string, unknown>) =>
  [String(action).replace(ACTION_PREFIX, ''), fields] as const;

/**
 * A room whose node is a puppet: a page on another origin that says what the test has it say, in the
 * place of Web App 3 and of its plugin. Resolves when the puppet is there.
 */
export const setupPuppetRoom = async (
  attributes: Attributes = {},
  ...children: readonly Element[]
) => {
  /** A puppet has started in the room's frame, once for each document. */
  const starts = new Recorder<string>();
  /** What the room's puppets were sent. */
  const mail = new Recorder<ReturnType<typeof shortened>>();
  window.addEventListener(
    'message',
    ({data, source, origin}) => {
      if (!room || source !== frameOf(room)?.contentWindow) return;
      if (data?.puppet === 'here') starts.add(origin);
      if (data?.puppet === 'got' && data.data?.action) mail.add(shortened(data.data));
    },
    {signal: testSignal()},
  );
  const node = simulators.puppetNode;
  const room = mountRoom({node, room: 'consultation', ...attributes}, ...children);
  const events = recordRoom(room);
  await starts.reaches(1);
  starts.take();
  const puppet = (): Window => frameOf(room)!.contentWindow!;
  /** Has the puppet say something in the documented dialect; resolves when it was heard. */
  const says = (name: string, fields: object = {}, times = 1): Promise<void> =>
    puppetSends(puppet(), wire(name, fields), {times});
  return {
    room,
    events,
    starts,
    mail,
    puppet,
    says,
    /** Resolves when all that the puppet was sent has arrived. */
    settle: (): Promise<void> => says('nothing'),
    frame: (): HTMLIFrameElement => frameOf(room)!,
    /** Has the puppet say that its person has joined. */
    join: async (): Promise<void> => {
      await says('ready');
      await says('connected');
      await says('nothing');
      events.take();
      mail.take();
    },
  };
};

export type PuppetRoom = Awaited<ReturnType<typeof setupPuppetRoom>>;

/** A room with a puppet whose person has joined. */
export const setupPuppetCall = async (
  attributes?: Attributes,
  ...children: readonly Element[]
): Promise<PuppetRoom> => {
  const setup = await setupPuppetRoom(attributes, ...children);
  await setup.join();
  return setup;
};
