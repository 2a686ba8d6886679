import {lineStyles} from './line.styles.js';

/**
 * The line and the list. On a wide pane the body becomes a grid with the list beside the stage, on
 * any other it stays a column. Borders draw what must be seen in forced colors, which take backgrounds.
 *
 * With 2,000 rooms two things count: a row that is a list item to CSS would have all others numbered
 * again when it is moved; and what is in the list must not be asked for the size of the grid.
 */
export const aroundStyles = `
  :host {
    container-type: inline-size;
  }
  ${lineStyles}
  .rooms > input {
    font: inherit;
    color: inherit;
    background: light-dark(#fff, #12120e);
    border: 1px solid;
    border-radius: 0.5rem;
    margin: 0.25rem 0;
    padding: 0 1rem;
    min-block-size: 2.75rem;
  }
  .rooms :focus-visible {
    outline: 3px solid;
    outline-offset: -3px;
  }
  .rooms {
    display: flex;
    flex-direction: column;
    box-sizing: border-box;
    min-block-size: 0;
    max-block-size: 40%;
    border-block-end: 1px solid light-dark(#c3ccd6, #3a4653);
  }
  .rooms > input {
    flex: none;
    margin: 0.5rem;
    min-inline-size: 0;
  }
  .rooms > input::placeholder {
    color: inherit;
    opacity: 0.8;
  }
  .rooms > .message:not(:empty) {
    padding: 0.5rem 1rem;
  }
  .rooms > ul {
    max-block-size: 40vb;
    margin: 0;
    padding: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .rooms li {
    display: block;
  }
  .room {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding-block: 0.375rem;
    padding-inline: 1rem 0.75rem;
    font: inherit;
    text-align: start;
    color: inherit;
    background: none;
    border: 0;
  }
  .room:hover {
    background: light-dark(#e3e9ef, #212a34);
  }
  .room[aria-current] {
    padding-inline-start: 0.75rem;
    background: light-dark(#d7e3f1, #26384c);
    border-inline-start: 0.25rem solid;
  }
  .name {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .name + span {
    flex: none;
    margin-inline-start: auto;
  }
  .count,
  .dot {
    color: light-dark(#fff, #10161d);
    background: light-dark(#0b5394, #9cc9f5);
    border: 1px solid light-dark(#0b5394, #9cc9f5);
    border-radius: 1rem;
    padding: 0 0.375rem;
    font-size: 0.8125rem;
  }
  .count::before {
    content: attr(data-count);
  }
  .dot {
    padding: 0.25rem;
  }
  .kind {
    display: grid;
    flex: none;
    inline-size: 1rem;
    place-items: center;
  }
  .kind.c::before {
    content: '#';
  }
  .kind.d::before {
    content: '@';
  }
  .kind.p::before,
  .kind.p::after,
  .kind.discussion::before {
    content: '';
    box-sizing: border-box;
    inline-size: 0.5rem;
    block-size: 0.375rem;
    border: 0.125rem solid;
    border-block-end: 0;
    border-radius: 0.25rem 0.25rem 0 0;
  }
  .kind.p::after {
    inline-size: 0.75rem;
    block-size: 0.5rem;
    border-width: 0.25rem;
    border-block-end: 0.25rem solid;
    border-radius: 0.125rem;
  }
  .kind.discussion::before {
    inline-size: 0.875rem;
    block-size: 0.75rem;
    border: 0.125rem solid;
    border-radius: 0.375rem;
    border-end-start-radius: 0;
  }
  .with-rooms > .stage {
    min-block-size: 10rem;
  }
  @container (min-width: 36rem) {
    .with-rooms {
      display: grid;
      grid-template: auto auto minmax(0, 1fr) / 14rem minmax(0, 1fr);
    }
    .with-rooms > * {
      grid-column: 2;
    }
    .with-rooms > .line {
      grid-column: 1 / -1;
    }
    .with-rooms > .rooms {
      grid-area: 2 / 1 / 4;
      max-block-size: none;
      border-block-end: 0;
      border-inline-end: 1px solid light-dark(#c3ccd6, #3a4653);
    }
    .with-rooms > .rooms > ul {
      flex: 1;
      max-block-size: none;
      contain: strict;
    }
  }
`;
