/** Styles of the widget's button. Its letters are of the size that the person has set, or of that of the page where it is larger. */
export const launcherStyles = `
  :host {
    position: fixed;
    inset-block-end: 1em;
    inset-inline-end: 1em;
    z-index: var(--pexip-chat-widget-z-index, 1000);
    font-size: medium;
  }
  :host([hidden]) {
    display: none;
  }
  [part='launcher'] {
    font-size: max(1em, 1rem);
    margin: 0;
    padding: 0.8125em;
    color: var(--pexip-chat-widget-launcher-color, #fff);
    background-color: var(--pexip-chat-widget-launcher-background, var(--given, #0b5394));
    border: 0.0625em solid transparent;
    border-radius: 50%;
    box-shadow: 0 2px 8px #0006;
    cursor: pointer;
  }
  [part='launcher']:focus-visible {
    outline: 3px solid light-dark(#0b5394, #9cc9f5);
    outline-offset: 3px;
  }
  [part='launcher'] > svg {
    display: block;
    inline-size: 1.75em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  [dir='rtl'] > svg {
    scale: -1 1;
  }
`;
