/** Styles of the widget's button. */
export const launcherStyles = `
  :host {
    position: fixed;
    inset-block-end: 1rem;
    inset-inline-end: 1rem;
    z-index: var(--pexip-chat-widget-z-index, 1000);
  }
  :host([hidden]) {
    display: none;
  }
  [part='launcher'] {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 3.5rem;
    block-size: 3.5rem;
    margin: 0;
    padding: 0;
    font: inherit;
    color: var(--pexip-chat-widget-launcher-color, #fff);
    background-color: var(--pexip-chat-widget-launcher-background, var(--given, #0b5394));
    border: 1px solid transparent;
    border-radius: 50%;
    box-shadow: 0 2px 8px #0006;
    cursor: pointer;
  }
  [part='launcher']:focus-visible {
    outline: 3px solid light-dark(#0b5394, #9cc9f5);
    outline-offset: 3px;
  }
  [part='launcher'] > svg {
    inline-size: 1.75rem;
    block-size: 1.75rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  [dir='rtl'] > svg {
    transform: scaleX(-1);
  }
`;
