import type {DeskOperations} from './desk-types.js';
import {ignore, type Loading} from './launcher-loading.js';
import {answerOf, OPERATIONS, type NamedOperations} from './operation-names.js';
import type {Listening, WidgetOperations} from './widget-operations.js';

type Others = Listening & Pick<WidgetOperations, 'setExtensionUrl'>;
/** What is no business of the desk, or not of the desk alone. */
type Own = Omit<WidgetOperations, keyof DeskOperations | keyof Others> &
  Pick<WidgetOperations, 'isAuthenticated' | 'logout'>;
type Operation = (...args: readonly unknown[]) => unknown;

/** What the operations need of the widget. */
export interface OperationsPlace {
  readonly host: HTMLElement;
  readonly loading: Loading;
  readonly others: Others;
  /** There is a widget with a user, from here on if it was put into the page just before. */
  stands(): boolean;
  /** Takes the widget away. */
  leave(): void;
}

/** What pages do with the widget: to its element at once; all else is the desk's, once it is there. */
export const operationsOf = ({
  host,
  loading,
  others,
  stands,
  leave,
}: OperationsPlace): WidgetOperations => {
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
  const own: Own & Others = {
    ...others,
    isAuthenticated: () => !!loading.desk?.isAuthenticated(),
    logout: async () => {
      stands();
      let done: Promise<void>;
      try {
        // At once where it can be: the page may take the element away in the same breath, or give another user.
        done = (loading.desk ?? (await loading.now())).logout();
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
      stands();
      const later = loading.now().then(done);
      // What did not load was told; that there is nobody is told to whoever awaits it.
      if (asks) later.catch(ignore);
      return answerOf(name, later, host, args[0]);
    };
  return Object.fromEntries(
    OPERATIONS.map((name) => [name, own[name as keyof Own] ?? ofDesk(name)]),
  ) as unknown as NamedOperations;
};
