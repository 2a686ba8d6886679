import {css} from 'lit';

/** Meeting and chat: one above the other, side by side from 720 px of the element's own width. */
export const roomStyles = css`
  :host {
    container-type: inline-size;
  }
  .layout {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-block-size: inherit;
    overflow: hidden;
  }
  .meeting {
    display: flex;
    flex-direction: column;
    flex: 1 1 60%;
    min-inline-size: 0;
  }
  .stage {
    flex: 1;
  }
  .chat {
    display: grid;
    flex: 1 1 40%;
  }
  .chat[inert] {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 0;
    inline-size: 100%;
    visibility: hidden;
  }
  @container (min-width: 720px) {
    .layout {
      flex-direction: row;
    }
    .chat,
    .chat[inert] {
      flex: none;
      inline-size: var(--pexip-chat-room-chat-width, 22rem);
    }
  }
`;
