/** The header of the window: what the view is called, and the buttons beside it. */
export const headerStyles = `
  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.5rem;
    box-sizing: border-box;
    min-block-size: 3.75rem;
    padding: 0.375rem 0.5rem;
    padding-block-start: calc(0.375rem + env(safe-area-inset-top));
    color: var(--pexip-chat-widget-header-color, #fff);
    background: var(--pexip-chat-widget-header-background, light-dark(#0b5394, #17395c));
    border-block-end: 1px solid transparent;
  }
  .header .avatar {
    font-size: 0.875rem;
    --size: 2.25rem;
    --ring: #fff;
  }
  .title {
    flex: 1;
    min-inline-size: 0;
  }
  .title > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title h2 {
    padding-inline: 0.25rem;
    font-size: 1.0625rem;
    line-height: 1.4;
  }
  .title:first-child {
    padding-inline-start: 0.25rem;
  }
  .title p {
    padding-inline: 0.25rem;
    font-size: 0.8125rem;
    line-height: 1.3;
  }
  .header-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    padding: 0;
    color: var(--pexip-chat-widget-header-button-color, inherit);
    background: var(--pexip-chat-widget-header-button-background, none);
    border: 1px solid transparent;
    border-radius: 0.5rem;
    cursor: pointer;
  }
  .header-button:hover {
    box-shadow: inset 0 0 0 2px currentcolor;
  }
  .sign {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .along:dir(rtl) {
    transform: scaleX(-1);
  }
  /* Where a person begins to read: nothing to press. */
  .frame .title h2:focus-visible {
    outline: none;
  }
`;
