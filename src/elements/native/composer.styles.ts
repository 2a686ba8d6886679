import {chipStyles} from './composer-chips.styles.js';
import {listStyles} from './composer-list.styles.js';

/**
 * The composer, in the sheet of the pane. Nothing in it is positioned by itself but what the list hangs
 * on, as the zone for drops covers the nearest ancestor that is. Borders draw what must be seen in
 * forced colors, which take backgrounds. What has a background of its own has its own colour, too, as a
 * page may set those of the body.
 */
export const composerStyles = `${listStyles}${chipStyles}
  .rc-composer {
    display: block;
    flex: none;
  }
  .composer {
    --composer-line: light-dark(#6b7885, #8794a1);
    --composer-soft: light-dark(#e3e9ef, #212a34);
    --composer-strong: light-dark(#0b5394, #9cc9f5);
    --composer-wrong: light-dark(#a1160a, #ffb4a8);
    --composer-ink: light-dark(#1d2733, #e8edf2);
    padding: 0.5rem;
    color: var(--rc-chat-pane-body-color, inherit);
    background: var(--rc-chat-pane-body-background, none);
    border-block-start: 1px solid light-dark(#c3ccd6, #3a4653);
  }
  .composer-body {
    position: relative;
  }
  .composer p {
    margin: 0;
  }
  .composer button {
    display: grid;
    flex: none;
    place-content: center;
    box-sizing: border-box;
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
    padding: 0;
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid transparent;
    border-radius: 0.5rem;
    touch-action: manipulation;
  }
  .composer button:hover:enabled {
    background: var(--composer-soft);
  }
  .composer button:disabled {
    opacity: 0.5;
  }
  .composer :focus-visible {
    outline: 3px solid var(--composer-strong);
    outline-offset: -1px;
  }
  .composer-icon {
    inline-size: 1.5rem;
    block-size: 1.5rem;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .composer-along:dir(rtl) {
    transform: scaleX(-1);
  }
  .composer-row {
    display: flex;
    align-items: end;
    gap: 0.375rem;
  }
  .composer-field {
    flex: 1;
    box-sizing: border-box;
    min-inline-size: 0;
    min-block-size: 2.75rem;
    max-block-size: min(12rem, 40vb);
    padding: 0.5625rem 0.75rem;
    field-sizing: content;
    resize: none;
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-wrap: anywhere;
    font: inherit;
    color: var(--composer-ink);
    background: light-dark(#fff, #10161d);
    border: 1px solid var(--composer-line);
    border-radius: 0.625rem;
  }
  .composer-field::placeholder {
    color: inherit;
    opacity: 0.75;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .composer-field[aria-invalid] {
    border-color: var(--composer-wrong);
  }
  .composer-send:enabled {
    color: light-dark(#fff, #10161d);
    background: var(--composer-strong);
    border-color: var(--composer-strong);
  }
  .composer-send:hover:enabled {
    filter: brightness(1.1);
  }
  .composer-left {
    padding-inline: 0.75rem;
    font-size: 0.8125rem;
    text-align: end;
  }
  .composer-left[data-over] {
    color: var(--composer-wrong);
    font-weight: 600;
  }
  .composer-blocked {
    padding: 0.5rem;
    text-align: center;
  }
  .composer-bar,
  .composer-notice:has(> :not(p)) {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    margin-block-end: 0.375rem;
    padding-inline: 0.75rem 0;
    color: var(--composer-ink);
    background: var(--composer-soft);
    border: 1px solid transparent;
    border-inline-start: 0.25rem solid var(--composer-strong);
    border-radius: 0.375rem;
  }
  .composer-notice:has(> :not(p)) {
    flex-wrap: wrap;
    border-inline-start-color: var(--composer-wrong);
  }
  .composer-bar > :first-child,
  .composer-notice > p {
    flex: 1;
    min-inline-size: min(100%, 10rem);
    overflow-wrap: anywhere;
  }
  .composer-notice > p:not(:empty) {
    padding-block: 0.5rem;
  }
  .composer button.composer-worded {
    padding-inline: 0.75rem;
    border-color: currentcolor;
  }
  .composer-notice > :last-child {
    margin-inline-start: auto;
  }
  .composer-quoted {
    display: block;
    padding-block: 0.25rem;
  }
  .composer-quoted > span {
    display: block;
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .composer-name {
    font-weight: 600;
  }
  .composer-detail {
    font-size: 0.875rem;
  }
  .composer-said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .composer-zone {
    position: absolute;
    inset: 0.5rem;
    z-index: 3;
    display: grid;
    place-content: center;
    padding: 1rem;
    font-weight: 600;
    text-align: center;
    color: var(--composer-ink);
    background: light-dark(rgb(255 255 255 / 0.92), rgb(16 22 29 / 0.92));
    border: 3px dashed var(--composer-strong);
    border-radius: 0.75rem;
  }
`;
