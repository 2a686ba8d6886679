/** The bar with the element's own chat button, and the button that starts a meeting. */
export const standbyStyles = `
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    background: light-dark(#fff3cd, #3d3310);
  }
  .toolbar {
    padding: 0.25rem 1rem;
  }
  button {
    font: inherit;
    color: inherit;
    background: light-dark(#fff, #1d1a0c);
    border: 1px solid;
    border-radius: 0.5rem;
    padding: 0 1rem;
    min-block-size: 2.75rem;
  }
  button:focus-visible {
    outline: 3px solid;
    outline-offset: 2px;
  }
`;
