import type {WidgetEntry, WidgetOperations} from './widget-operations.js';

/** What a widget element does, in a file that is loaded when there is one. */
export interface WidgetBody extends WidgetOperations, Pick<WidgetEntry, 'compat'> {
  create(...options: Parameters<WidgetEntry['create']>): Promise<WidgetOperations>;
  /** The element came, went, or has another property. Attributes are watched. */
  follow(): void;
}
