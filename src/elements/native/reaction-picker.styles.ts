/** The field that searches emoji, and what it has found. */
export const reactionPickerStyles = `
  .picker {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    max-inline-size: 22rem;
    padding: 0.5rem;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#fff, #1c242d);
    border: 1px solid light-dark(#c3ccd6, #4a5866);
    border-radius: 0.5rem;
  }
  .picker > input {
    flex: 1;
    min-inline-size: 8rem;
    min-block-size: 2.75rem;
    padding: 0 0.75rem;
    font: inherit;
    color: inherit;
    background: light-dark(#fff, #12120e);
    border: 1px solid;
    border-radius: 0.5rem;
  }
  .picker > p {
    flex-basis: 100%;
  }
  .picker > button {
    padding: 0 0.75rem;
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid;
    border-radius: 0.5rem;
  }
  .picked > button {
    inline-size: 2.75rem;
    block-size: 2.75rem;
    padding: 0;
    font: inherit;
    font-size: 1.25rem;
    background: none;
    border: 0;
    border-radius: 0.5rem;
  }
`;
