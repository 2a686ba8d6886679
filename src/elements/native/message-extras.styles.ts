/** What stands below and beside the text of a message: reactions, threads, what can be done, and what is attached. */
export const messageExtrasStyles = `
  .reactions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem;
    padding-block-start: 0.25rem;
  }
  .reaction {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-block-size: 1.75rem;
    padding: 0 0.5rem;
    font: inherit;
    font-size: 0.8125rem;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#eef2f6, #161d25);
    border: 1px solid light-dark(#c3ccd6, #4a5866);
    border-radius: 1rem;
  }
  .reaction[aria-pressed='true'] {
    border-color: currentcolor;
    background: light-dark(#cfe2f7, #2b5580);
  }
  .ask {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    padding-block-start: 0.25rem;
  }
  .thread-button {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: 0.5rem;
  }
  .system .thread-button {
    margin-inline: auto;
  }
  .thread-button > small {
    opacity: 0.85;
  }
  .thread-button,
  .ask > button,
  .unsent > button,
  .list-status > button,
  .link {
    min-block-size: 1.75rem;
    padding: 0.125rem 0.375rem;
    font: inherit;
    font-size: 0.875rem;
    color: inherit;
    text-decoration: underline;
    background: none;
    border: 0;
    border-radius: 0.375rem;
  }
  .actions {
    position: absolute;
    inset-block-start: -0.5rem;
    inset-inline-end: 0.25rem;
    z-index: 1;
    display: flex;
    opacity: 0;
    pointer-events: none;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#fff, #1c242d);
    border: 1px solid light-dark(#c3ccd6, #4a5866);
    border-radius: 0.5rem;
  }
  .message:hover .actions,
  .message:focus-within .actions {
    opacity: 1;
    pointer-events: auto;
  }
  .actions > button {
    display: grid;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    padding: 0;
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    border-radius: 0.375rem;
  }
  .actions > button:hover {
    background: light-dark(#e3e9ef, #2b3744);
  }
  .actions > button[aria-pressed='true'] {
    background: light-dark(#cfe2f7, #2b5580);
  }
  @media (pointer: coarse) {
    .actions > button {
      inline-size: 2.5rem;
      block-size: 2.75rem;
    }
  }
  .quoted,
  .attached {
    margin: 0.25rem 0;
    padding-inline-start: 0.625rem;
    border-inline-start: 3px solid light-dark(#8fa3b8, #5f7387);
  }
  .attached dl {
    margin: 0.25rem 0;
  }
  .attached dt {
    font-weight: 600;
  }
  .attached dd {
    margin: 0;
  }
  .file {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
  }
  .file > :is(button, a) {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    padding: 0;
    color: inherit;
    background: none;
    border: 1px solid;
    border-radius: 0.5rem;
  }
  .picture {
    display: block;
    max-inline-size: 100%;
    block-size: auto;
    margin-block: 0.25rem;
    border-radius: 0.5rem;
  }
  @media (forced-colors: active) {
    [aria-pressed='true'] {
      outline: 2px solid Highlight;
    }
  }
`;
