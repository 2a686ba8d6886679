/** The files of the composer. */
export const chipStyles = `
  .composer-chips {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
    max-block-size: min(11rem, 30vb);
    margin: 0 0 0.375rem;
    padding: 0;
    overflow-y: auto;
    list-style: none;
  }
  .composer-chip {
    display: flex;
    align-items: center;
    box-sizing: border-box;
    max-inline-size: 100%;
    padding-inline-start: 0.75rem;
    color: var(--composer-ink);
    background: var(--composer-soft);
    border: 1px solid transparent;
    border-radius: 0.5rem;
  }
  .composer-chip:is([data-state='failed'], [data-state='refused']) {
    border-color: var(--composer-wrong);
  }
  .composer-chip:is([data-state='failed'], [data-state='refused']) .composer-detail {
    color: var(--composer-wrong);
  }
  .composer-file {
    display: grid;
    min-inline-size: 6rem;
    padding-block: 0.25rem;
  }
  .composer-file > .composer-name {
    max-inline-size: 16rem;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .composer-file > progress {
    inline-size: 100%;
    block-size: 0.375rem;
    accent-color: var(--composer-strong);
  }
`;
