/**
 * A file that is loaded when a conversation of our own is opened, beside what shows it: all that a
 * person writes and does.
 */
import {composerStyles} from './native/composer.styles.js';
import {reactionPickerStyles} from './native/reaction-picker.styles.js';

export {pageDrafts} from '../session/drafts.js';
export {RcComposerElement} from './native/composer.js';
export {messageActions} from './native/message-actions.js';
export {RcReactionPickerElement} from './native/reaction-picker.js';
export {RcThreadElement} from './native/thread.js';
export {Writing} from './native/writing.js';

/** The styles of all of it. */
export const styles = composerStyles + reactionPickerStyles;
