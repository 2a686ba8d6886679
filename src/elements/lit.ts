/**
 * What renders, in a file of its own: loaded once, before the first part that needs it, and counted in
 * no other file. rollup.config.mjs reads the names from here.
 */
export {LitElement, html, nothing, render, svg} from 'lit';
export {repeat} from 'lit/directives/repeat.js';
