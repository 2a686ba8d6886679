import {ignore, type Loading} from './launcher-loading.js';
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
    const act = (): boolean => {
      const there = stands();
      if (there) host.toggleAttribute(name, on);
      return there;
    };
    const done = act();
    // It counts for the one that comes, whose promise tells what is wrong.
    if (!done) loading.creating?.then(act, ignore);
    return done;
  };
  const own: Partial<Operations> = {
    isAuthenticated: () => !!loading.desk?.isAuthenticated(),
    logout: async () => {
      // There may be none to sign out.
      const desk = loading.now();
      let done: Promise<void>;
      try {
        done = (await desk).logout();
      } finally {
        if (stands()) leave();
      }
      await done;
    },
    showWidget: attribute('hidden', false),
    hideWidget: attribute('hidden', true),
    toggleWidget: attribute('open'),
    openWidget: attribute('open', true),
    closeWidget: attribute('open', false),
  };
  const ofDesk =
    (name: string) =>
    (...args: readonly unknown[]): unknown => {
      const done = (by: object): unknown => (by as Record<string, Operation>)[name]!(...args);
      const asks = name.startsWith('get');
      if (asks && loading.desk) return done(loading.desk);
      const later = loading.now().then(done);
      if (!asks) return later;
      // What did not load was told; that there is nobody is told to whoever awaits it.
      later.catch(ignore);
      // What is known without a desk.
      if (name === 'getUser')
        return {userAlias: `${args[0]}`, status: 'offline', then: later.then.bind(later)};
      return name.startsWith('getLast') ? null : [];
    };
  return new Proxy(own as Operations, {
    // It is handed on by promises, which ask for that one.
    get: (_, name: string) => {
      // What was put into the page just before has a user from here on.
      stands();
      return own[name as keyof Operations] ?? (name !== 'then' && ofDesk(name));
    },
  });
};
