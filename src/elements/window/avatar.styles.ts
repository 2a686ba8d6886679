import {letterColours} from '../native/letter-colours.styles.js';

/** Pictures of people, with letters on colours of which each is dark enough for white. */
export const avatarStyles = `
  .avatar {
    --size: 2.75rem;
    position: relative;
    flex: none;
    inline-size: var(--size);
    block-size: var(--size);
    font-weight: 600;
    line-height: 1;
  }
  .initial,
  .avatar > img {
    position: absolute;
    inset: 0;
    box-sizing: border-box;
    inline-size: 100%;
    block-size: 100%;
    border-radius: 50%;
  }
  .initial {
    display: grid;
    place-items: center;
    overflow: hidden;
    color: #fff;
    border: 1px solid transparent;
  }
  .avatar > img {
    object-fit: cover;
  }
  ${letterColours}
  .presence {
    position: absolute;
    inset-block-end: -0.0625rem;
    inset-inline-end: -0.0625rem;
    box-sizing: border-box;
    inline-size: 0.875rem;
    block-size: 0.875rem;
    background: #6b7885;
    border: 2px solid var(--ring, var(--pexip-chat-widget-body-background, light-dark(#f2f5f8, #151b22)));
    border-radius: 50%;
  }
  .presence.online {
    background: #2d9d4a;
  }
  .presence.away {
    background: #e0a100;
  }
  .presence.busy {
    background: #d03535;
  }
  /* Not by the colour alone: who is online is full, who is away half, who is busy has a bar. */
  .presence::after {
    content: '';
    position: absolute;
    inset: 0.125rem;
    border-radius: 50%;
  }
  .presence.offline::after {
    background: var(--ring, var(--pexip-chat-widget-body-background, light-dark(#f2f5f8, #151b22)));
  }
  .presence.away::after {
    inset: 0 0 50%;
    background: var(--ring, var(--pexip-chat-widget-body-background, light-dark(#f2f5f8, #151b22)));
    border-radius: 0;
  }
  .presence.busy::after {
    inset: 0.25rem 0.125rem;
    background: #fff;
    border-radius: 0;
  }
  @media (forced-colors: active) {
    .presence:is(.online, .offline, .away, .busy) {
      background: CanvasText;
      border-color: Canvas;
      forced-color-adjust: none;
    }
    .presence:is(.offline, .away, .busy)::after {
      background: Canvas;
    }
  }
`;
