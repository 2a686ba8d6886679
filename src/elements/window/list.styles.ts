/**
 * The list of chats. Rows out of sight are not laid out, and one that is no list item to CSS does not have
 * all others numbered again when it moves.
 */
export const listStyles = `
  .list {
    display: flex;
    flex-direction: column;
  }
  .frame .list > input {
    flex: none;
    margin: 0.75rem;
    padding-inline: 1rem;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#fff, #10161d);
    border-color: light-dark(#6b7885, #8794a1);
    border-radius: 1.375rem;
  }
  .list > input::placeholder {
    color: inherit;
    opacity: 0.8;
  }
  .list > .message:not(:empty) {
    margin: auto;
    padding: 2rem 1.5rem;
    text-align: center;
  }
  .list > .message:has(+ .plain:not([hidden])) {
    margin-block-end: 0;
    padding-block-end: 1rem;
  }
  .list > .plain {
    align-self: center;
    margin-block-end: auto;
  }
  .waiting::before {
    content: '';
    display: block;
    box-sizing: border-box;
    inline-size: 2rem;
    block-size: 2rem;
    margin: 0 auto 0.75rem;
    border: 3px solid var(--line);
    border-block-start-color: currentcolor;
    border-radius: 50%;
  }
  .chats {
    flex: 1;
    min-block-size: 0;
    margin: 0;
    padding: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .chats > li {
    display: block;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 4.5rem;
  }
  .row {
    display: grid;
    grid-template: 'avatar name time' auto 'avatar preview badge' minmax(1.375rem, auto) / auto minmax(0, 1fr) auto;
    align-items: center;
    column-gap: 0.75rem;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 4.5rem;
    padding: 0.625rem 1rem;
    font: inherit;
    text-align: start;
    color: inherit;
    background: none;
    border: 0;
    border-block-end: 1px solid var(--soft);
    cursor: pointer;
  }
  .row > .avatar {
    grid-area: avatar;
  }
  .row > .name {
    grid-area: name;
    align-self: end;
  }
  .row > .time {
    grid-area: time;
    align-self: end;
    font-size: 0.75rem;
  }
  .row > .preview {
    grid-area: preview / preview / badge / badge;
    align-self: start;
    font-size: 0.875rem;
    opacity: 0.85;
  }
  /* Each has the direction of its text, and stands beside the picture all the same. */
  .row > :is(.name, .preview) {
    justify-self: start;
    max-inline-size: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  /* Below the time, and beside the badge. */
  .row.unread > .preview {
    max-inline-size: calc(100% - 3rem);
  }
  .row.unread > :is(.name, .preview) {
    font-weight: 600;
    opacity: 1;
  }
  .row > :last-child {
    grid-area: badge;
    justify-self: end;
  }
  .row:hover,
  .row[aria-current] {
    background: var(--soft);
  }
  .row[aria-current] {
    padding-inline-start: 0.75rem;
    border-inline-start: 0.25rem solid;
  }
  .count,
  .dot {
    box-sizing: border-box;
    min-inline-size: 1.375rem;
    padding: 0 0.375rem;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.25rem;
    text-align: center;
    color: var(--on-accent);
    background: var(--accent);
    border: 1px solid var(--on-accent);
    border-radius: 0.6875rem;
  }
  .count::before {
    content: attr(data-count);
  }
  .dot {
    min-inline-size: 0.75rem;
    block-size: 0.75rem;
    padding: 0;
  }
  @media (prefers-reduced-motion: no-preference) {
    .waiting::before {
      animation: turn 1s linear infinite;
    }
    @keyframes turn {
      to {
        rotate: 1turn;
      }
    }
  }
`;
