import {loadPart} from '../../parts/load-part.js';
import type {Parts} from '../../parts/parts.js';
import {addNativeStyles} from './native.styles.js';

/** Defines an element, unless a copy of the product has done so. */
export const defineOnce = (name: string, element: CustomElementConstructor): void => {
  if (!customElements.get(name)) customElements.define(name, element);
};

/**
 * Loads where one writes, which is not needed before there is something to read.
 *
 * @throws {PexipChatError} `part-failed`
 */
export const loadComposer = async (): Promise<Parts['composer']> => {
  const part = await loadPart('composer');
  const {RcComposerElement, RcReactionPickerElement, RcThreadElement, styles} = part;
  addNativeStyles(styles);
  defineOnce('rc-composer', RcComposerElement);
  defineOnce('rc-reaction-picker', RcReactionPickerElement);
  defineOnce('rc-thread', RcThreadElement);
  return part;
};

/** Loads what shows and sends files. @throws {PexipChatError} `part-failed` */
export const loadFiles = async (): Promise<Parts['files']> => {
  const part = await loadPart('files');
  defineOnce('rc-file', part.RcFileElement);
  return part;
};
