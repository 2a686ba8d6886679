/**
 * What the parts take from the first script instead of bringing a copy: each module once, so that
 * `instanceof` holds and nothing is downloaded twice. rollup.config.mjs reads the list from here.
 */
export {ReactiveElement} from 'lit';
export {FrameController} from '../controllers/frame-controller.js';
export {attributeError} from '../elements/attribute-errors.js';
export {en} from '../elements/strings/en.js';
export {make, setText, setWords} from '../elements/dom.js';
export {factEvents} from '../elements/fact-events.js';
export {PexipChatError} from '../errors.js';
export {ComposedEvent} from '../events/composed-event.js';
export {ACTION_PREFIXES, readAction} from '../protocol/dialects.js';
export {loadPart, ownScript} from '../parts/load-part.js';
export {copyOf, defined, field, identifier, LIMITS, text} from '../protocol/guards.js';
export {parseSecureUrl} from '../protocol/secure-url.js';
export {meetingAddress} from '../protocol/web-app3-url.js';
export {NOTHING_UNREAD} from '../session/chat-state.js';
export {Observable} from '../session/observable.js';
export {languageOf, languageTag, loadLanguage} from '../elements/strings/strings.js';
export {answerOf, OPERATIONS} from '../elements/floating/operation-names.js';
