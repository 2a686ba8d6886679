/**
 * The text of messages. White space is kept in what people wrote and nowhere else. Long words break, and
 * code wraps: what scrolls by itself within a message would be one more stop for Tab.
 */
export const markupStyles = `
  .markup {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .markup :is(p, ul, ol, pre, blockquote) {
    margin: 0;
  }
  .markup :is(p, li, pre, strong) {
    white-space: pre-wrap;
  }
  .markup :is(.heading, .big-emoji, .tasks li, button) {
    white-space: normal;
  }
  .markup .heading {
    margin-block: 0.25rem;
  }
  .markup .level-1 {
    font-size: 1.5em;
  }
  .markup .level-2 {
    font-size: 1.25em;
  }
  .markup .level-3 {
    font-size: 1.125em;
  }
  .markup .big-emoji {
    font-size: 2.5em;
    line-height: 1.25;
  }
  .markup :is(code, pre) {
    font-family: ui-monospace, monospace;
    font-size: 0.9375em;
    background: light-dark(#e9edf1, #1d252d);
    border: 1px solid light-dark(#c3ccd6, #3a4653);
    border-radius: 0.25rem;
  }
  .markup code {
    padding-inline: 0.25rem;
  }
  .markup pre {
    margin-block: 0.25rem;
    padding: 0.5rem 0.75rem;
  }
  .markup pre > code {
    padding: 0;
    font-size: inherit;
    background: none;
    border: 0;
  }
  .markup blockquote {
    margin-block: 0.25rem;
    padding-inline-start: 0.75rem;
    border-inline-start: 0.25rem solid light-dark(#8a97a5, #6d7b89);
  }
  .markup :is(ul, ol) {
    padding-inline-start: 1.75rem;
  }
  .markup .tasks {
    padding: 0;
    list-style: none;
  }
  .markup .tasks label {
    display: flex;
    gap: 0.5rem;
    align-items: baseline;
  }
  .markup .tasks span {
    min-inline-size: 0;
    white-space: pre-wrap;
  }
  .markup a {
    color: light-dark(#0b5394, #9cc9f5);
  }
  .markup .mention {
    font: inherit;
    font-weight: 600;
    color: light-dark(#0b5394, #9cc9f5);
    background: none;
    border: 0;
    padding: 0;
  }
  .markup button.mention {
    text-decoration: underline;
  }
  .markup mark.mention {
    color: light-dark(#5c3500, #ffd58a);
    background: light-dark(#ffedc2, #4a3710);
    border-radius: 0.25rem;
    padding-inline: 0.125rem;
  }
  .markup .reveal {
    font: inherit;
    font-size: 0.875em;
    color: inherit;
    background: light-dark(#e9edf1, #1d252d);
    border: 1px solid;
    border-radius: 0.5rem;
    margin-inline-end: 0.25rem;
    padding: 0.125rem 0.5rem;
    min-block-size: 1.5rem;
  }
  .markup .reveal[aria-expanded]::before {
    content: '+ ';
  }
  .markup .reveal[aria-expanded='true']::before {
    content: '\\2212\\a0';
  }
  .markup .reveal bdi {
    margin-inline-start: 0.375rem;
    font-weight: 600;
  }
  .markup :is(a, button):focus-visible {
    outline: 3px solid;
    outline-offset: 1px;
    border-radius: 0.25rem;
  }
  .markup .picture:not([hidden]) {
    display: inline-block;
    max-inline-size: 100%;
  }
  .markup img {
    display: block;
    max-inline-size: 100%;
    max-block-size: 20rem;
    border-radius: 0.25rem;
  }
  .markup .swatch {
    display: inline-block;
    inline-size: 0.75em;
    block-size: 0.75em;
    margin-inline-end: 0.25em;
    border: 1px solid;
    border-radius: 0.125rem;
    forced-color-adjust: none;
  }
  .markup .cut {
    font-style: italic;
  }
`;
