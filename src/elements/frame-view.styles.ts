import {css} from 'lit';

/** What both elements have in common: a block with a frame, its cover, notice and error. */
export const frameViewStyles = css`
  :host {
    display: block;
    inline-size: 100%;
    min-block-size: 20rem;
    font:
      1rem/1.5 system-ui,
      sans-serif;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#f2f5f8, #151b22);
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  .stage {
    position: relative;
    min-block-size: 20rem;
  }
  iframe,
  .cover {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border: 0;
  }
  iframe {
    color-scheme: normal;
  }
  .cover {
    display: grid;
    place-content: center;
    gap: 0.5rem;
    padding: 1.5rem;
    box-sizing: border-box;
    text-align: center;
    overflow: auto;
  }
  .notice {
    padding: 0.5rem 1rem;
    background: light-dark(#fff3cd, #3d3310);
  }
  p {
    margin: 0;
  }
  small {
    display: block;
    max-inline-size: 40rem;
    overflow-wrap: anywhere;
  }
`;
