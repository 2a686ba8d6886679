/** A file that is loaded when an embedded page did not show what it should. */
export {embedReason} from '../session/embed-reasons.js';
