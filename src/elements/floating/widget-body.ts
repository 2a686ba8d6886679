import type {Said} from '../../widget/create.js';
import type {WidgetEntry, WidgetOperations} from './widget-operations.js';

/** What a widget element does, in a file that is loaded when there is one. */
export interface WidgetBody extends WidgetOperations {
  /** @param said by `compat()`, and not heard yet */
  create(options: Parameters<WidgetEntry['create']>[0], said?: Said): Promise<WidgetOperations>;
  /** The element came, went, or has another property. Attributes are watched. */
  follow(): void;
}
