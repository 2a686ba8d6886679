/** Styles of what stands on the widget's button, and of what only is said; with nothing of the page's text. Borders draw what must be seen in forced colors. */
export const launcherFaceStyles = `
  :host {
    letter-spacing: normal;
    word-spacing: normal;
    text-transform: none;
    text-indent: 0;
    text-shadow: none;
    white-space: normal;
    hyphens: manual;
  }
  [part='badge'] {
    position: absolute;
    inset-block-start: -0.46em;
    inset-inline-end: -0.46em;
    box-sizing: border-box;
    min-inline-size: 1.85em;
    block-size: 1.85em;
    padding-inline: 0.46em;
    font: 0.8125em/1.69 var(--pexip-chat-widget-font-family, system-ui, sans-serif);
    color: #fff;
    background: #b3261e;
    border: 1px solid #fff;
    border-radius: 1em;
  }
  [part='badge'][data-count='']{
    min-inline-size: 1.23em;
    block-size: 1.23em;
  }
  [part='badge']::before {
    content: attr(data-count);
  }
  [part='badge'][hidden] {
    display: none;
  }
  .news {
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
