import {letterColours} from './letter-colours.styles.js';

/**
 * One message: others' on the one side, one's own on the other. The row that is measured has no
 * padding and no border; what is in it has.
 */
export const messageStyles = `
  .message {
    position: relative;
    padding: 0.5rem 1rem 0;
  }
  .message.joined {
    padding-block-start: 0.125rem;
  }
  .row:last-child .message {
    padding-block-end: 0.75rem;
  }
  .bubble-row {
    position: relative;
    display: flex;
    align-items: start;
    gap: 0.5rem;
  }
  .mine .bubble-row {
    justify-content: end;
  }
  .asking {
    flex-wrap: wrap;
  }
  .asking > :last-child {
    display: flex;
    flex-basis: 100%;
    justify-content: inherit;
  }
  .system .bubble-row {
    justify-content: center;
    text-align: center;
  }
  .remark {
    font-size: 0.875rem;
    opacity: 0.85;
  }
  .bubble {
    box-sizing: border-box;
    max-inline-size: min(36rem, 85%);
    padding: 0.375rem 0.75rem 0.5rem;
    border: 1px solid #0000;
    border-radius: 0.875rem;
  }
  .theirs .bubble {
    color: var(--rc-chat-pane-message-received-color, light-dark(#1d2733, #e8edf2));
    background: var(--rc-chat-pane-message-received-background, light-dark(#fff, #232d38));
    border-end-start-radius: 0.25rem;
  }
  .mine .bubble {
    color: var(--rc-chat-pane-message-sent-color, light-dark(#10283f, #e6f1fc));
    background: var(--rc-chat-pane-message-sent-background, light-dark(#d5e6f8, #1d3f61));
    border-end-end-radius: 0.25rem;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    column-gap: 0.5rem;
    font-size: 0.8125rem;
    line-height: 1.5;
  }
  .head time,
  .state {
    opacity: 0.85;
  }
  .author {
    font-weight: 600;
  }
  .mine .author,
  .joined .author,
  .joined .avatar {
    clip-path: inset(50%);
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
  }
  .joined.theirs .bubble {
    margin-inline-start: 2.5rem;
  }
  .avatar {
    position: relative;
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2rem;
    block-size: 2rem;
    overflow: hidden;
    font-size: 0.875rem;
    font-weight: 600;
    color: #fff;
    border-radius: 50%;
  }
  .avatar > img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  ${letterColours}
  .day,
  .unread {
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding-block: 0.5rem 0.25rem;
    font-size: 0.8125rem;
    font-weight: 600;
  }
  .day::before,
  .day::after,
  .unread::before,
  .unread::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid light-dark(#c3ccd6, #3a4653);
  }
  .unread {
    color: light-dark(#a4161a, #ffb3b0);
  }
  .unread::before,
  .unread::after {
    border-color: currentcolor;
  }
  .sending {
    font-style: italic;
  }
  .unsent {
    font-size: 0.875rem;
    color: light-dark(#a4161a, #ffb3b0);
  }
  .unseen::before {
    content: '✓';
  }
  @media (forced-colors: active) {
    .bubble,
    .avatar {
      border: 1px solid;
    }
  }
`;
