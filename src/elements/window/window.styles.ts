import {lineStyles} from '../around/line.styles.js';
import {avatarStyles} from './avatar.styles.js';
import {chatStyles} from './chat.styles.js';
import {confirmStyles} from './confirm.styles.js';
import {headerStyles} from './header.styles.js';
import {listStyles} from './list.styles.js';
import {settingsStyles} from './settings.styles.js';

/**
 * The window, and what its views have in common. Colours of a page come by custom properties; where
 * it sets none, both schemes have their own, and the page's `color-scheme` says which. Borders draw what must be seen in forced colors, which take
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
  ${headerStyles}
  .frame :focus-visible {
    outline: 3px solid currentcolor;
    outline-offset: -3px;
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
  ${chatStyles}
  ${settingsStyles}
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
  ${confirmStyles}
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
