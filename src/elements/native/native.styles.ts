import {inUnits} from '../in-units.js';
import {markupStyles} from './markup.styles.js';
import {messageExtrasStyles} from './message-extras.styles.js';
import {messageStyles} from './message.styles.js';

/**
 * The bar, the list and what stands around messages. Colours of a page come by custom properties; where
 * it sets none, both schemes have their own. A thread stands above the room's zone for drops, which would
 * take what is dragged to it.
 */
export const conversationStyles = `
  :host {
    container-type: inline-size;
  }
  rc-conversation {
    position: absolute;
    inset: 0;
    display: block;
    font-family: var(--rc-chat-pane-font-family, inherit);
    overflow-wrap: anywhere;
  }
  rc-conversation:empty {
    display: none;
  }
  .conversation {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .conversation p,
  .conversation h2 {
    margin: 0;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    flex: none;
    padding-block: 0.375rem;
    padding-inline: 1rem 0.5rem;
    color: var(--rc-chat-pane-header-color, light-dark(#1d2733, #e8edf2));
    background: var(--rc-chat-pane-header-background, light-dark(#fff, #1c242d));
    border-block-end: 1px solid light-dark(#c3ccd6, #3a4653);
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
    font-size: 1rem;
    line-height: 1.4;
  }
  .title p {
    font-size: 0.8125rem;
    opacity: 0.85;
  }
  .bar-button {
    display: grid;
    flex: none;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    padding: 0;
    color: var(--rc-chat-pane-header-button-color, inherit);
    background: var(--rc-chat-pane-header-button-background, none);
    border: 0;
    border-radius: 0.5rem;
  }
  .talk {
    position: relative;
    display: flex;
    flex: 1;
    min-block-size: 0;
    color: var(--rc-chat-pane-body-color, inherit);
    background: var(--rc-chat-pane-body-background, light-dark(#f2f5f8, #151b22));
  }
  rc-message-list {
    position: relative;
    display: block;
    flex: 1;
    min-inline-size: 0;
  }
  .scroll {
    position: absolute;
    inset: 0;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .rows {
    inline-size: 100%;
  }
  .conversation .list-status {
    position: absolute;
    inset-block-start: 0.5rem;
    inset-inline: 1rem;
    inline-size: fit-content;
    margin-inline: auto;
    padding: 0.25rem 0.75rem;
    background: var(--rc-chat-pane-body-background, light-dark(#f2f5f8, #151b22));
    border-radius: 0.875rem;
    pointer-events: none;
  }
  .list-status:empty {
    display: none;
  }
  .list-status > button {
    pointer-events: auto;
  }
  /* Its end tells that what was hidden is visible, which no observer does. */
  .newest-place {
    transition: visibility 1ms;
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline-end: 1rem;
  }
  .newest {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    min-block-size: 2.75rem;
    min-inline-size: 2.75rem;
    justify-content: center;
    padding: 0 0.75rem;
    font: inherit;
    font-size: 0.875rem;
    color: light-dark(#fff, #10161d);
    background: light-dark(#0b5394, #9cc9f5);
    border: 1px solid light-dark(#0b5394, #9cc9f5);
    border-radius: 1.5rem;
    box-shadow: 0 1px 4px #0006;
  }
  .typing {
    flex: none;
    min-block-size: 1.25rem;
    padding: 0 1rem;
    overflow: hidden;
    font-size: 0.8125rem;
    text-overflow: ellipsis;
    white-space: nowrap;
    background: var(--rc-chat-pane-body-background, light-dark(#f2f5f8, #151b22));
  }
  .presence::before {
    content: '';
    display: inline-block;
    inline-size: 0.625rem;
    block-size: 0.625rem;
    margin-inline-end: 0.375rem;
    border: 2px solid;
    border-radius: 50%;
  }
  .presence.online::before {
    background: currentcolor;
  }
  .with-thread > rc-message-list {
    min-inline-size: 12rem;
  }
  rc-thread {
    position: relative;
    z-index: 4;
    display: block;
    flex: 1;
    max-inline-size: 24rem;
    border-inline-start: 1px solid light-dark(#c3ccd6, #3a4653);
  }
  .thread {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }
  .thread h3 {
    margin: 0;
    font-size: 1rem;
  }
  @container (max-width: 40em) {
    .with-thread > rc-message-list {
      visibility: hidden;
    }
    .with-thread ~ :is(.typing, rc-composer) {
      display: none;
    }
    rc-thread {
      position: absolute;
      inset: 0;
      max-inline-size: none;
      background: var(--rc-chat-pane-body-background, light-dark(#f2f5f8, #151b22));
      border: 0;
    }
  }
  .said {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .complaint:empty {
    display: none;
  }
  .complaint {
    flex: none;
    padding: 0.5rem 1rem;
    background: light-dark(#fde7e7, #4a1f1f);
  }
  .sign {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    flex: none;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .along:dir(rtl) {
    transform: scaleX(-1);
  }
  .conversation :focus-visible {
    outline: 3px solid light-dark(#0b5394, #9cc9f5);
    outline-offset: -3px;
  }
`;

let sheet: CSSStyleSheet | undefined;
let rules = conversationStyles + messageStyles + messageExtrasStyles + markupStyles;

const scaled = (): string => inUnits(rules, '--rc-chat-pane-unit,1rem');

/** Gives the pane's shadow tree the styles of the native view, once. */
export const adoptNativeStyles = (root: ShadowRoot): void => {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(scaled());
  }
  if (!root.adoptedStyleSheets.includes(sheet))
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
};

/** Adds the styles of a part, wherever the sheet is. */
export const addNativeStyles = (more: string): void => {
  if (rules.includes(more)) return;
  rules += more;
  sheet?.replaceSync(scaled());
};
