/** The list that completes a name. The active row is outlined, as forced colors take its background. */
export const listStyles = `
  .composer-list {
    position: absolute;
    inset-inline: 0;
    inset-block-end: 100%;
    z-index: 5;
    max-block-size: min(18rem, 40vb);
    margin: 0 0 0.5rem;
    padding: 0.25rem;
    overflow-y: auto;
    overscroll-behavior: contain;
    list-style: none;
    color: var(--composer-ink);
    background: light-dark(#fff, #1b232c);
    border: 1px solid var(--composer-line);
    border-radius: 0.625rem;
    box-shadow: 0 0.25rem 1rem rgb(0 0 0 / 0.25);
  }
  .composer-list > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 0.5rem;
    min-block-size: 2.75rem;
    box-sizing: border-box;
    padding-inline: 0.75rem;
    border-radius: 0.375rem;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .composer-list bdi {
    text-align: match-parent;
  }
  .composer-list > li:hover {
    background: var(--composer-soft);
  }
  .composer-list > [aria-selected='true'] {
    background: light-dark(#d7e3f1, #26384c);
    outline: 2px solid var(--composer-strong);
    outline-offset: -2px;
  }
  .composer-sign {
    font-size: 1.375rem;
  }
`;
