import {BrokerRemote} from '../../demo/simulators/broker/remote.js';
import type {PexipChatError} from '../../src/errors.js';
import {desk} from '../../src/elements/floating/desk.js';
import type {Desk, DeskPlace} from '../../src/elements/floating/desk-types.js';
import type {WidgetProperties} from '../../src/elements/floating/widget-options.js';
import type {WidgetEventMap} from '../../src/events/widget-events.js';
import {setupConversation} from './conversation.js';
import {waitUntil} from './wait.js';
import {startBrokerFor} from 'test-simulators';

type Told = {
  readonly [Type in keyof WidgetEventMap]: {
    readonly type: Type;
    readonly detail: WidgetEventMap[Type]['detail'];
  };
}[keyof WidgetEventMap];

const TYPES: readonly (keyof WidgetEventMap)[] = [
  'widget-typing-started',
  'widget-message-sent',
  'widget-message-received',
  'widget-message-read',
  'widget-chat-loaded',
  'widget-user-connected',
  'widget-user-disconnected',
  'widget-access-token-is-about-to-expire',
  'widget-access-token-expired',
  'widget-logged-out',
  'widget-error',
];

const running: Desk[] = [];
afterEach(() => running.splice(0).forEach((each) => each.stop()));

/** A desk where a widget would stand, and what it does there. It ends with the test. */
export class DeskScene {
  readonly host = document.createElement('div');
  readonly events: Told[] = [];
  readonly reported: PexipChatError[] = [];
  readonly shown: (readonly [path: string, text: string | undefined])[] = [];
  reveals = 0;
  changes = 0;
  /** What showing a chat comes to. */
  show: () => Promise<void> = () => Promise.resolve();
  readonly given: WidgetProperties;
  readonly desk: Desk;

  constructor(
    broker: string,
    given: WidgetProperties,
    attributes: Readonly<Record<string, string>> = {},
  ) {
    const {host} = this;
    for (const [name, value] of Object.entries({broker, ...attributes}))
      host.setAttribute(name, value);
    for (const type of TYPES)
      host.addEventListener(type, (event) => {
        this.events.push({type, detail: (event as CustomEvent<never>).detail});
      });
    this.given = given;
    const place: DeskPlace = {
      host,
      given,
      changed: () => (this.changes += 1),
      report: (error) => this.reported.push(error),
      reveal: () => (this.reveals += 1),
      showChat: (path, text) => {
        this.shown.push([path, text]);
        return this.show();
      },
    };
    this.desk = desk(place);
    running.push(this.desk);
  }

  /** What was told by events of this type. */
  told<Type extends keyof WidgetEventMap>(type: Type): WidgetEventMap[Type]['detail'][] {
    return this.events.filter((each) => each.type === type).map(({detail}) => detail as never);
  }

  /** Resolves once so many events of this type were told, with all of them. */
  async until<Type extends keyof WidgetEventMap>(
    type: Type,
    count = 1,
  ): Promise<WidgetEventMap[Type]['detail'][]> {
    await waitUntil(() => this.told(type).length >= count, `${count} ${type}`);
    return this.told(type);
  }

  /** Resolves once the desk is connected and knows the chats. */
  async live(): Promise<this> {
    await waitUntil(() => this.desk.state.status === 'live' && this.desk.state.known, 'live');
    return this;
  }
}

export interface DeskOptions {
  readonly type?: Parameters<typeof setupConversation>[0];
  readonly server?: string | undefined;
  /** Where the workspace takes commands, if that is elsewhere. */
  readonly direct?: string | undefined;
  readonly broker?: Parameters<typeof startBrokerFor>[1];
  readonly given?: WidgetProperties;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Two people with a direct message, their broker, and the desk of one of them, who is signed in. */
export const setupDesk = async (options: DeskOptions = {}) => {
  const {type = 'd', server, direct, given, attributes} = options;
  const conversation = await setupConversation(type, server, direct);
  const {me, room, workspace} = conversation;
  const broker = await startBrokerFor(conversation.server, options.broker);
  const remote = new BrokerRemote(broker);
  const accessToken = await remote.accessToken(me.username);
  /** Another desk of the same user. */
  const again = (more: WidgetProperties = {}): DeskScene =>
    new DeskScene(broker, {accessToken, ...given, ...more}, attributes);
  const scene = again();
  /** The other person writes. */
  const write = (text: string) => workspace.post(conversation.other.username, room._id, text);
  return {...conversation, broker, remote, accessToken, again, scene, desk: scene.desk, write};
};

/** The code of what something rejects with. */
export const codeOf = (promise: PromiseLike<unknown>): Promise<string> =>
  Promise.resolve(promise).then(
    () => 'resolved',
    (error: PexipChatError) => error.code,
  );
