import type {RcChatPaneElement} from '../../src/elements/rc-chat-pane.js';
import type {setupConversation} from './conversation.js';
import {makeLivePane, showLive} from './live-pane.js';

type Conversation = Awaited<ReturnType<typeof setupConversation>>;

/** Resolves when a pane has told of a message with this text, whoever has written it. */
const untilHeard = (pane: RcChatPaneElement, text: string): Promise<void> =>
  new Promise((resolve) => {
    for (const type of ['rc-message-received', 'rc-message-sent'] as const)
      pane.addEventListener(type, ({detail}) => detail.text === text && resolve());
  });

/**
 * Writes one more message, and resolves when this pane has told of it: whatever else was to come of
 * what was done before has come by then, to this pane and to others of the workspace.
 */
export const fence = async (
  pane: RcChatPaneElement,
  write: Conversation['write'],
): Promise<void> => {
  const text = `fence ${crypto.randomUUID()}`;
  const heard = untilHeard(pane, text);
  await write(text);
  await heard;
};

/** The pane of the other person of a conversation, who goes on hearing what is written there. */
export const showWitness = ({
  server,
  name,
  workspace,
  other,
}: Conversation): Promise<RcChatPaneElement> =>
  showLive(makeLivePane({server, name, auth: () => workspace.token(other.username)}));
