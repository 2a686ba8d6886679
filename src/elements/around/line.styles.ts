/** A line above the conversation: a sentence, and beside it what can be done. */
export const lineStyles = `
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 1rem;
    padding-inline: 1rem;
    background: light-dark(#fff3cd, #3d3310);
  }
  .line > div:not(:empty) {
    padding-block: 0.5rem;
    overflow-wrap: anywhere;
  }
  .line > a {
    padding-block: 0.625rem;
    color: inherit;
  }
  .line > button {
    font: inherit;
    color: inherit;
    background: light-dark(#fff, #12120e);
    border: 1px solid;
    border-radius: 0.5rem;
    margin: 0.25rem 0;
    padding: 0 1rem;
    min-block-size: 2.75rem;
  }
  .line > :focus-visible {
    outline: 3px solid;
    outline-offset: -3px;
  }
`;
