import {css} from 'lit';

/** The pane fills its place; closed, it stays laid out, as a frame that is not would stop counting. */
export const paneStyles = css`
  :host(:state(closed)) {
    position: absolute;
    visibility: hidden;
  }
  .body {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: inherit;
  }
  .stage {
    flex: 1;
  }
`;
