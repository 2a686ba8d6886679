/** A question with its answers. */
export const confirmStyles = `
  .confirm {
    box-sizing: border-box;
    inline-size: min(22rem, 100vw - 2rem);
    padding: 1.25rem;
    font: inherit;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#fff, #1c242d);
    border: 1px solid light-dark(#c3ccd6, #3a4653);
    border-radius: 0.75rem;
  }
  .confirm::backdrop {
    background: #0007;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.5rem;
    margin-block-start: 1.25rem;
  }
`;
