import './page-types.js';

export {PexipChatError, type ErrorCode} from './errors.js';
export * from './events/chat-events.js';
export * from './events/dial-out-events.js';
export * from './events/meeting-events.js';
export * from './events/pairing-events.js';
export {PexipChatRoomElement, type RoomDiagnosis} from './elements/pexip-chat-room.js';
export {RcChatPaneElement, type PaneDiagnosis} from './elements/rc-chat-pane.js';
export type {Auth, Credentials, CredentialsAsk} from './protocol/credentials.js';
export type {DialRequest} from './protocol/dial-request.js';
export type {EmbedRoom, RoomType, RoomUnread} from './protocol/rocket-chat-embed.js';
export type {DialOutResult} from './session/dial-call.js';
export type {DialOutLimits} from './session/dial-limits.js';
export type {MeetingPhase} from './session/meeting-session.js';
export type {ChatPhase, ChatUser, Unread} from './session/chat-state.js';
export type {PexipChatRoomGlobal} from './page-types.js';
export {VERSION} from './version.js';
