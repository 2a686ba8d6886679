/** The chat: its pane has the colours of the widget, and the header of the window for its own. */
export const chatStyles = `
  .chat {
    --rc-chat-pane-header-background: var(--pexip-chat-widget-header-background, inherit);
    --rc-chat-pane-header-color: var(--pexip-chat-widget-header-color, inherit);
    --rc-chat-pane-header-button-background: var(--pexip-chat-widget-header-button-background, inherit);
    --rc-chat-pane-header-button-color: var(--pexip-chat-widget-header-button-color, inherit);
    --rc-chat-pane-body-background: var(--pexip-chat-widget-body-background, inherit);
    --rc-chat-pane-body-color: var(--pexip-chat-widget-body-color, inherit);
    --rc-chat-pane-message-sent-background: var(--pexip-chat-widget-message-sent-background, inherit);
    --rc-chat-pane-message-sent-color: var(--pexip-chat-widget-message-sent-color, inherit);
    --rc-chat-pane-message-received-background: var(--pexip-chat-widget-message-received-background, inherit);
    --rc-chat-pane-message-received-color: var(--pexip-chat-widget-message-received-color, inherit);
    --rc-chat-pane-unit: var(--pexip-chat-widget-unit);
    --rc-chat-pane-font-family: var(--pexip-chat-widget-font-family, inherit);
  }
  rc-chat-pane {
    block-size: 100%;
    font: inherit;
    color: inherit;
    background: none;
  }
  rc-chat-pane::part(room-header) {
    display: none;
  }
`;
