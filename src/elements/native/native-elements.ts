import type {RcComposerElement} from './composer.js';
import {RcConversationElement} from './conversation.js';
import type {RcFileElement} from './file.js';
import {RcMessageListElement} from './message-list.js';
import {RcMessageElement} from './message.js';
import {defineOnce} from './native-parts.js';
import type {RcReactionPickerElement} from './reaction-picker.js';
import type {RcThreadElement} from './thread.js';

/** The elements of the native view, by their names; they are the pane's own, and not for pages. */
const ELEMENTS = {
  'rc-conversation': RcConversationElement,
  'rc-message': RcMessageElement,
  'rc-message-list': RcMessageListElement,
} as const;

/** Defines what is not there yet. */
export const defineNative = (): void =>
  Object.entries(ELEMENTS).forEach(([name, element]) => defineOnce(name, element));

declare global {
  interface HTMLElementTagNameMap {
    'rc-composer': RcComposerElement;
    'rc-conversation': RcConversationElement;
    'rc-file': RcFileElement;
    'rc-message': RcMessageElement;
    'rc-message-list': RcMessageListElement;
    'rc-reaction-picker': RcReactionPickerElement;
    'rc-thread': RcThreadElement;
  }
}
