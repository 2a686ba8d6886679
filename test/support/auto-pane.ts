import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import {setupConversation} from './conversation.js';
import {place, setAttributes} from './mount.js';
import {testSignal} from './room-record.js';
import {waitUntil} from './wait.js';
import {startBrokerFor} from 'test-simulators';

/** Any element that takes a pane as docs/pairing.md says, and tells of a meeting. */
export interface StandIn extends HTMLElement {
  room: string | null;
  url: string | null;
  state: string;
  /** The person has joined the meeting `alias`. */
  join(alias: string): void;
  leave(): void;
  /** Lets its panes go, for good. */
  letGo(): void;
}

/** A stand-in for a room, not yet in the page, which takes the panes inside it. */
export const makeStandIn = (room: string | null = 'consultation'): StandIn => {
  const life = new AbortController();
  const meeting = Object.assign(document.createElement('section'), {
    room,
    url: null as string | null,
    state: 'ready',
    chat: true,
    join(alias: string) {
      Object.assign(meeting, {room: alias, state: 'connected'});
      meeting.dispatchEvent(new CustomEvent('pexip-connected', {bubbles: true, detail: {}}));
    },
    leave() {
      meeting.state = 'disconnected';
      meeting.dispatchEvent(new CustomEvent('pexip-disconnected', {bubbles: true}));
    },
    letGo: () => life.abort(),
  });
  const signal = AbortSignal.any([life.signal, testSignal()]);
  meeting.addEventListener(
    'rc-pane-connect',
    (event) => {
      event.stopPropagation();
      event.detail.accept(meeting, signal);
    },
    {signal},
  );
  return meeting;
};

/** What the broker says of a meeting's discussion, by the contract of its route. */
const ROUTE = '/v1/meetings/';

export type View = 'embed' | 'native';

/** A workspace with a discussion, its broker, and a pane with `room="auto"`, not yet in the page. */
export const setupAuto = async (
  view: View = 'embed',
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  workspaceOrigin?: string,
) => {
  const conversation = await setupConversation('discussion', workspaceOrigin);
  const {server, me, room} = conversation;
  const broker = await startBrokerFor(server);
  const remote = new BrokerRemote(broker);
  const pane: RcChatPaneElement = document.createElement('rc-chat-pane');
  setAttributes(pane, {broker, room: 'auto', view, ...attributes});
  pane.accessToken = () => remote.accessToken(me.username);
  const requests = async (pattern: RegExp): Promise<string[]> =>
    (await remote.requests()).map(({line}) => line).filter((line) => pattern.test(line));
  return {
    ...conversation,
    broker,
    remote,
    pane,
    /** From now on the meeting `alias` has this discussion; all others have none. */
    answers: (
      alias = 'consultation',
      body: object = {roomId: room._id, name: room.fname, type: 'discussion'},
    ): Promise<void> => remote.fail(200, undefined, {below: `${ROUTE}${alias}/discussion`, body}),
    /** From now on the broker refuses so, all meetings or those of a path. */
    refuses: (
      status: number,
      code: string,
      {count, below = ROUTE, headers}: Refusal = {},
    ): Promise<void> =>
      remote.fail(status, count, {
        below,
        body: {error: {code, message: 'No.'}},
        ...(headers && {headers}),
      }),
    /** How often the broker was asked for a discussion. */
    asked: async (): Promise<number> => (await requests(/^POST \/v1\/meetings\//)).length,
    requests,
    /** Resolves after more trips to the broker than a sign-in and an ask take, so that these would show. */
    settle: async (): Promise<void> => {
      for (let trips = 0; trips < 30; trips++) await remote.requests();
    },
    /** Puts the pane into a stand-in for a room, and both into the page. */
    meet: (standIn = makeStandIn()): StandIn => {
      standIn.append(pane);
      return place(standIn);
    },
  };
};

interface Refusal {
  readonly count?: number;
  readonly below?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The line of the pane that says this, as a person hears it. */
export const untilLine = async (pane: RcChatPaneElement, text: RegExp): Promise<HTMLElement> => {
  const find = (): HTMLElement | undefined =>
    [...pane.renderRoot.querySelectorAll<HTMLElement>('.line > [role=status]')].find((each) =>
      text.test(each.textContent),
    );
  await waitUntil(() => find(), `the pane says ${text.source}`);
  return find()!.parentElement!;
};
