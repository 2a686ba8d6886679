import {MeetingConversation, type MeetingConversationOptions} from './auto/meeting-conversation.js';

/** A file that is loaded when the room of a pane is `auto`. @throws {PexipChatError} `invalid-attribute` */
export const auto = (options: MeetingConversationOptions): MeetingConversation =>
  new MeetingConversation(options);
