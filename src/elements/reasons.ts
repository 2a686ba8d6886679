import type {PexipChatError} from '../errors.js';
import type {ChatApi} from '../session/chat-api.js';
import {embedReason, type EmbedSight} from '../session/embed-reasons.js';
import {WorkspaceQuestions} from '../session/workspace-questions.js';

/** A file that is loaded when an embedded page did not show what it should. See {@link embedReason}. */
export const reasonOf = (
  api: ChatApi,
  sight: EmbedSight,
  tokenWorks: () => Promise<boolean>,
): Promise<PexipChatError | undefined> =>
  embedReason(new WorkspaceQuestions(api), sight, location.origin, tokenWorks);
