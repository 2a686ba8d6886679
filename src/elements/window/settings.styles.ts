/** The settings. */
export const settingsStyles = `
  .settings {
    display: flex;
    flex-direction: column;
    gap: 1.25rem;
    box-sizing: border-box;
    padding: 1.25rem 1rem;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 0.75rem;
  }
  .who strong {
    display: block;
  }
  .settings label > span {
    display: block;
    margin-block-end: 0.25rem;
    font-weight: 600;
  }
  .settings > .plain {
    align-self: start;
  }
  .frame > .body .version {
    margin-block-start: auto;
    font-size: 0.8125rem;
    opacity: 0.85;
  }
`;
