import type {WidgetEntry, WidgetOperations} from './widget-operations.js';

/** What pages have given to `compat()`, and nobody has heard yet. */
export type Said = Parameters<WidgetEntry['compat']>[];

/** What a widget element does, in a file that is loaded when there is one. */
export interface WidgetBody extends WidgetOperations {
  /** @param said by `compat()`, and not heard yet */
  create(options: Parameters<WidgetEntry['create']>[0], said?: Said): Promise<WidgetOperations>;
  /** The element came, went, or has another property. Attributes are watched. */
  follow(): void;
}
