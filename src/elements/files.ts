/** A file that is loaded when a message has attachments, or a file is sent. */
export {sendFile} from '../session/file-upload.js';
export {fetchFile} from '../transport/file-fetch.js';
export {RcFileElement} from './native/file.js';
export {attachmentsView} from './native/message-attachments.js';
