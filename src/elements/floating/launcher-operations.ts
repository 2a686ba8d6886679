import type {Loading} from './launcher-loading.js';
import type {Listening, WidgetOperations} from './widget-operations.js';

type Operations = Omit<WidgetOperations, keyof Listening>;
type Operation = (...args: readonly unknown[]) => unknown;

/** What the operations need of the widget. */
export interface OperationsPlace {
  readonly host: HTMLElement;
  readonly loading: Loading;
  /** There is a widget with a user. */
  stands(): boolean;
  /** Takes the widget away. */
  leave(): void;
}

/** What pages do with the widget: to its element at once; all else is the desk's, once it is there. */
export const operationsOf = ({host, loading, stands, leave}: OperationsPlace): Operations => {
  const attribute = (name: string, on?: boolean) => (): boolean => {
    const there = stands();
    if (there) host.toggleAttribute(name, on);
    return there;
  };
  const own: Partial<Operations> = {
    isAuthenticated: () => !!loading.desk?.isAuthenticated(),
    logout: async () => {
      // There may be none to sign out.
      const desk = loading.now();
      try {
        await (await desk).logout();
      } finally {
        if (stands()) leave();
      }
    },
    showWidget: attribute('hidden', false),
    hideWidget: attribute('hidden', true),
    toggleWidget: attribute('open'),
    openWidget: attribute('open', true),
    closeWidget: attribute('open', false),
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
    setExtensionUrl: () => undefined,
  };
  return new Proxy(own as Operations, {
    get: (_, name: keyof Operations) =>
      own[name] ??
      ((...args: readonly unknown[]) => {
        const later = loading.now();
        const {desk} = loading;
        const doneBy = (by: object): unknown => (by as Record<string, Operation>)[name]!(...args);
        if (!name.startsWith('get')) return later.then(doneBy);
        // What is known at once, be it nothing.
        return desk ? doneBy(desk) : name.startsWith('getLast') ? null : [];
      }),
  });
};
