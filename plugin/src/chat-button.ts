import {ToolbarButton, type ButtonFace, type Toolbar} from './toolbar-button.js';

const CHAT: ButtonFace = {icon: 'IconChat', name: 'Chat'};

/**
 * Adds the Chat button to the meeting's toolbar.
 *
 * @param ask called for each click with the state that is asked for
 * @throws whatever plugin-api rejects with: `{reason}`
 */
export const addChatButton = (
  toolbar: Toolbar,
  ask: (active: boolean) => void,
  signal: AbortSignal,
): Promise<ToolbarButton> => ToolbarButton.add(toolbar, CHAT, ask, signal);
