/** Styles of what stands on the widget's button, and of what only is said. Borders draw what must be seen in forced colors. */
export const launcherFaceStyles = `
  [part='badge'] {
    position: absolute;
    inset-block-start: -0.375rem;
    inset-inline-end: -0.375rem;
    box-sizing: border-box;
    min-inline-size: 1.5rem;
    block-size: 1.5rem;
    padding-inline: 0.375rem;
    font-family: var(--pexip-chat-widget-font-family, inherit);
    font-size: 0.8125rem;
    line-height: 1.375rem;
    color: #fff;
    background: #b3261e;
    border: 1px solid #fff;
    border-radius: 0.75rem;
  }
  [part='badge'][data-count='']{
    min-inline-size: 1rem;
    block-size: 1rem;
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
