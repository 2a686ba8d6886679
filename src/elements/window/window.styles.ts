import {lineStyles} from '../around/line.styles.js';
import {avatarStyles} from './avatar.styles.js';
import {listStyles} from './list.styles.js';

/**
 * The window, its header and the views that are small. Colours of a page come by custom properties; where
 * it sets none, both schemes have their own, and `color-scheme` of the page says which. Borders draw what must be seen in forced colors, which take
 * backgrounds. The dialog itself has the direction of the page, as the button does beside which it stands.
 */
export const windowStyles = `
  .window {
    --line: color-mix(in srgb, currentcolor 25%, transparent);
    --soft: color-mix(in srgb, currentcolor 9%, transparent);
    --accent: light-dark(#0b5394, #9cc9f5);
    --on-accent: light-dark(#fff, #10161d);
    position: fixed;
    z-index: 1;
    inset: auto;
    inset-block-end: calc(5.25rem + env(safe-area-inset-bottom));
    inset-inline-end: 1rem;
    box-sizing: border-box;
    inline-size: clamp(22rem, 20vw, 34rem);
    block-size: clamp(26rem, 62vh, 60rem);
    block-size: clamp(26rem, 62dvb, 60rem);
    max-inline-size: calc(100vw - 2rem);
    max-block-size: calc(100vh - 6.25rem);
    max-block-size: calc(100dvb - 6.25rem);
    margin: 0;
    padding: 0;
    overflow: hidden;
    font: 1rem/1.5 var(--pexip-chat-widget-font-family, system-ui, sans-serif);
    color: var(--pexip-chat-widget-body-color, light-dark(#1d2733, #e8edf2));
    background: var(--pexip-chat-widget-body-background, light-dark(#f2f5f8, #151b22));
    border: 1px solid light-dark(#c3ccd6, #3a4653);
    border-radius: 0.875rem;
    box-shadow: 0 0.5rem 2rem #0005;
    text-align: start;
  }
  .window:not([open]) {
    display: block;
    visibility: hidden;
    pointer-events: none;
  }
  .window:modal {
    inset: 0;
    inline-size: 100%;
    block-size: 100vh;
    block-size: 100dvb;
    max-inline-size: none;
    max-block-size: none;
    border: 0;
    border-radius: 0;
  }
  .frame {
    display: flex;
    flex-direction: column;
    block-size: 100%;
    text-align: start;
    overflow-wrap: anywhere;
  }
  .frame p,
  .frame h2 {
    margin: 0;
  }
  .header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 0.5rem;
    box-sizing: border-box;
    min-block-size: 3.75rem;
    padding: 0.375rem 0.5rem;
    padding-block-start: calc(0.375rem + env(safe-area-inset-top));
    color: var(--pexip-chat-widget-header-color, #fff);
    background: var(--pexip-chat-widget-header-background, light-dark(#0b5394, #17395c));
    border-block-end: 1px solid transparent;
  }
  .header .avatar {
    font-size: 0.875rem;
    --size: 2.25rem;
    --ring: var(--pexip-chat-widget-header-background, light-dark(#0b5394, #17395c));
  }
  .title {
    flex: 1;
    min-inline-size: 0;
  }
  .title > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title h2 {
    padding-inline: 0.25rem;
    font-size: 1.0625rem;
    line-height: 1.4;
  }
  .title:first-child {
    padding-inline-start: 0.25rem;
  }
  .title p {
    padding-inline: 0.25rem;
    font-size: 0.8125rem;
    line-height: 1.3;
  }
  .header-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    padding: 0;
    color: var(--pexip-chat-widget-header-button-color, inherit);
    background: var(--pexip-chat-widget-header-button-background, none);
    border: 1px solid transparent;
    border-radius: 0.5rem;
    cursor: pointer;
  }
  .header-button:hover {
    box-shadow: inset 0 0 0 2px currentcolor;
  }
  .sign {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .along:dir(rtl) {
    transform: scaleX(-1);
  }
  .frame :focus-visible {
    outline: 3px solid currentcolor;
    outline-offset: -3px;
  }
  .title h2:focus-visible {
    outline-width: 2px;
    outline-offset: -1px;
  }
  .body {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }
  .body > * {
    position: absolute;
    inset: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .body > .away {
    visibility: hidden;
  }
  .chat {
    --rc-chat-pane-header-background: var(--pexip-chat-widget-header-background, inherit);
    --rc-chat-pane-header-color: var(--pexip-chat-widget-header-color, inherit);
    --rc-chat-pane-header-button-background: var(--pexip-chat-widget-header-button-background, inherit);
    --rc-chat-pane-header-button-color: var(--pexip-chat-widget-header-button-color, inherit);
    --rc-chat-pane-body-background: var(--pexip-chat-widget-body-background, inherit);
    --rc-chat-pane-body-color: var(--pexip-chat-widget-body-color, inherit);
    --rc-chat-pane-message-sent-background: var(--pexip-chat-widget-message-sent-background, inherit);
    --rc-chat-pane-message-sent-color: var(--pexip-chat-widget-message-sent-color, inherit);
    --rc-chat-pane-message-received-background: var(--pexip-chat-widget-message-received-background, inherit);
    --rc-chat-pane-message-received-color: var(--pexip-chat-widget-message-received-color, inherit);
    --rc-chat-pane-font-family: var(--pexip-chat-widget-font-family, inherit);
  }
  rc-chat-pane {
    block-size: 100%;
    color-scheme: inherit;
    font: inherit;
    color: inherit;
    background: none;
  }
  rc-chat-pane::part(room-header) {
    display: none;
  }
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
  .frame :is(select, input, .plain, .strong) {
    box-sizing: border-box;
    min-block-size: 2.75rem;
    padding: 0.25rem 1rem;
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid;
    border-radius: 0.5rem;
  }
  .frame select {
    inline-size: 100%;
    padding-inline: 0.75rem;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#fff, #10161d);
  }
  .frame :is(.plain, .strong) {
    cursor: pointer;
  }
  .plain:hover {
    background: var(--soft);
  }
  .frame .strong {
    color: var(--on-accent);
    background: var(--accent);
    border-color: var(--accent);
  }
  .settings > .plain {
    align-self: start;
  }
  .version {
    margin-block-start: auto;
    font-size: 0.8125rem;
    opacity: 0.85;
  }
  .confirm {
    box-sizing: border-box;
    inline-size: min(22rem, 100vw - 2rem);
    padding: 1.25rem;
    font: inherit;
    color: light-dark(#1d2733, #e8edf2);
    background: light-dark(#fff, #1c242d);
    border: 1px solid light-dark(#c3ccd6, #3a4653);
    border-radius: 0.75rem;
  }
  .confirm::backdrop {
    background: #0007;
  }
  .answers {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: 0.5rem;
    margin-block-start: 1.25rem;
  }
  .said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .window [hidden] {
    display: none !important;
  }
  ${lineStyles}
  ${avatarStyles}
  ${listStyles}
  @media (prefers-reduced-motion: no-preference) {
    .window[open] {
      animation: rise 0.16s ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        translate: 0 0.75rem;
      }
    }
  }
`;
