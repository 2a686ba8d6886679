/** Styles of the widget's button. */
export const launcherStyles = `
  :host {
    position: fixed;
    inset-block-end: 1rem;
    inset-inline-end: 1rem;
    z-index: var(--pexip-chat-widget-z-index, 1000);
    font-family: var(--pexip-chat-widget-font-family, inherit);
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
    color: #fff;
    background: var(--pexip-chat-widget-launcher-background, #0b5394);
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
  :host(:dir(rtl)) svg {
    transform: scaleX(-1);
  }
  [part='badge'] {
    position: absolute;
    inset-block-start: -0.375rem;
    inset-inline-end: -0.375rem;
    box-sizing: border-box;
    min-inline-size: 1.5rem;
    block-size: 1.5rem;
    padding-inline: 0.375rem;
    font-size: 0.8125rem;
    line-height: 1.375rem;
    color: #fff;
    background: #b3261e;
    border: 1px solid #fff;
    border-radius: 0.75rem;
  }
  [part='badge']:empty {
    min-inline-size: 1rem;
    block-size: 1rem;
  }
  [part='badge'][hidden] {
    display: none;
  }
  .words {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: no-preference) {
    [data-state='connecting'] > svg {
      animation: wait 1s infinite alternate;
    }
    @keyframes wait {
      to {
        opacity: 0.4;
      }
    }
  }
`;
