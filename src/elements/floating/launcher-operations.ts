import type {PexipChatError} from '../../errors.js';
import type {Desk, DeskOperations} from './desk-types.js';
import {notCreated, type Loading} from './launcher-loading.js';
import type {Listening, WidgetOperations} from './widget-operations.js';

type Operations = Omit<WidgetOperations, keyof Listening>;
/** What is asked of the desk, and waited for. */
type Later = 'addChat' | 'composeMessage' | 'removeChat' | 'selectChat' | 'updateAccessToken';

/** What the operations need of the widget. */
export interface OperationsPlace {
  readonly host: HTMLElement;
  readonly loading: Loading;
  /** There is a widget with a user. */
  stands(): boolean;
  /** Takes the widget away. */
  leave(): void;
}

/** What pages do with the widget: to the window at once, all else by the desk, once it is there. */
export const operationsOf = ({host, loading, stands, leave}: OperationsPlace): Operations => {
  const later =
    <Name extends Later>(name: Name) =>
    async (...args: Parameters<DeskOperations[Name]>): Promise<never> => {
      type Operation = (...args: Parameters<DeskOperations[Name]>) => Promise<never>;
      return ((await loading.now())[name] as unknown as Operation)(...args);
    };
  /** What is known now; whoever asks wants to know more. */
  const known = <Known>(of: (desk: Desk) => Known, nothing: Known): Known => {
    // What did not load was told, and that there is nobody is no error here.
    loading.now().catch((_: PexipChatError) => undefined);
    return loading.desk ? of(loading.desk) : nothing;
  };
  const attribute = (name: string, on?: boolean): boolean => {
    const there = stands();
    if (there) host.toggleAttribute(name, on);
    return there;
  };
  return {
    isAuthenticated: () => !!loading.desk?.isAuthenticated(),
    logout: async () => {
      if (!stands()) throw notCreated();
      try {
        await (await loading.now()).logout();
      } finally {
        leave();
      }
    },
    updateAccessToken: later('updateAccessToken'),
    addChat: later('addChat'),
    removeChat: later('removeChat'),
    selectChat: later('selectChat'),
    composeMessage: later('composeMessage'),
    showWidget: () => attribute('hidden', false),
    hideWidget: () => attribute('hidden', true),
    toggleWidget: () => attribute('open'),
    openWidget: () => attribute('open', true),
    closeWidget: () => attribute('open', false),
    getUser: (userAlias) =>
      loading.desk?.getUser(userAlias) ?? {
        userAlias,
        status: 'offline',
        then: (...then) =>
          loading
            .now()
            .then((desk) => desk.getUser(userAlias))
            .then(...then),
      },
    getUsersStatusList: () => known((desk) => desk.getUsersStatusList(), []),
    getChats: () => known((desk) => desk.getChats(), []),
    getLastMessageReceived: () => known((desk) => desk.getLastMessageReceived(), null),
    getLastMessageSent: () => known((desk) => desk.getLastMessageSent(), null),
    getUnreadMessages: () => known((desk) => desk.getUnreadMessages(), []),
    setExtensionUrl: () => undefined,
  };
};
